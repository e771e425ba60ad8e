package io.buildkitefleet.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was written behind {@code up STACK} for Pulumi, which {@code pulumi preview} does not take all of.
 *
 * @see <a href="https://www.pulumi.com/docs/iac/cli/commands/pulumi_up/">pulumi up</a>
 */
public record UpArguments(List<String> words) {
    /** They have their value behind an equals sign, or in the next word. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-c",
            "--config",
            "--config-file",
            "--exclude",
            "-m",
            "--message",
            "-p",
            "--parallel",
            "--policy-pack",
            "--policy-pack-config",
            "--replace",
            "-s",
            "--stack",
            "-t",
            "--target",
            "--target-replace",
            "--color",
            "-C",
            "--cwd",
            "--memprofilerate",
            "--profiling",
            "--tracing",
            "-v",
            "--verbose");

    /** What a preview does not know, with a value. */
    private static final Set<String> OF_UP_WITH_VALUE = Set.of("--plan", "--secrets-provider");

    /** What a preview does not know, or what changes what it prints: {@code --show-secrets} above all. */
    private static final Pattern LEFT_OUT =
            Pattern.compile("--(yes|skip-preview|continue-on-error|expect-no-changes|json"
                    + "|diff|show-[a-z-]+|suppress-[a-z-]+|neo)(=.*)?");

    private static final Pattern LETTERS = Pattern.compile("-[dhjryfe]+");

    private static final Pattern YES = Pattern.compile("--(yes|skip-preview)(=(.*))?");

    /** As Go reads a flag of no. */
    private static final Set<String> NO = Set.of("0", "f", "false");

    public UpArguments {
        words = List.copyOf(words);
    }

    /** Those with which a preview shows what the update will do. */
    public List<String> forPreview() {
        var kept = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (OF_UP_WITH_VALUE.contains(word)) {
                i++;
            } else if (WITH_VALUE.contains(word)) {
                kept.addAll(words.subList(i, Math.min(i + 2, words.size())));
                i++;
            } else if (LETTERS.matcher(word).matches()) {
                var letters = word.replaceAll("[yfj]", "");
                if (letters.length() > 1) {
                    kept.add(letters);
                }
            } else if (OF_UP_WITH_VALUE.stream().noneMatch(flag -> word.startsWith(flag + "="))
                    && !LEFT_OUT.matcher(word).matches()) {
                kept.add(word);
            }
        }
        return kept;
    }

    /** Whether Pulumi asks nobody before it begins. */
    public boolean saysYes() {
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (WITH_VALUE.contains(word) || OF_UP_WITH_VALUE.contains(word)) {
                i++;
            } else if (LETTERS.matcher(word).matches() && word.matches(".*[yf].*") || isYes(word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isYes(String word) {
        var found = YES.matcher(word);
        return found.matches()
                && (found.group(3) == null || !NO.contains(found.group(3).toLowerCase(Locale.ROOT)));
    }
}
