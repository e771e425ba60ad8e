package io.buildkitefleet.rules.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Texts in base64 (RFC 4648) inside others. */
final class EncodedText {
    /** Most words are shorter. Where a tool has broken it into lines, each line is a text of its own. */
    private static final int SHORTEST = 24;

    private static final Pattern RUN = Pattern.compile("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{" + SHORTEST + ",}+={0,2}");

    private static final Pattern USER_AND_PASSWORD = Pattern.compile("(?s)[^\\s:]+:.{4,}");

    /** Also what Java puts in place of bytes that are no UTF-8. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}&&[^\\t\\r\\n]]|\\uFFFD");

    private static final int CHARACTERS_OF_THREE_BYTES = 4;

    private EncodedText() {}

    /** Those in a text, decoded. */
    static Stream<String> in(String text) {
        if (text.length() < SHORTEST) {
            return Stream.empty();
        }
        return RUN.matcher(text).results().map(run -> decoded(run.group())).flatMap(Optional::stream);
    }

    /** Whether it is what a client of HTTP's basic scheme sends (RFC 7617), and what Docker keeps. */
    static boolean isUserAndPassword(String text) {
        return decoded(text)
                .filter(pair -> USER_AND_PASSWORD.matcher(pair).matches())
                .isPresent();
    }

    private static Optional<String> decoded(String run) {
        var digits = run.replace("=", "");
        // One digit alone holds no byte: there, the run has taken a part of what follows.
        var whole = digits.length() % CHARACTERS_OF_THREE_BYTES == 1 ? digits.length() - 1 : digits.length();
        try {
            var bytes = Base64.getDecoder().decode(digits.substring(0, whole));
            return Optional.of(new String(bytes, StandardCharsets.UTF_8))
                    .filter(text -> !UNPRINTABLE.matcher(text).find());
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
