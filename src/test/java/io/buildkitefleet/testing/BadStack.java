package io.buildkitefleet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import java.util.List;
import java.util.stream.Stream;

/**
 * A stack with one mistake, and how a person must be told of it.
 *
 * @param mistake what it is, for the report of the tests
 * @param path where it must be reported
 * @param parts what the message must hold: what was got, what is allowed
 */
public record BadStack(String mistake, Stacks stack, String path, List<String> parts) {
    /** The minimal stack with a value of a key that stands there as it does here. */
    public static BadStack at(String path, String yaml, String... parts) {
        return of(path + ": " + yaml, Stacks.minimal().with(path, yaml), path, parts);
    }

    /** Reported at a path below the fleet. */
    public static BadStack of(String mistake, Stacks stack, String path, String... parts) {
        return new BadStack(mistake, stack, Stacks.FLEET + "." + path, List.of(parts));
    }

    /** Reported at a key beside the fleet, or at the fleet itself. */
    public static BadStack ofKey(String mistake, Stacks stack, String key, String... parts) {
        return new BadStack(mistake, stack, key, List.of(parts));
    }

    /** Reported at a key, or at an item as {@code [0]}, of the value instead. */
    public BadStack below(String key) {
        return new BadStack(mistake, stack, path + (key.startsWith("[") ? key : "." + key), parts);
    }

    /** And the message holds this as well. */
    public BadStack and(String part) {
        return new BadStack(
                mistake,
                stack,
                path,
                Stream.concat(parts.stream(), Stream.of(part)).toList());
    }

    /** The mistake is the one that is reported, and nothing that only follows from it. */
    public void isReportedOnce() {
        assertThat(problems(stack)).as(mistake).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message()).contains(parts);
        });
    }

    /** Everything that is wrong with a stack; nothing if it makes a fleet. */
    public static List<Problem> problems(Stacks stack) {
        try {
            FleetResolver.resolve(stack);
            return List.of();
        } catch (ConfigException wrong) {
            return wrong.problems();
        }
    }

    @Override
    public String toString() {
        return mistake;
    }
}
