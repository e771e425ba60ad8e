package io.buildkitefleet.rules.recorded;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** Where they are in the program. */
    private static final String RECORDED = "hooks";

    /** The agent of a queue that signs steps runs it in place of a job's command. */
    private static final String UPLOAD = "upload";

    private static final Set<String> OF_SIGNING = Set.of(UPLOAD, "upload-command.sh");

    private HookRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named("queue-hooks", HIGH, "A trusted queue runs the fleet's hooks, whole and unchanged")
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

    private static Optional<String> changed(PlannedStack stack, Release release, Map<String, String> meant) {
        if (meant.isEmpty()) {
            return Optional.empty();
        }
        var name = release.config().at("agent-config.hooksVolume.configMap.name");
        return stack.ofType(KubernetesType.CONFIG_MAP).stream()
                .filter(map -> map.at("metadata.namespace").is(release.namespace()))
                .filter(map -> map.at("metadata.name").is(name.text()))
                .findFirst()
                .map(map -> unlikeRecorded(release, map).or(() -> changed(map, meant)))
                .orElseGet(() -> Optional.of("its hooks are of a ConfigMap that the plan does not make in "
                        + release.namespace() + ": " + name.described()));
    }

    /** The program that said what is meant may itself be edited: these are as somebody has agreed to them. */
    private static Optional<String> unlikeRecorded(Release release, Subject map) {
        var signs = release.config().at("agent-config.signingJWKSVolume").exists();
        return RecordedFiles.in(RECORDED).stream()
                .filter(file -> signs || !OF_SIGNING.contains(file))
                .filter(file -> !RecordedFiles.is(
                        RECORDED + "/" + file, map.at("data").key(nameOf(file)).text()))
                .findFirst()
                .map(file -> "its hooks are not the fleet's: " + nameOf(file)
                        + (map.at("data").key(nameOf(file)).exists() ? " is another" : " is missing"));
    }

    private static String nameOf(String file) {
        return file.equals(UPLOAD) ? "command" : file;
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
