package io.buildkitefleet.fleet.checks;

import static io.buildkitefleet.testing.BadStack.of;

import com.google.gson.JsonElement;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that cannot be read is replaced by a default, and what that default breaks is not the person's mistake. */
class ConsequencesTest {
    private static final Stacks MINIMAL = Stacks.minimal();

    @ParameterizedTest
    @MethodSource({"fleet", "pools", "queues", "misspelt", "deploying"})
    void whatOnlyFollowsFromAMistakeIsNotReported(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> misspelt() {
        return Stream.of(
                misspelt(MINIMAL, "queues", "queuess"),
                misspelt(MINIMAL, "pools", "pool"),
                misspelt(MINIMAL, "region", "regoin"),
                misspelt(MINIMAL, "cluster", "clutser"),
                misspelt(MINIMAL, "cluster.authorizedNetworks", "authorisedNetworks"),
                misspelt(MINIMAL, "pools.big.max", "maxx"),
                misspelt(MINIMAL, "pools.big.machineType", "machinType"),
                misspelt(MINIMAL, "queues.big.pool", "pol"),
                misspelt(forks(), "pools.big.sandbox", "sandox"),
                misspelt(MINIMAL.with("network.nodes", "10.0.0.0/24").with("name", "fleet"), "name", "names"),
                misspelt(
                        MINIMAL.with("queues.big", "{pool: big, can: [docker], docker: {mode: rootless}}"),
                        "queues.big.can",
                        "cann"),
                of(
                        "a key that is written as a path",
                        MINIMAL.withKey(Stacks.FLEET, withPath()),
                        "load.d",
                        "is not a key here"));
    }

    /** The pool is used by the namespace alone, once it is known who deploys into that. */
    static Stream<BadStack> deploying() {
        var stack = MINIMAL.with("pools.apps", "{machineType: n1-standard-4, max: 1}")
                .with("queues.light", "{pool: big, can: [kubectl], namespaces: [previews]}")
                .with("namespaces", "{previews: {pool: apps}}");
        return Stream.of(
                at("queues.light.namespaces", stack.with("queues.light.namespaces", "[Prod, previews]"))
                        .below("[0]"),
                at("queues.light.namespaces", stack.with("queues.light.namespaces", "previews")),
                at("queues.light.can", stack.with("queues.light.can", "[kubctl]"))
                        .below("[0]"),
                at("namespaces.previews.pool", stack.with("namespaces.previews.pool", "Apps")),
                at("namespaces.previews", stack.with("namespaces.previews", "apps")),
                of(
                        "a namespace of another name",
                        stack.without("namespaces.previews").with("namespaces.preview", "{pool: apps}"),
                        "namespaces.preview",
                        "no queue deploys into it"),
                of(
                        "a queue without namespaces",
                        stack.without("queues.light.namespaces"),
                        "queues.light.namespaces",
                        "is missing"),
                misspelt(stack, "namespaces", "namespace"),
                misspelt(stack, "namespaces.previews.pool", "pol"),
                misspelt(stack, "queues.light.namespaces", "namespace"));
    }

    private static String withPath() {
        var fleet = MINIMAL.fleet();
        fleet.addProperty("load.d", 5);
        return fleet.toString();
    }

    /** The stack with a key under a name that is nearly its own. */
    private static BadStack misspelt(Stacks stack, String path, String misspelt) {
        var cut = path.lastIndexOf('.') + 1;
        JsonElement value = stack.fleet();
        for (var step : path.split("\\.")) {
            value = value.getAsJsonObject().get(step);
        }
        var wrong = path.substring(0, cut) + misspelt;
        return of(
                wrong,
                stack.without(path).with(wrong, value),
                wrong,
                "is not a key here; did you mean '" + path.substring(cut) + "'?");
    }

    static Stream<BadStack> fleet() {
        return Stream.of(
                at("cluster.privateEndpoint", MINIMAL.with("cluster", "{privateEndpoint: ture}")),
                at("cluster.maintenance.hours", MINIMAL.with("cluster.maintenance", "{days: [sunday], hours: many}")),
                at("region", MINIMAL.with("region", "west").with("zones", "[us-west1-a]")),
                at("name", MINIMAL.named("s".repeat(40)).with("name", "Fleet")),
                at("network.nodes", MINIMAL.with("network", "{nodes: 10.0.0.1/20, pods: 10.0.0.0/14}")),
                at("checkout.sshKey", MINIMAL.with("checkout.sshKey", "a key").withSecret("deployKey")),
                at("mac.queue", MINIMAL.withMac().with("mac.queue", "Mac").with("queues", "{mac: {pool: big}}")));
    }

    static Stream<BadStack> pools() {
        var tight = MINIMAL.with("network.nodes", "10.0.0.0/28").with("pools.big.capacity", "on-demand");
        return Stream.of(
                at("pools.big.max", MINIMAL.with("pools.big.min", "3").with("pools.big.max", "many")),
                at("pools.big.capacity", tight.with("pools.big.capacity", "cheap")),
                at(
                        "pools.big.fallback",
                        tight.with("pools.big.capacity", "spot").with("pools.big.fallback", "nothing")),
                at(
                        "pools.big.diskType",
                        MINIMAL.with("pools.big", "{machineType: n4-standard-8, max: 1, diskType: fast}")),
                at(
                        "pools.big.accelerator",
                        MINIMAL.with("pools.big", "{machineType: g2-standard-4, max: 1, accelerator: nvidia-l4}")),
                at(
                        "pools.big.accelerator.count",
                        MINIMAL.with("pools.big.accelerator", "{type: nvidia-tesla-t4, count: two}")
                                .with("queues.big.jobsPerNode", "2")),
                at("pools.big.sandbox", forks().with("pools.big.sandbox", "gVizor")),
                at("queues.big.can", MINIMAL.with("pools.big.shared", "true").with("queues.big.can", "[dockr]"))
                        .below("[0]"));
    }

    static Stream<BadStack> queues() {
        var two = MINIMAL.with("pools.big.max", "1").with("queues.two", "{pool: big}");
        return Stream.of(
                at("queues.two.jobsPerNode", two.with("queues.two.jobsPerNode", "many")),
                at("queues.two.maxInFlight", two.with("queues.two.maxInFlight", "many")),
                at("queues.big.can", MINIMAL.with("queues.big", "{pool: big, can: kubectl, namespaces: [apps]}")),
                at(
                        "queues.big.namespaces",
                        MINIMAL.with("queues.big", "{pool: big, can: [kubectl], namespaces: apps}")),
                at(
                        "queues.big.secrets",
                        MINIMAL.with("queues.big.secrets", "npmToken").withSecret("npmToken")),
                at("queues.more.trust", forks().with("queues.more", "{pool: big, trust: none}")));
    }

    /** The one pool is for code that nobody vouches for. */
    private static Stacks forks() {
        return MINIMAL.with("pools.big.sandbox", "gvisor")
                .with("queues", "{forks: {pool: big, trust: untrusted}}")
                .withSecret("untrustedAgentToken");
    }

    private static BadStack at(String path, Stacks stack) {
        return of(path, stack, path, "must be ");
    }
}
