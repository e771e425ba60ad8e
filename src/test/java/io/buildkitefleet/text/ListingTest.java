package io.buildkitefleet.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static List<String> names(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> "q" + number).toList();
    }

    @Test
    void aFewAreAllNamed() {
        assertThat(Listing.of(List.of())).isEmpty();
        assertThat(Listing.of(names(2))).isEqualTo("q1, q2");
        assertThat(Listing.of(names(30))).endsWith(", q30");
    }

    @Test
    void ofManyTheFirstAreNamedAndTheOthersCounted() {
        assertThat(Listing.of(names(31))).endsWith(", q30 and 1 more");
        assertThat(Listing.of(names(10_000))).startsWith("q1, ").endsWith(", q30 and 9,970 more");
        assertThat(Listing.of(names(10), 3)).isEqualTo("q1, q2, q3 and 7 more");
    }

    @Test
    void aStreamIsToldAlike() {
        assertThat(Stream.of("a", "b").collect(Listing.joining())).isEqualTo("a, b");
        assertThat(names(40).stream().collect(Listing.joining())).isEqualTo(Listing.of(names(40)));
    }
}
