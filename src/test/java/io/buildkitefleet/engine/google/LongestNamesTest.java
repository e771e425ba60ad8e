package io.buildkitefleet.engine.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.engine.provider.SdkType;
import io.buildkitefleet.engine.provider.Values;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.PreviewedStacks;
import io.buildkitefleet.testing.Stacks;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The longest names that the program takes are names that Google takes, with what Pulumi adds to them. */
class LongestNamesTest {
    /** More than anybody takes. */
    private static final int TOO_LONG = 70;

    /** As Pulumi's gcp provider names what has no name: a dash and seven digits. */
    private static final String ADDED = "-0123456";

    /**
     * A name that a person chooses.
     *
     * @param stack the stack with a name of a length
     */
    record Chosen(String name, IntFunction<Stacks> stack) {
        Stacks longest() {
            return IntStream.iterate(TOO_LONG, length -> length > 0, length -> length - 1)
                    .mapToObj(stack)
                    .filter(candidate -> BadStack.problems(candidate).isEmpty())
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Chosen> theLongestNamesAreTakenByGoogle() {
        return Stream.of(
                new Chosen("an on-demand pool", length -> pool(length, "on-demand")),
                new Chosen("a spot pool with a fallback", length -> pool(length, "spot")),
                new Chosen("a queue", length -> Stacks.minimal().with("queues." + name(length), "{pool: big}")),
                new Chosen("the fleet", length -> Stacks.minimal().with("name", name(length))),
                new Chosen(
                        "a mac's pipeline",
                        length -> Stacks.minimal().withMac().with("mac.pipelines", "[" + name(length) + "]")),
                new Chosen("a stack", length -> Stacks.minimal().named(name(length))));
    }

    private static Stacks pool(int length, String capacity) {
        var pool = name(length);
        return Stacks.minimal()
                .with("pools." + pool, "{machineType: n1-standard-8, max: 4, capacity: " + capacity + "}")
                .with("queues.big", "{pool: " + pool + "}")
                .without("pools.big");
    }

    private static String name(int length) {
        return "n".repeat(length);
    }

    @ParameterizedTest
    @MethodSource
    void theLongestNamesAreTakenByGoogle(Chosen chosen, @TempDir Path directory) {
        var plan = PreviewedStacks.of(chosen.longest(), directory).plan();

        assertThat(plan.registrations().stream()
                        .filter(registration -> registration.type().startsWith("gcp:"))
                        .flatMap(registration -> refusals(registration).stream()))
                .isEmpty();
    }

    private static List<String> refusals(Registration registration) {
        var inputs = Values.ofJson(PropertyValues.masked(registration.inputs())).getStructValue();
        var takesName = SdkType.of(registration.type()).orElseThrow().inputs().containsKey("name");
        var named = takesName && !inputs.containsFields("name")
                ? inputs.toBuilder()
                        .putFields("name", Values.of(registration.name() + ADDED))
                        .build()
                : inputs;
        return GoogleLimits.of(registration.type()).refusals(named).entrySet().stream()
                .map(refusal -> registration.name() + " " + refusal.getKey() + ": " + refusal.getValue())
                .toList();
    }
}
