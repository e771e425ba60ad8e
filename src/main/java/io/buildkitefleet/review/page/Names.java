package io.buildkitefleet.review.page;

import io.buildkitefleet.page.Line;
import java.util.List;

/** The first of many names. */
final class Names {
    private static final int MOST = 5;

    private Names() {}

    /** Up to five, and how many more there are. */
    static Line some(List<String> names) {
        if (names.size() <= MOST) {
            return Line.of("").codes(names);
        }
        return Line.of("").codes(names.subList(0, MOST - 1)).text(" and " + (names.size() - MOST + 1) + " more");
    }
}
