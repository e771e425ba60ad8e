package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether what encrypts something is a key of the plan. */
final class OwnKeys {
    private static final Pattern KEY = Pattern.compile(
            "(?:.*/)?projects/(?<project>[^/]+)/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+(?:/cryptoKeyVersions/.*)?");

    private OwnKeys() {}

    /**
     * What is wrong with a key: it is missing, it is the name of none, or it is of a project in which the plan has no
     * key ring.
     *
     * @param path where it stands, for whoever reads it
     */
    static Optional<String> flaw(PlannedStack stack, String path, InputValue key) {
        if (!key.exists()) {
            return Optional.of(path + " is not set");
        }
        if (key.isUnknown()) {
            return Optional.empty();
        }
        var name = KEY.matcher(key.text());
        if (!name.matches()) {
            return Optional.of(path + " is " + key.described() + ", which is the name of no key");
        }
        var projects = stack.ofType(GoogleType.KEY_RING).stream()
                .map(ring -> ring.at("project"))
                .filter(project -> project.exists() && !project.isUnknown())
                .map(InputValue::text)
                .collect(Collectors.toSet());
        return flawIf(
                !projects.isEmpty() && !projects.contains(name.group("project")),
                path + " is of project " + name.group("project") + ", whose owner can make it unreadable");
    }
}
