package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import com.google.gson.JsonObject;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import io.buildkitefleet.rules.secrets.LiteralSecret;
import io.buildkitefleet.rules.secrets.LiteralSecrets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Secrets that somebody wrote down as plain values: they are known by the name that they have, or by their form. */
public final class LiteralSecretRules {
    private LiteralSecretRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named("secret-literal", HIGH, "No value that looks like a secret is written down in clear")
                .why("it is in the state, in every preview, and for whoever may read the object")
                .mend("make it a secret of the stack, which jobs get by a Secret; and change it, because it was seen")
                .check(stack -> {
                    var search = new LiteralSecrets();
                    return Check.each(PlannedStack::subjects, subject -> literals(search, subject))
                            .of(stack);
                }));
    }

    /** What is put into a Secret in clear is told by secret-marked, whatever it looks like. */
    private static Optional<String> literals(LiteralSecrets search, Subject subject) {
        var others = new JsonObject();
        subject.resource().inputs().asMap().forEach((input, value) -> {
            if (!SecretRules.isHeld(subject, input)) {
                others.add(input, value);
            }
        });
        return Optional.of(
                        search.in(others).stream().map(LiteralSecret::toString).collect(Collectors.joining("; ")))
                .filter(text -> !text.isEmpty());
    }
}
