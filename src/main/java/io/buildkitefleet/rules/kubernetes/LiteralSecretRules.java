package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Secrets that somebody wrote down as plain values: they are known by the name that they have, or by their form. */
public final class LiteralSecretRules {
    private static final String NAMES =
            "(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)";

    /** Names of variables and keys whose values are secrets. */
    private static final Pattern NAME = Pattern.compile("(?i)(?:.*[_.-]|(?-i:.*[a-z0-9](?=[A-Z])))?" + NAMES);

    private static final String BY_CHANCE =
            "(?=[^\"'\\s]*[0-9])(?=[^\"'\\s]*[A-Za-z])[A-Za-z0-9+_.~-][A-Za-z0-9+/=_.~-]{15,}";

    /** What was made by chance: long, and of several kinds of letters. What has a slash at its start is a place. */
    private static final Pattern RANDOM = Pattern.compile(BY_CHANCE);

    /** The same where a line of a file or a script gives it to such a name. */
    private static final Pattern ASSIGNED =
            Pattern.compile("(?i)(?<![a-z0-9])" + NAMES + "\\s{0,4}[=:]\\s{0,4}[\"']?" + BY_CHANCE + "(?=[\"'\\s]|$)");

    /**
     * Forms that their makers gave them, so that they are found: keys in PEM (RFC 7468), tokens of GitHub
     * (https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/), keys of AWS
     * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html), tokens of Slack and Google.
     */
    private static final Pattern FORM = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"
            + "|\\bgh[pousr]_[A-Za-z0-9]{36}|\\bgithub_pat_[A-Za-z0-9_]{22,}"
            + "|\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"
            + "|\\bxox[abeoprs]-[A-Za-z0-9-]{10,}"
            + "|\\bAIza[A-Za-z0-9_-]{35}"
            + "|\\bbkua_[0-9a-f]{40}\\b"
            + "|\\bbkct_[A-Za-z0-9_-]{16,}"
            // RFC 7519: what is signed begins with an object in base64url, {"; RFC 3986: a password in an address.
            + "|\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]+"
            + "|://[^/\\s:@$]+:[^/\\s:@$]{4,}@");

    /** From here on, looking a text up is cheaper than searching it. */
    private static final int LONG = 100;

    /** Long texts without a secret: the hooks are the same in every queue. */
    private final Set<String> clean = new HashSet<>();

    private LiteralSecretRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named("secret-literal", HIGH, "No value that looks like a secret is written down in clear")
                .why("it is in the state, in every preview, and for whoever may read the object")
                .mend("make it a secret of the stack, which jobs get by a Secret; and change it, because it was seen")
                .check(stack -> {
                    var search = new LiteralSecretRules();
                    return Check.each(PlannedStack::subjects, search::literal).of(stack);
                }));
    }

    private Optional<String> literal(Subject subject) {
        return in("", "", subject.resource().inputs());
    }

    private Optional<String> in(String path, String name, JsonElement json) {
        if (PropertyValues.isSecret(json) || PropertyValues.isMask(json) || PropertyValues.isUnknown(json)) {
            return Optional.empty();
        }
        if (json instanceof JsonObject object) {
            return inObject(path, object);
        }
        if (json instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                var found = in(path + "[" + i + "]", name, array.get(i));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
        return json instanceof JsonPrimitive value && value.isString() && isSecret(name, value.getAsString())
                ? Optional.of(path + " looks like a secret")
                : Optional.empty();
    }

    /** A variable is written as an object with a name and a value. */
    private Optional<String> inObject(String path, JsonObject object) {
        for (var entry : object.entrySet()) {
            var isValue = entry.getKey().equals("value")
                    && object.has("name")
                    && object.get("name").isJsonPrimitive();
            var name = isValue ? object.get("name").getAsString() : entry.getKey();
            var found = in(path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), name, entry.getValue());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private boolean isSecret(String name, String value) {
        return NAME.matcher(name).matches() && RANDOM.matcher(value).matches() || holdsSecret(value);
    }

    private boolean holdsSecret(String text) {
        if (clean.contains(text)) {
            return false;
        }
        var found = FORM.matcher(text).find() || ASSIGNED.matcher(text).find();
        if (!found && text.length() >= LONG) {
            clean.add(text);
        }
        return found;
    }
}
