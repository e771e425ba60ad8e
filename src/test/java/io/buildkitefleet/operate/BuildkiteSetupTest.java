package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.buildkitefleet.buildkite.AgentToken;
import io.buildkitefleet.buildkite.BuildkiteStandIn;
import io.buildkitefleet.buildkite.Misbehavior;
import io.buildkitefleet.buildkite.RetryPolicy;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.operate.Prerequisite.Status;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of an organization at Buildkite, from an empty one to one that has all. */
class BuildkiteSetupTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final RetryPolicy SHORT = new RetryPolicy(
            Duration.ofMillis(300), Duration.ofMillis(10), Duration.ofMillis(10), Duration.ofMillis(500));

    private final StandInMachine machine = new StandInMachine();
    private final Fleet fleet = FleetResolver.resolve(Stacks.minimal());
    private final String queue = fleet.queues().get(0).name();
    private BuildkiteStandIn buildkite;

    @BeforeEach
    void anEmptyOrganization() throws IOException {
        buildkite = new BuildkiteStandIn();
        machine.set("BUILDKITE_API_URL", buildkite.address());
        machine.set("BUILDKITE_API_TOKEN", BuildkiteStandIn.TOKEN);
    }

    @AfterEach
    void close() {
        buildkite.close();
    }

    private List<Prerequisite> examine(Fleet fleet) {
        return new BuildkiteSetup(machine, SHORT, Clock.fixed(NOW, ZoneOffset.UTC)).examine(fleet);
    }

    private List<Prerequisite> examine() {
        return examine(fleet);
    }

    private void token(String cluster, String expiresAt) {
        buildkite.addAgentToken(
                cluster,
                new AgentToken(
                        "fleet", expiresAt.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(expiresAt))));
    }

    @Test
    void withoutATokenItSaysWhatWouldMakeItKnown() {
        machine.unset("BUILDKITE_API_TOKEN");
        assertThat(examine()).hasSize(1);
        assertThat(examine().get(0).status()).isEqualTo(Status.UNKNOWN);
        assertThat(examine().get(0).text())
                .contains("that takes BUILDKITE_API_TOKEN, an API access token with read_clusters")
                .endsWith("look yourself: https://buildkite.com/organizations/acme/clusters");
        assertThat(buildkite.requests()).isEmpty();
    }

    @Test
    void anEmptyOrganizationLacksTheQueues() {
        assertThat(examine())
                .containsExactly(Prerequisite.missing(
                        "cluster of queues " + queue,
                        "no cluster of acme that this token sees has one of them; make the queues in a cluster",
                        "https://buildkite.com/organizations/acme/clusters"));
    }

    @Test
    void aClusterWithQueueAndTokenIsGood() {
        buildkite.addQueue("Main", queue);
        token("Main", "");
        token("Main", "2026-11-29T12:00:00Z");
        assertThat(examine())
                .containsExactly(
                        Prerequisite.good("queue " + queue + " at Buildkite", "in cluster Main"),
                        Prerequisite.good(
                                "agent tokens of cluster Main",
                                "1 valid; whether the stack's is among them, Buildkite does not say"));
    }

    @Test
    void aTokenThatHasExpiredIsNone() {
        buildkite.addQueue("Main", queue);
        token("Main", "2026-11-29T11:59:59Z");
        assertThat(examine().get(1).detail()).startsWith("all 1 have expired, so no agent can register");
        assertThat(examine().get(1).status()).isEqualTo(Status.MISSING);
    }

    @Test
    void aClusterWithoutATokenLacksOne() {
        var made = buildkite.addQueue("Main", queue);
        assertThat(examine().get(1))
                .isEqualTo(Prerequisite.missing(
                        "agent tokens of cluster Main",
                        "there is none, so no agent can register; make one",
                        "https://buildkite.com/organizations/acme/clusters/" + made.clusterId()));
    }

    @Test
    void aQueueThatTheOthersClusterLacksIsNamed() {
        var two = FleetResolver.resolve(Stacks.minimal().with("queues.second", "{pool: big}"));
        buildkite.addQueue("Other", "second");
        buildkite.addQueue("Main", queue);
        buildkite.addQueue("Main", "third");
        buildkite.addQueue("Other", "fourth");
        token("Main", "");
        token("Other", "");
        assertThat(examine(two))
                .filteredOn(check -> check.status() == Status.MISSING)
                .hasSize(1)
                .allSatisfy(check ->
                        assertThat(check.detail()).contains("has no queue").contains("make it there"));
    }

    @Test
    void untrustedQueuesAreLookedForInAClusterOfTheirOwn() {
        var both = FleetResolver.resolve(Stacks.minimal()
                .with("pools.outside", "{machineType: n1-standard-4, capacity: spot, max: 1, sandbox: gvisor}")
                .with("queues.forks", "{pool: outside, trust: untrusted}")
                .withSecret("untrustedAgentToken"));
        buildkite.addQueue("Main", queue);
        token("Main", "");
        buildkite.addQueue("Forks", "forks");
        assertThat(examine(both))
                .extracting(Prerequisite::what, Prerequisite::status)
                .contains(
                        tuple("queue forks at Buildkite", Status.GOOD),
                        tuple("agent tokens of cluster Forks", Status.MISSING));
    }

    @Test
    void aPausedQueueIsWarnedOf() {
        buildkite.addQueue("Main", queue).pauseBy("Joe", "maintenance");
        assertThat(examine().get(0).status()).isEqualTo(Status.WARNING);
        assertThat(examine().get(0).detail()).contains("paused by Joe: it gets no jobs");
    }

    @Test
    void aTokenWithoutTheScopeIsToldWhichItNeeds() {
        machine.set("BUILDKITE_API_TOKEN", buildkite.token("graphql"));
        assertThat(examine()).hasSize(1);
        assertThat(examine().get(0).status()).isEqualTo(Status.UNKNOWN);
        assertThat(examine().get(0).text())
                .contains("read_clusters")
                .endsWith("https://buildkite.com/user/api-access-tokens")
                .doesNotContain("bkua_");
    }

    @Test
    void aTokenThatIsNoneIsSaid() {
        machine.set("BUILDKITE_API_TOKEN", "bkct_agent");
        assertThat(examine().get(0).detail()).contains("holds an agent token");
        machine.set("BUILDKITE_API_TOKEN", "bkua_unknown");
        assertThat(examine().get(0).detail()).contains("401");
    }

    @Test
    void anotherOrganizationIsMissing() {
        var other = FleetResolver.resolve(Stacks.minimal().with("organization", "elsewhere"));
        assertThat(examine(other).get(0).status()).isEqualTo(Status.MISSING);
        assertThat(examine(other).get(0).detail()).startsWith("there is no organization elsewhere");
    }

    @Test
    void aBuildkiteThatIsSlowIsUnknown() {
        buildkite.disturb("clusters", new Misbehavior.Slow(Duration.ofSeconds(2)), 10);
        assertThat(examine().get(0).status()).isEqualTo(Status.UNKNOWN);
        assertThat(examine().get(0).detail()).contains("gets no answer");
    }

    @Test
    void aBuildkiteThatIsOutOfReachIsUnknown() {
        buildkite.close();
        assertThat(examine().get(0).status()).isEqualTo(Status.UNKNOWN);
        assertThat(examine().get(0).text()).endsWith("https://buildkite.com/organizations/acme/clusters");
    }

    @Test
    void aBuildkiteThatFailsIsUnknown() {
        buildkite.disturb("queues", new Misbehavior.Status(500), 100);
        buildkite.addQueue("Main", queue);
        assertThat(examine().get(0).status()).isEqualTo(Status.UNKNOWN);
        assertThat(examine().get(0).detail()).contains("500");
    }
}
