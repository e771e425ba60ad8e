package io.buildkitefleet.rules.secrets;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a value under the name of a secret is: the secret, its name, or where it is. */
final class SecretValue {
    /** What is shorter opens nothing, and is more often a count or a flag. */
    private static final int SHORTEST_PASSWORD = 4;

    /** More than this is a sentence about a password, as several lines are a program that gets one. */
    private static final int MOST_WORDS = 6;

    /** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names has none that is longer. */
    private static final int LONGEST_NAME = 253;

    /** A path, an address, a variable, a template, or what a vault resolves. */
    private static final Pattern REFERENCE = Pattern.compile("\\$[A-Za-z_({].*|\\{\\{.*|%[({].*|<[^>]*>|\\[[^\\]]*]"
            + "|@?(?:~|\\.{0,2})/.*|[a-z][a-z0-9+.-]*://.*"
            + "|(?:vault|arn|file|env|sops|ssm|secretref|ref\\+[a-z0-9]+):.*|projects/.*|(?:id|name|type)=.*"
            + "|.*(?:\\$\\{|\\$\\(|\\{\\{).*");

    /** Says that there is none, or of which kind one is. */
    private static final Pattern EMPTY = Pattern.compile("(?i)true|false|yes|no|on|off|null|none|nil|undefined|unset"
            + "|required|optional|enabled|disabled|string|redacted|masked|hidden|prompt|stdin|x+|[*.…_-]+");

    /** A pattern that values are held against. */
    private static final Pattern EXPRESSION = Pattern.compile("\\.\\*|\\[\\^|\\(\\?|[()]");

    private static final Pattern LETTER = Pattern.compile("[A-Za-z]");

    private static final Pattern SPACE = Pattern.compile("\\s");

    /** Between the parts of a name or of a reference to one. */
    private static final Pattern SEPARATORS = Pattern.compile("[-_./:#@,]+");

    /** One or several words, perhaps with a number behind them; longer ones without a break are no words. */
    private static final Pattern WORD = Pattern.compile("[a-z]{2,19}[0-9]{0,4}|[A-Z]{2,19}[0-9]{0,4}"
            + "|[A-Z]?[a-z]{2,19}[0-9]{0,3}(?:[A-Z][a-z]{2,19}[0-9]{0,3})*");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}");

    /** As in k8s, e2e or a zone's letter. */
    private static final Pattern ABBREVIATION = Pattern.compile("[a-z0-9]{1,4}");

    /** What Kubernetes, kustomize and Google put behind a name, so that it is the only one. */
    private static final Pattern SUFFIX = Pattern.compile("[a-z0-9]{5,10}");

    private static final Pattern DIGEST = Pattern.compile(".*sha(?:256|384|512)[:-][A-Za-z0-9+/=]+");

    private SecretValue() {}

    static boolean isPassword(String value) {
        return value.length() >= SHORTEST_PASSWORD
                && !isReference(value)
                && !EMPTY.matcher(value).matches()
                && !value.contains("\n")
                && SPACE.split(value).length <= MOST_WORDS;
    }

    /**
     * Whether it was made by chance, or typed by somebody: it is no name.
     *
     * @param shortest how many characters it has at least
     */
    static boolean isRandom(String value, int shortest) {
        return value.length() >= shortest
                && LETTER.matcher(value).find()
                && !SPACE.matcher(value).find()
                && !isReference(value)
                && !EXPRESSION.matcher(value).find()
                && !DIGEST.matcher(value).matches()
                && !isName(value);
    }

    private static boolean isReference(String value) {
        return REFERENCE.matcher(value).matches();
    }

    /** As people and programs call things: words, with numbers and a few abbreviations between them. */
    private static boolean isName(String value) {
        if (value.length() > LONGEST_NAME) {
            return false;
        }
        var parts = Arrays.stream(SEPARATORS.split(value))
                .filter(Predicate.not(String::isEmpty))
                .toList();
        var words = count(parts, WORD);
        if (words > 0
                && parts.size() > 1
                && SUFFIX.matcher(parts.get(parts.size() - 1)).matches()) {
            return rest(parts.subList(0, parts.size() - 1), words);
        }
        return words > 0 && rest(parts, words);
    }

    private static boolean rest(List<String> parts, long words) {
        var others = parts.stream()
                .filter(part ->
                        !WORD.matcher(part).matches() && !NUMBER.matcher(part).matches())
                .toList();
        return others.size() <= words + 1 && count(others, ABBREVIATION) == others.size();
    }

    private static long count(List<String> parts, Pattern pattern) {
        return parts.stream().filter(part -> pattern.matcher(part).matches()).count();
    }
}
