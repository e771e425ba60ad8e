package io.buildkitefleet.stack;

import com.google.gson.JsonObject;
import io.buildkitefleet.config.Waiver;
import io.buildkitefleet.cost.Estimator;
import io.buildkitefleet.cost.PriceList;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.pulumi.WrittenValues;
import io.buildkitefleet.report.json.EstimateJson;
import io.buildkitefleet.rules.Result;
import io.buildkitefleet.testing.PreviewedStacks;
import io.buildkitefleet.testing.Stacks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What comes of a stack's configuration, as far as anybody sees it: what it costs, what is registered, what is found.
 */
final class StackEffects {
    private static final Project PROJECT = Project.read(Path.of(""));

    private final Stacks stack;
    private final Fleet fleet;
    private Optional<JsonObject> estimate = Optional.empty();
    private Optional<StackPreview> preview = Optional.empty();
    private Optional<Map<String, Result>> results = Optional.empty();

    StackEffects(Stacks stack) {
        this.stack = stack;
        this.fleet = FleetResolver.resolve(stack);
    }

    boolean costAsMuchAs(StackEffects other) {
        return estimate().equals(other.estimate());
    }

    boolean areLike(StackEffects other) {
        return costAsMuchAs(other)
                && !waivesOther(other)
                && touched(other).isEmpty()
                && rulesThatRead(other).isEmpty()
                && rulesThatDiffer(other).isEmpty();
    }

    /** The types of resources that are others, more or fewer, and of the stack itself if its outputs are. */
    SortedSet<String> touched(StackEffects other) {
        var before = byName(preview().plan());
        var after = byName(other.preview().plan());
        return Stream.concat(before.keySet().stream(), after.keySet().stream())
                .filter(urn -> !Objects.equals(before.get(urn), after.get(urn)))
                .map(urn -> (before.containsKey(urn) ? before : after).get(urn).type())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The ids of the rules that find something else, or elsewhere. */
    SortedSet<String> rulesThatDiffer(StackEffects other) {
        return RuleReadings.differing(results(), other.results());
    }

    /** The ids of the rules that something breaks here or there, but not in both. */
    SortedSet<String> rulesThatFail(StackEffects other) {
        return RuleReadings.broken(results(), other.results());
    }

    /** The ids of the rules whose verdict is another. */
    SortedSet<String> rulesThatJudge(StackEffects other) {
        return RuleReadings.judged(results(), other.results());
    }

    /** Whether something else is waived, or for another reason, or until another day. */
    boolean waivesOther(StackEffects other) {
        return !waived().equals(other.waived());
    }

    /** The ids of the rules that read something of what differs. */
    SortedSet<String> rulesThatRead(StackEffects other) {
        var plan = StackPlan.of(preview());
        var others = StackPlan.of(other.preview());
        return Stream.of(RuleReadings.of(plan, results(), others), RuleReadings.of(others, other.results(), plan))
                .flatMap(SortedSet::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> waived() {
        return results().values().stream()
                .flatMap(result -> result.findings().stream())
                .map(finding -> finding.rule().id()
                        + finding.urn()
                        + finding.waiver()
                        + finding.waiver().flatMap(Waiver::whyNoEnd))
                .toList();
    }

    /** Each of these takes up to a second, so it is made when it is needed, and once. */
    private JsonObject estimate() {
        estimate = estimate.or(() -> Optional.of(EstimateJson.of(new Estimator(PriceList.latest()).estimate(fleet))));
        return estimate.get();
    }

    private Map<String, Result> results() {
        results = results.or(() -> Optional.of(RuleReadings.results(StackPlan.of(preview()))));
        return results.get();
    }

    private StackPreview preview() {
        preview = preview.or(
                () -> Optional.of(new StackPreview(fleet, PreviewedStacks.ENGINE.preview(PROJECT, pulumis(stack)))));
        return preview.get();
    }

    /** Everything that is told to Pulumi; the outputs of the stack are those of its own registration. */
    static Map<String, Registration> byName(Plan plan) {
        return plan.registrations().stream().collect(Collectors.toMap(Registration::urn, Function.identity()));
    }

    private static Stack pulumis(Stacks stack) {
        return new Stack(
                stack.stack(),
                stack.stack(),
                Path.of("Pulumi." + stack.stack() + ".yaml"),
                stack.keys().stream().collect(Collectors.toMap(Function.identity(), key -> stack.get(key)
                        .orElseThrow())),
                stack.keys().stream().filter(stack::isSecret).collect(Collectors.toSet()),
                Set.of(),
                "",
                stack.bases(),
                WrittenValues.NONE);
    }
}
