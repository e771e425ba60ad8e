package io.buildkitefleet.rules.secrets;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a file, a script or a command gives a value to the name of a secret. */
final class Assignments {
    /** Also a quote inside a text of JSON inside another. */
    private static final String QUOTE = "\\\\*[\"']";

    private static final String KEY = "(?<key>[A-Za-z_][A-Za-z0-9_.-]{1,80}+)";

    /** In quotes or without; a call or an index is a program's way to get one. */
    private static final String VALUE =
            "(?<value>\\\\*\"[^\"\\\\\r\n]+|\\\\*'[^'\\\\\r\n]+" + "|[^\\s\"'\\\\,;&|<>()\\[\\]{}`]++(?![(\\[]))";

    /** In the syntax of shells, properties, YAML and JSON; a value of YAML may stand on the next line. */
    private static final Pattern ASSIGNMENT = Pattern.compile("(?<![A-Za-z0-9_$])(?<!\\$\\{)" + KEY + "(?<quote>"
            + QUOTE + ")?(?<between>[ \t]{0,8}(?::=|=(?![=~>])|=>|:(?![:/=]))[ \t]{0,8}(?:[|>][+-]?[ \t]*\r?\n[ \t]+)?)"
            + VALUE);

    /** What else may be before it on its line, if the line is there for it, or is the address of a database. */
    private static final Pattern LINE_BEFORE = Pattern.compile(
            "(?:[A-Za-z ]{2,40}=[^;=\r\n]{0,200};)*[ \t#/*-]*(?:(?:export|local|readonly|declare|set|env|ENV|ARG)[ \t]+)?(?:"
                    + QUOTE + ")?");

    private static final Pattern REST_OF_LINE =
            Pattern.compile("(?:" + QUOTE + ")?[ \t]*,?[ \t]*(?:#[^\r\n]*)?(?:\r?\n|$)");

    /** Other syntaxes, in which the name is sure to have this value. */
    private static final List<Syntax> OTHERS = List.of(
            new Syntax("an option of a command", List.of("-"), "(?<![A-Za-z0-9_-])--?" + KEY + "[ \t]+(?!-)" + VALUE),
            new Syntax(
                    "a variable as Kubernetes writes it, or XML",
                    List.of("value"),
                    "(?<![A-Za-z0-9_])(?:name|key)(?:" + QUOTE + ")?[ \t]*[:=][ \t]*(?:" + QUOTE + ")?" + KEY + "(?:"
                            + QUOTE + ")?[ \t]*,?\\s{0,40}(?:" + QUOTE + ")?value(?:" + QUOTE + ")?[ \t]*[:=][ \t]*"
                            + VALUE),
            new Syntax(
                    "an element of XML",
                    List.of("</"),
                    "<" + KEY + ">\\s{0,40}(?<value>[^<>\\s][^<>]{0,1000}?)\\s{0,40}</"),
            // https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html
            new Syntax(".netrc", List.of("login"), "(?<!\\S)login\\s+\\S+\\s+(?<key>password)\\s+(?<value>\\S+)"),
            new Syntax(
                    "a header",
                    List.of("authorization"),
                    "(?i)(?<![A-Za-z0-9_])(?<key>(?:proxy-)?authorization)(?:" + QUOTE + ")?[ \t]*[:=][ \t]*(?:" + QUOTE
                            + ")?(?<value>(?:bearer|basic|token|apikey)[ \t]+[^\\s\"'\\\\,;]+)"),
            // https://www.rfc-editor.org/rfc/rfc6265
            new Syntax(
                    "a cookie",
                    List.of("cookie"),
                    "(?i)(?<![A-Za-z0-9_-])(?<key>(?:set-)?cookie)(?:" + QUOTE + ")?[ \t]*:[ \t]*(?:" + QUOTE
                            + ")?(?<value>[^\\s=;\"']+=[^\r\n\"'\\\\]+)"));

