package io.buildkitefleet.rules.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the name of a variable, a key or an option says of its value. */
enum SecretName {
    /** It is a password, whatever it looks like. */
    PASSWORD {
        @Override
        boolean holds(String value) {
            return SecretValue.isPassword(value.strip());
        }
    },
    /** It is a secret, or the name of one: people call a Secret by that too. */
    TOKEN {
        @Override
        boolean holds(String value) {
            return SecretValue.isRandom(value.strip(), SHORTEST_TOKEN);
        }
    },
    /** It is a header, or what stands in one. */
    AUTHORIZATION {
        @Override
        boolean holds(String value) {
            var credentials = SCHEME.matcher(value.strip()).replaceFirst("");
            return EncodedText.isUserAndPassword(credentials)
                    || SecretValue.isRandom(
                            credentials, SCHEME.matcher(value.strip()).find() ? SHORTEST_TOKEN : SHORTEST_WITHOUT_NAME);
        }
    },
    /** It is a header with pairs of a name and a value, of which one may say who asks. */
    COOKIE {
        @Override
        boolean holds(String value) {
            return Stream.of(PAIRS.split(value))
                    .map(pair -> pair.substring(pair.indexOf('=') + 1).strip())
                    .anyMatch(pair ->
                            SecretValue.isRandom(pair, value.contains("=") ? SHORTEST_TOKEN : SHORTEST_WITHOUT_NAME));
        }
    },
    /** It is put into a Secret, under any name. */
    HELD {
        @Override
        boolean holds(String value) {
            return PASSWORD.holds(value);
        }

        @Override
        SecretName inside() {
            return HELD;
        }
    },
    /** Something above it has such a name. */
    ABOVE {
        @Override
        boolean holds(String value) {
            return SecretValue.isRandom(value.strip(), SHORTEST_WITHOUT_NAME);
        }
    },
    NONE {
        @Override
        boolean holds(String value) {
            return false;
        }

        @Override
        SecretName inside() {
            return NONE;
        }
    };

    /** Characters of a token that stands where one is expected; a shorter one is more often a word. */
    private static final int SHORTEST_TOKEN = 8;

    /** The same where a token is only likely. */
    static final int SHORTEST_WITHOUT_NAME = 16;

    /** How a client proves who it is: https://www.rfc-editor.org/rfc/rfc9110#name-authorization */
    private static final Pattern SCHEME = Pattern.compile("^(?i:bearer|basic|token|apikey)\\s+");

    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private static final Pattern PAIRS = Pattern.compile(";\\s*");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+$");

    /**
     * What a name may end with that says how the secret is written or which it is, and not that it is another thing.
     */
    private static final Set<String> ADDITIONS = Set.of(
            ("|value|string|text|txt|data|plain|plaintext|literal|base64|b64|v|dev|test|ci|stage|staging|prod|production"
                            + "|old|new|current|previous|primary|secondary|default|read|write|readonly|ro|rw")
                    .split("\\|"));

    private static final Set<String> PASSWORDS = Set.of("pass", "passcode", "pswd", "psw", "pw", "pwd", "sshpass");

    private static final Pattern ENDS_AS_PASSWORD =
            Pattern.compile(".*(?:(?:password|passwd|passphrase)s?|rediscliauth)");

    private static final Set<String> TOKENS = Set.of("pat", "cred", "creds");

    private static final Pattern ENDS_AS_TOKEN = Pattern.compile(
            ".*(?:token|secret|credential|(?:access|account|api|auth|client|encryption|licen[cs]e|master|private|secret"
                    + "|session|shared|signing|storage)key)s?|.*secretkeybase");

    private static final Set<String> HEADERS = Set.of("auth", "authorization");

    private static final Set<String> COOKIES = Set.of("cookie", "cookies");

    /** Whether a value under this name is a secret in clear. */
    abstract boolean holds(String value);

    /** What this says of what stands below it under a name that says nothing. */
    SecretName inside() {
        return ABOVE;
    }

    static SecretName of(String name) {
        var words = words(name);
        if (words.isEmpty()) {
            return NONE;
        }
        var last = words.get(words.size() - 1);
        var joined = String.join("", words);
        if (PASSWORDS.contains(last) || ENDS_AS_PASSWORD.matcher(joined).matches()) {
            return PASSWORD;
        }
        if (TOKENS.contains(last) || ENDS_AS_TOKEN.matcher(joined).matches()) {
            return TOKEN;
        }
        if (COOKIES.contains(last)) {
            return COOKIE;
        }
        return HEADERS.contains(last) ? AUTHORIZATION : NONE;
    }

    /** In lower case, without what is added to the name of a secret. */
    private static List<String> words(String name) {
        var words = new ArrayList<String>();
        for (var word : BETWEEN_WORDS.split(name)) {
            words.add(word.toLowerCase(Locale.ROOT));
        }
        while (!words.isEmpty() && ADDITIONS.contains(withoutNumber(words))) {
            words.remove(words.size() - 1);
        }
        if (!words.isEmpty()) {
            words.set(words.size() - 1, withoutNumber(words));
        }
        return words;
    }

    private static String withoutNumber(List<String> words) {
        var last = words.get(words.size() - 1);
        return ADDITIONS.contains(last) ? last : NUMBER.matcher(last).replaceFirst("");
    }
}
