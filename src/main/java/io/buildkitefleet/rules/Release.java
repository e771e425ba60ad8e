package io.buildkitefleet.rules;

import io.buildkitefleet.config.Cpu;
import io.buildkitefleet.config.Memory;
import io.buildkitefleet.fleet.JobPod;
import io.buildkitefleet.fleet.Resources;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Helm release of Buildkite's controller, as its values describe it.
 *
 * @param subject the release itself
 */
record Release(Subject subject) {
    private static final String CHART = "agent-stack-k8s";

    static boolean isController(Subject release) {
        return release.at("chart").text().endsWith(CHART);
    }

    Value config() {
        return subject.at("values.config");
    }

    /** What lets pipelines bring pod specs, if something does. */
    Optional<String> podSpecs() {
        return Subject.flawIf(
                !config().key("prohibit-kubernetes-plugin").isTrue(), "prohibit-kubernetes-plugin is not true");
    }

    /** What the fleet adds to a job's pod. */
    Value pod() {
        return config().key("pod-spec-patch");
    }

    String queue() {
        return config().key("queue").text();
    }

    String namespace() {
        return subject.at("namespace").text();
    }

    /** The pool whose nodes run the jobs. */
    String pool() {
        return pod().key("nodeSelector").key(Nodes.LABEL).text();
    }

    /** The pool whose nodes run the controller. */
    String controllerPool() {
        return subject.at("values.nodeSelector").key(Nodes.LABEL).text();
    }

    long maxInFlight() {
        return config().key("max-in-flight").number();
    }

    /** The resources of a job's command container. */
    Value resources() {
        return config().key("resource-classes")
                .key(config().key("default-resource-class-name").text())
                .key("resource");
    }

    /** The containers that the fleet adds to a job's pod. */
    List<Value> containers() {
        return Stream.of("initContainers", "containers")
                .flatMap(kind -> pod().key(kind).items().stream())
                .toList();
    }

    /** What a job's pod asks for; nothing if it cannot be read. */
    Optional<Resources> requests() {
        var sum = quantities(resources().key("requests")).map(JobPod.OVERHEAD::plus);
        for (var container : containers()) {
            var requests = container.at("resources.requests");
            // A LimitRange gives the agent's share to a container that asks for nothing.
            var own = requests.exists() ? quantities(requests) : Optional.of(JobPod.AGENT);
            sum = sum.flatMap(resources -> own.map(resources::plus));
        }
        return sum;
    }

    private static Optional<Resources> quantities(Value requests) {
        var memory = Memory.parse(requests.key("memory").text());
        return Cpu.parse(requests.key("cpu").text()).flatMap(cpu -> memory.map(size -> new Resources(cpu, size)));
    }
}
