package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.plan.HookDigests;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import io.buildkitefleet.text.BundledFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What runs around the jobs of a trusted queue. */
public final class HookRules {
    /** What the agent runs by its name: https://buildkite.com/docs/agent/v3/hooks */
    private static final Set<String> HOOKS = Set.of(
            "agent-shutdown",
            "agent-startup",
            "checkout",
            "command",
            "environment",
            "post-artifact",
            "post-checkout",
            "post-command",
            "pre-artifact",
            "pre-bootstrap",
            "pre-checkout",
            "pre-command",
            "pre-exit");

    /** Patterns of names, and names after an exclamation mark, as the hook pre-bootstrap reads them. */
    private static final List<String> FORBIDDEN = BundledFile.text("/hooks/forbidden-variables.txt")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();

    private static final String OWN_VARIABLES = "FLEET_";

    /** By these, programs fetch from elsewhere or take what nobody has checked: https://go.dev/ref/mod */
    private static final Set<String> FETCHING = Set.of(
            "ALL_PROXY", "GOFLAGS", "GOINSECURE", "GONOSUMCHECK", "GONOSUMDB", "GOSUMDB", "HTTPS_PROXY", "HTTP_PROXY");

    private static final String GO_PROXY = "GOPROXY";

    /** Where the modules of Go come from: the fleet's cache, Go's own mirror, and what made them. */
    private static final Pattern MODULES = Pattern.compile("http://[a-z0-9-]+\\." + CacheServer.NAMESPACE
            + "\\.svc\\.cluster\\.local:\\d+|https://proxy\\.golang\\.org|direct|off");

    private HookRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("queue-variables", HIGH, "No variable of a queue acts before its hooks do")
                        .why("it would change which programs a checkout runs, or whose word they take, for every job")
                        .mend("take the variable away; what a step may set, it sets itself")
                        .check(stack -> Check.eachRelease(release -> acting(stack, release))
                                .of(stack)),
                Rule.named("queue-hooks", HIGH, "A trusted queue runs the fleet's hooks, whole and unchanged")
                        .why(
                                "pre-bootstrap refuses what nobody approved, and the others clean up after it: without them every build of"
                                        + " the pipeline runs, whoever asked for it")
                        .mend(
                                "keep the ConfigMap hooks as the fleet makes it; what builds may run, safeBuilds and queues.NAME.only say")
                        .check(HookRules::hooks));
    }

    private static Outcome hooks(PlannedStack stack) {
        var releases = Releases.subjects(stack);
        if (releases.isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        if (stack.fleet().isEmpty()) {
            return new Outcome.NotChecked(Outcome.NotChecked.NOT_OUR_PLAN);
        }
        var fleet = stack.fleet().get();
        var isSilent = fleet.hooks().isEmpty() && fleet.images().isEmpty();
        return isSilent
                ? new Outcome.NotChecked(
                        "the plan is of an older version, which does not say what its hooks are; make it anew")
                : Check.eachRelease(release -> changed(stack, release, meant(fleet.hooks(), release)))
                        .of(stack);
    }

    /** Those of the queue whose namespace it is in, whatever it says that it watches. */
    private static Map<String, String> meant(Map<String, Map<String, String>> hooks, Release release) {
        return hooks.keySet().stream()
                .filter(queue -> ResourceNames.namespace(queue).equals(release.namespace()))
                .findFirst()
                .map(hooks::get)
                .orElseGet(() -> hooks.getOrDefault(release.queue(), Map.of()));
    }

    /** In the ConfigMaps that its containers have as variables; what the fleet tells its own hooks is meant to act. */
    private static Optional<String> acting(PlannedStack stack, Release release) {
        var names = release.config()
                .all()
                .map(value -> value.at("configMapRef.name").text())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        var maps = stack.ofType(KubernetesType.CONFIG_MAP).stream()
                .filter(map -> map.at("metadata.namespace").is(release.namespace()))
                .filter(map -> names.contains(map.at("metadata.name").text()))
                .toList();
        return maps.stream().flatMap(map -> fetching(map).stream()).findFirst().or(() -> forbidden(maps));
    }

    private static Optional<String> fetching(Subject map) {
        var data = map.at("data");
        var modules = data.key(GO_PROXY);
        if (modules.exists() && !Stream.of(modules.text().split("[,|]")).allMatch(MODULES.asMatchPredicate())) {
            return Optional.of("its jobs take the modules of Go from " + modules.described());
        }
        return data.keys().stream()
                .filter(variable -> FETCHING.contains(variable.toUpperCase(Locale.ROOT)))
                .sorted()
                .findFirst()
                .map(variable -> "its jobs get " + variable + ", by which programs fetch elsewhere or unchecked");
    }

    private static Optional<String> forbidden(List<Subject> maps) {
        return maps.stream()
                .flatMap(map -> map.at("data").keys().stream())
                .filter(variable -> !variable.startsWith(OWN_VARIABLES) && isForbidden(variable))
                .sorted()
                .findFirst()
                .map(variable -> "its jobs get " + variable + ", which no step may set");
    }

    private static boolean isForbidden(String variable) {
        return FORBIDDEN.stream().anyMatch(pattern -> matches(pattern, variable))
                && !FORBIDDEN.contains("!" + variable);
    }

    private static boolean matches(String pattern, String variable) {
        return pattern.endsWith("*")
                ? variable.startsWith(pattern.substring(0, pattern.length() - 1))
                : variable.equals(pattern);
    }

    private static Optional<String> changed(PlannedStack stack, Release release, Map<String, String> meant) {
        if (meant.isEmpty()) {
            return Optional.empty();
        }
        var name = release.config().at("agent-config.hooksVolume.configMap.name");
        return stack.ofType(KubernetesType.CONFIG_MAP).stream()
                .filter(map -> map.at("metadata.namespace").is(release.namespace()))
                .filter(map -> map.at("metadata.name").is(name.text()))
                .findFirst()
                .map(map -> changed(map, meant))
                .orElseGet(() -> Optional.of("its hooks are of a ConfigMap that the plan does not make in "
                        + release.namespace() + ": " + name.described()));
    }

    private static Optional<String> changed(Subject map, Map<String, String> meant) {
        var files = map.at("data");
        return meant.keySet().stream()
                .sorted()
                .filter(file -> !HookDigests.of(files.key(file).text()).equals(meant.get(file)))
                .findFirst()
                .map(file -> "its hooks are not the fleet's: " + file
                        + (files.key(file).exists() ? " is another" : " is missing"))
                .or(() -> Stream.of("data", "binaryData")
                        .flatMap(part -> map.at(part).keys().stream())
                        .filter(file -> HOOKS.contains(file) && !meant.containsKey(file))
                        .sorted()
                        .findFirst()
                        .map(file -> "its hooks are not the fleet's: " + file + " is one more"));
    }
}
