package io.buildkitefleet.config.read;

import java.util.Optional;
import java.util.regex.Pattern;

/** Why a text is no whole number. */
final class WholeFlaw {
    private static final Pattern WITH_UNIT = Pattern.compile("([0-9]+)\\s*[A-Za-z%]+");
    private static final Pattern GROUPED = Pattern.compile("[0-9]{1,3}(?:[,' _][0-9]{3})+");
    private static final Pattern ZERO_BEFORE = Pattern.compile("0[0-9]+");

    private WholeFlaw() {}

    static Optional<String> of(String text) {
        var unit = WITH_UNIT.matcher(text);
        if (unit.matches()) {
            return Optional.of("write a number alone: the key says what it counts");
        }
        if (GROUPED.matcher(text).matches()) {
            return Optional.of("write its digits without anything between them");
        }
        return ZERO_BEFORE.matcher(text).matches() ? Optional.of("leave out the zero before it") : Optional.empty();
    }
}
