package io.buildkitefleet.pulumi;

import java.lang.module.ModuleDescriptor.Version;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A range of versions: comparisons that must all hold, or alternatives of them, such as {@code >=3.207.0 <4.0.0 ||
 * 4.x}.
 *
 * @param text as it is written; empty for any version
 * @see <a href="https://pkg.go.dev/github.com/blang/semver#ParseRange">ParseRange</a>, with which Pulumi reads it
 */
public record VersionRange(String text) {
    public static final VersionRange ANY = new VersionRange("");

    private static final Pattern ALTERNATIVES = Pattern.compile(" +\\|\\| +");
    private static final Pattern OPERATORS_BLANKS = Pattern.compile("([<>=!]) +");
    private static final Pattern COMPARISON =
            Pattern.compile("([<>!]=?|={0,2})(\\d+\\.(?:\\d+\\.(?:\\d+(?:[-+].+)?|[xX])|[xX](?:\\.[xX])?))");
    private static final Pattern BLANKS = Pattern.compile(" +");

    /** @throws IllegalArgumentException if it is none */
    public VersionRange {
        if (!text.isEmpty()
                && !alternatives(text).stream().flatMap(List::stream).allMatch(VersionRange::isOne)) {
            throw new IllegalArgumentException(text);
        }
    }

    public boolean includes(Version version) {
        return text.isEmpty()
                || alternatives(text).stream()
                        .anyMatch(comparisons -> comparisons.stream().allMatch(one -> holds(one, version)));
    }

    private static List<List<String>> alternatives(String text) {
        var joined = OPERATORS_BLANKS.matcher(text.strip()).replaceAll("$1");
        return ALTERNATIVES
                .splitAsStream(joined)
                .map(alternative -> Arrays.asList(BLANKS.split(alternative)))
                .toList();
    }

    private static boolean isOne(String comparison) {
        return COMPARISON.matcher(comparison).matches();
    }

    private static boolean holds(String comparison, Version version) {
        var parts = COMPARISON.matcher(comparison);
        if (!parts.matches()) {
            throw new IllegalStateException(comparison);
        }
        int order = compare(version, parts.group(2));
        return switch (parts.group(1)) {
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case "!", "!=" -> order != 0;
            default -> order == 0;
        };
    }

    /** Zero also if the other one leaves open what the version has in its place. */
    private static int compare(Version version, String other) {
        var fixed = other.replaceFirst("\\.[xX].*", "");
        return fixed.equals(other)
                ? version.compareTo(Version.parse(other))
                : Version.parse(beginning(version, fixed)).compareTo(Version.parse(fixed));
    }

    /** As many numbers of a version as another text has. */
    private static String beginning(Version version, String as) {
        var numbers = version.toString().replaceFirst("[-+].*", "").split("\\.");
        return String.join(".", Arrays.copyOf(numbers, Math.min(numbers.length, as.split("\\.").length)));
    }

    @Override
    public String toString() {
        return text;
    }
}
