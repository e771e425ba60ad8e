package io.buildkitefleet.config;

import static io.buildkitefleet.testing.BadStack.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose jobs are the mac in Google Cloud: what is refused, and how it is told. */
class MacConfigTest {
    private static final Stacks MAC = Stacks.minimal().withMac();

    @Test
    void aMacNeedsNoMoreThanTheOrganizationsIdAndItsPipelines() {
        assertThat(BadStack.problems(MAC)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource({"values", "names", "lists"})
    void aMistakeIsReportedWithTheWayOut(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> values() {
        return Stream.of(
                bad("queue", "Mac", "lower-case letters", "got \"Mac\""),
                bad("owner", "[]", "did you mean 'owners'?"),
                bad("pipeline", "[app]", "did you mean 'pipelines'?"),
                bad("branch", "main", "did you mean 'branches'?"),
                bad("owners", "[jane@example.com]", "such as user:jane@example.com", "got \"jane@example.com\"")
                        .below("[0]"),
                bad("owners", "[allUsers]", "must be a member", "got \"allUsers\"")
                        .below("[0]"),
                of(
                        "a slug for the id",
                        MAC.with("organizationId", "acme"),
                        "organizationId",
                        "must be a UUID in lower case",
                        "got \"acme\""));
    }

    static Stream<BadStack> names() {
        return Stream.of(
                bad("pipelines", "app", "must be a list, each item a pipeline's slug", "got \"app\""),
                bad("pipelines", "[acme/app]", "buildkite.com/ORGANIZATION/SLUG, or its UUID", "got \"acme/app\"")
                        .below("[0]"),
                bad("pipelines", "[app, \"a' || 'a\"]", "must be a pipeline's slug", "got \"a' || 'a\"")
                        .below("[1]"),
                bad("pipelines", "[app, app]", "stands in the list already").below("[1]"),
                bad("branches", "main", "must be a list, each item the whole name of a branch"),
                bad("branches", "['release/*']", "without *", "got \"release/*\"")
                        .below("[0]"),
                bad("branches", "[\"main' || 'a\"]", "the whole name of a branch")
                        .below("[0]"));
    }

    static Stream<BadStack> lists() {
        var many = IntStream.range(0, 300).mapToObj(i -> "pipeline-" + i).collect(Collectors.joining(", ", "[", "]"));
        return Stream.of(
                of("no pipelines", MAC.without("mac.pipelines"), "mac.pipelines", "is missing", "slug"),
                bad("pipelines", "[]", "is empty; name the pipelines", "such as [app]"),
                bad("branches", "[]", "is empty; leave it out for builds of every branch", "such as [main]"),
                of("many pipelines", MAC.with("mac.pipelines", many), "mac", "too many", "4096", "or name fewer"),
                of(
                        "no id of the organization",
                        MAC.without("organizationId"),
                        "organizationId",
                        "is missing; with a mac it must be the UUID of the organization \"acme\"",
                        "BUILDKITE_ORGANIZATION_ID"));
    }

    @Test
    void aConfigurationOfBeforeIsToldAllThatItLacksAtOnce() {
        assertThat(BadStack.problems(Stacks.minimal().with("mac", "{queue: mac, owners: ['group:mac@example.com']}")))
                .extracting(Problem::path)
                .containsExactlyInAnyOrder(Stacks.FLEET + ".mac.pipelines", Stacks.FLEET + ".organizationId");
    }

    private static BadStack bad(String key, String yaml, String... parts) {
        return of("mac." + key + ": " + yaml, MAC.with("mac." + key, yaml), "mac." + key, parts);
    }
}
