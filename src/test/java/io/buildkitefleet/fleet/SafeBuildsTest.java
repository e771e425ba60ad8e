package io.buildkitefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.Stacks;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the hook is told of safe builds. */
class SafeBuildsTest {
    @Test
    void thePolicyIsALineForEachOfTheFleetsRules() {
        assertThat(FleetResolver.resolve(Stacks.full()).safeBuilds().policy()).isEqualTo("""
                repository github.com/acme/app
                repository git.example.com:8443/group/tools/lint
                repository git.example.com:2222/group/tools/lint
                fork-owner github.com/jane
                fork-owner git.example.com/group/jane
                team build-authorized
                team platform
                untrusted-queue untrusted
                """);
    }

    @Test
    void aQueueForSomeBuildsHasThemInItsPolicy() {
        var fleet = FleetResolver.resolve(Stacks.full());
        var policies = fleet.queues().stream().collect(Collectors.toMap(Queue::name, queue -> fleet.safeBuilds()
                .policyOf(queue)));
        assertThat(policies.get("deploy")).isEqualTo(fleet.safeBuilds().policy() + """
                only-branch main
                only-branch release/*
                only-pipeline app
                only-pipeline d18439cc-df59-45b0-97cc-98d7fb69d983
                """);
        assertThat(policies.get("small")).isEqualTo(fleet.safeBuilds().policy());
        assertThat(policies.get("big")).isEqualTo(fleet.safeBuilds().policy() + "keeps-directories yes\n");
    }

    @Test
    void otherPipelinesAreOnTheQueueThatDeploysOnlyIfTheyAreNamed() {
        var fleet = FleetResolver.resolve(Stacks.full()
                .with(
                        "queues.deploy.only",
                        "{branches: [main], pipelines: [app, 0190d2f6-5b4e-4b9c-8f0a-3c1d2e4f5a6b]}")
                .with("deployer.buildkite.up.queue", "deploy"));
        assertThat(fleet.queues())
                .filteredOn(queue -> queue.name().equals("deploy"))
                .singleElement()
                .satisfies(
                        queue -> assertThat(fleet.safeBuilds().policyOf(queue)).contains("only-pipeline app\n"));
    }

    @Test
    void theQueueThatDeploysKnowsWhichJobsDo() {
        var fleet = FleetResolver.resolve(Stacks.full()
                .with("queues.deploy.only", "{branches: [main]}")
                .with("deployer.buildkite.up.queue", "deploy"));
        var policies = fleet.queues().stream().collect(Collectors.toMap(Queue::name, queue -> fleet.safeBuilds()
                .policyOf(queue)));
        assertThat(policies.get("deploy")).endsWith("""
                only-branch main
                only-pipeline 0190d2f6-5b4e-4b9c-8f0a-3c1d2e4f5a6b
                deploying-pipeline 0190d2f6-5b4e-4b9c-8f0a-3c1d2e4f5a6b
                deploying-repository github.com/acme/app
                """);
        policies.remove("deploy");
        assertThat(policies.values()).noneMatch(policy -> policy.contains("deploying"));
    }

    @Test
    void whereNothingIsSaidOnlyTheDefaultTeamApproves() {
        assertThat(FleetResolver.resolve(Stacks.minimal()).safeBuilds().policy())
                .isEqualTo("team build-authorized\n");
    }
}
