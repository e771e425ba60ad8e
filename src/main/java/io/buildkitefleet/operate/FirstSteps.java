package io.buildkitefleet.operate;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.text.Listing;
import io.buildkitefleet.text.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a new stack needs before it is deployed, in the order of docs/first-deploy.md and with the commands that
 * {@link Doctor} names where something lacks.
 *
 * @param cluster the name of the cluster at Buildkite that has the trusted queues, if somebody has said it
 */
public record FirstSteps(Stack stack, Fleet fleet, Optional<String> cluster) {
    /**
     * Steps at one place.
     *
     * @param place where they are taken
     * @param lines commands, or what to do there
     */
    public record Group(String place, List<String> lines) {}

    /** All of them, from an empty project on. */
    public List<Group> groups() {
        var project = fleet.config().project();
        var google = Stream.of(
                        List.of(GoogleLogin.COMMAND, Credentials.LOGIN),
                        GoogleProject.commands(project),
                        List.of(Credentials.quotaProjectCommand(project)))
                .flatMap(List::stream)
                .toList();
        return List.of(
                new Group("Google Cloud", google),
                new Group("Pulumi", PulumiState.commands(stack, StateStore.of(fleet.config()))),
                new Group("Buildkite", atBuildkite()));
    }

    /** What to make at Buildkite, and the commands that take the tokens from there. */
    public List<String> atBuildkite() {
        var where = cluster.map(name -> "cluster " + name).orElse("a cluster");
        var steps = new ArrayList<>(atBuildkite(
                "in " + where + " of " + fleet.config().clustersPage(),
                BuildkiteSetup.trusted(fleet),
                FleetConfig.AGENT_TOKEN));
        var untrusted = BuildkiteSetup.untrusted(fleet);
        if (!untrusted.isEmpty()) {
            steps.addAll(atBuildkite(
                    "in another cluster, which has no trusted queue", untrusted, FleetConfig.UNTRUSTED_AGENT_TOKEN));
        }
        return steps;
    }

    private List<String> atBuildkite(String where, List<String> queues, String token) {
        return List.of(
                where + ", make the self-hosted queue" + (queues.size() == 1 ? " " : "s ") + Listing.of(queues)
                        + " and an agent token, for",
                Doctor.setSecret(token, stack));
    }

    /** What looks whether all of it is there. */
    public String look() {
        return "./fleet doctor " + new ShellWord(stack.name());
    }
}
