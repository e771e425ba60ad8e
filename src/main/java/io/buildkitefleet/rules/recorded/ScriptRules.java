package io.buildkitefleet.rules.recorded;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.plan.FleetSummary;
import io.buildkitefleet.plan.HookDigests;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scripts that the fleet runs beside its hooks, and the ssh servers that it trusts. */
public final class ScriptRules {
    /** Where the scripts of a ConfigMap are in the program, by the name of the ConfigMap. */
    private static final Map<String, String> DIRECTORIES =
            Map.of("git-mirrors-scripts", "git-mirrors", "registry-login", "docker");

    private static final String KNOWN_HOSTS = "known_hosts";

    /** What stands beside the scripts and follows from the configuration. */
    private static final Set<String> CONFIGURED = Set.of(KNOWN_HOSTS, "config.json");

    /** What no plan shows: deployments and agents outside of the cluster run it, or other files are made of it. */
    private static final List<String> UNPLANNED = List.of("hooks-outside", "registry-mirror", "ssh");

    private ScriptRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named("scripts-whole", HIGH, "The fleet's own scripts are as somebody has agreed to them")
                .why("they run with the keys of checkouts, of registries and of deployments")
                .mend(
                        "keep them as this version has them; whoever means to change one records it with RecordedFilesTest, where a"
                                + " reviewer sees it")
                .check(ScriptRules::whole));
    }

    private static Outcome whole(PlannedStack stack) {
        if (Releases.subjects(stack).isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        var flaws = new ArrayList<Flaw>();
        stack.ofType(KubernetesType.CONFIG_MAP)
                .forEach(map -> flaw(stack, map).ifPresent(detail -> flaws.add(new Flaw(map.resource(), detail))));
        UNPLANNED.stream()
                .flatMap(directory -> RecordedFiles.changed(directory).stream())
                .forEach(file -> flaws.add(Flaw.at(file, "is another in the program than somebody has agreed to")));
        return new Outcome.Looked(flaws);
    }

    private static Optional<String> flaw(PlannedStack stack, Subject map) {
        var directory = DIRECTORIES.get(map.at("metadata.name").text());
        // One that is not known yet has only what the program puts into it: plan-as-made.
        if (directory == null || map.at("data").isUnknown()) {
            return Optional.empty();
        }
        var files = Stream.of("data", "binaryData")
                .flatMap(part -> map.at(part).keys().stream())
                .sorted()
                .toList();
        return files.stream()
                .filter(file -> !CONFIGURED.contains(file))
                .filter(file -> !RecordedFiles.is(
                        directory + "/" + file, map.at("data").key(file).text()))
                .findFirst()
                .map(file -> file
                        + (RecordedFiles.has(directory + "/" + file)
                                ? " is not what somebody has agreed to"
                                : " is one more than the fleet has"))
                .or(() -> Subject.flawIf(
                        RecordedFiles.in(directory).stream().noneMatch(files::contains), "has no script of the fleet"))
                .or(() -> otherHosts(stack, map));
    }

    /** Checkouts of trusted queues and git mirrors trust the same servers. */
    private static Optional<String> otherHosts(PlannedStack stack, Subject map) {
        var hosts = map.at("data").key(KNOWN_HOSTS);
        var meant = stack.fleet().map(FleetSummary::hooks).orElse(Map.of()).values().stream()
                .map(files -> files.get(KNOWN_HOSTS))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return Subject.flawIf(
                hosts.exists() && !meant.isEmpty() && !meant.contains(HookDigests.of(hosts.text())),
                "trusts other ssh servers than the configuration");
    }
}