    /** How programs are given a password without its name. */
    private static final List<Syntax> GIVEN = List.of(
            // https://curl.se/docs/manpage.html#-u
            new Syntax(
                    "curl",
                    List.of("curl"),
                    "\\bcurl\\b[^\r\n]{0,500}?\\s(?:-u|--user)[ \t=]{0,4}[\"']?[^\\s:\"'$<{]+:(?<value>[^\\s\"']+)"),
            // https://dev.mysql.com/doc/refman/8.4/en/connecting.html: nothing stands between -p and the password.
            new Syntax(
                    "mysql",
                    List.of("mysql", "mariadb"),
                    "\\b(?:mysql|mariadb)[a-z_-]{0,20}\\b[^\r\n|;&]{0,500}?\\s-p(?![0-9:]+(?:\\s|$))[\"']?(?<value>[^\\s\"']+)"),
            new Syntax(
                    "a program that logs in",
                    List.of("sshpass", "mongo", "login"),
                    "\\b(?:sshpass|mongo(?:sh|dump|restore|import|export)?|(?:docker|podman|buildah|skopeo|nerdctl|helm"
                            + " registry|oras|cf|az) login)\\b[^\r\n|;&]{0,500}?\\s-p[ \t]{0,4}[\"']?(?<value>[^\\s\"']+)"),
            new Syntax(
                    "a program that logs in",
                    List.of("redis-cli", "ldap"),
                    "\\b(?:redis-cli[^\r\n|;&]{0,500}?\\s-a|ldap[a-z]{3,10}[^\r\n|;&]{0,500}?\\s-w)[ \t]{1,4}[\"']?(?<value>[^\\s\"']+)"),
            // https://docs.openssl.org/master/man1/openssl-passphrase-options/
            new Syntax("openssl", List.of("pass:"), "\\s-pass(?:in|out)?[\"', \t]{1,6}pass:(?<value>[^\\s\"']+)"),
            new Syntax(
                    "a database",
                    List.of("identified", "password"),
                    "(?i)\\b(?:identified by|(?:alter|create) (?:role|user)\\b[^\r\n;']{1,200}\\bpassword)\\s+'(?<value>[^'\r\n]+)'"),
            // https://docs.oracle.com/en/database/oracle/oracle-database/19/jjdbc/data-sources-and-URLs.html
            new Syntax(
                    "Oracle's driver",
                    List.of("jdbc:oracle"),
                    "jdbc:oracle:[a-z0-9]+:[^/\\s@\"']+/(?<value>[^@\\s\"']+)@"),
            // https://www.postgresql.org/docs/current/libpq-pgpass.html
            new Syntax(
                    "PostgreSQL",
                    List.of(":"),
                    "(?m)^(?=[^\\s:#]*[g-zG-Z*.])[^\\s:#]{1,100}:(?:[0-9]{2,5}|\\*):[^\\s:]{1,64}:(?=[^:]*[A-Za-z*])[^\\s:]{1,64}:(?<value>[^\\s:]{1,200})\\s*$"));

    /** What every text has in which any of these finds something: most have not, and are searched once. */
    private static final Pattern HINT = Pattern.compile(
            "(?i)pass|pwd?|psw|secret|token|key|cred|auth|pat|cookie|curl|mysql|mariadb|mongo|login|redis|ldap|identified|jdbc"
                    + "|:(?:[0-9]{2,5}|\\*):");

    private static final Pattern OPENING = Pattern.compile("^" + QUOTE);

    private Assignments() {}

    /** The first that gives a secret away, as the end of a sentence about the text. */
    static Optional<String> in(String text) {
        if (!HINT.matcher(text).find()) {
            return Optional.empty();
        }
        var words = text.toLowerCase(Locale.ROOT);
        return assigned(text)
                .or(() -> OTHERS.stream()
                        .filter(syntax -> syntax.mayBeIn(words))
                        .map(syntax -> given(text, syntax.pattern()))
                        .flatMap(Optional::stream)
                        .findFirst())
                .map(key -> "gives a value to " + key)
                .or(() -> toProgram(text, words));
    }

    private static Optional<String> assigned(String text) {
        if (text.indexOf('=') < 0 && text.indexOf(':') < 0) {
            return Optional.empty();
        }
        var found = ASSIGNMENT.matcher(text);
        while (found.find()) {
            var name = SecretName.of(found.group("key"));
            var value = value(found);
            var holds = isDeclared(text, found)
                    ? name.holds(value)
                    : name != SecretName.NONE && SecretName.ABOVE.holds(value);
            if (holds && !isVariable(found)) {
                return Optional.of(found.group("key"));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> given(String text, Pattern syntax) {
        var found = syntax.matcher(text);
        while (found.find()) {
            if (SecretName.of(found.group("key")).holds(value(found)) && !isVariable(found)) {
                return Optional.of(found.group("key"));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> toProgram(String text, String words) {
        return GIVEN.stream()
                .filter(syntax -> syntax.mayBeIn(words))
                .filter(syntax -> isGiven(text, syntax.pattern()))
                .findFirst()
                .map(syntax -> "gives a password to " + syntax.name());
    }

    private static boolean isGiven(String text, Pattern syntax) {
        var found = syntax.matcher(text);
        while (found.find()) {
            if (SecretName.PASSWORD.holds(found.group("value"))) {
                return true;
            }
        }
        return false;
    }

    private static String value(Matcher found) {
        return OPENING.matcher(found.group("value")).replaceFirst("");
    }

    /** In a program, a value without quotes may be that of another variable. */
    private static boolean isVariable(Matcher found) {
        return SecretName.of(found.group("value")) != SecretName.NONE
                && !OPENING.matcher(found.group("value")).find();
    }

    /** Whether it is more than a sentence that has a colon in it. */
    private static boolean isDeclared(String text, Matcher found) {
        var between = found.group("between");
        if (found.group("quote") != null || between.equals("=") || between.contains(":=")) {
            return true;
        }
        var line = text.lastIndexOf('\n', found.start()) + 1;
        return LINE_BEFORE.matcher(text.substring(line, found.start())).matches()
                && (between.contains("=")
                        || REST_OF_LINE
                                .matcher(text)
                                .region(found.end(), text.length())
                                .lookingAt());
    }

    /**
     * One way to write it.
     *
     * @param name of the syntax, or of the program that is given the value
     * @param words in small letters: a text with none of them has nothing for the pattern, and is not searched
     */
    private record Syntax(String name, List<String> words, Pattern pattern) {
        Syntax(String name, List<String> words, String regex) {
            this(name, words, Pattern.compile(regex));
        }

        boolean mayBeIn(String text) {
            return words.stream().anyMatch(text::contains);
        }
    }
}
