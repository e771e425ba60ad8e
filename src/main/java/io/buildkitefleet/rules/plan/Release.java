package io.buildkitefleet.rules.plan;

import com.google.gson.JsonObject;
import io.buildkitefleet.config.value.Cpu;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.config.value.RegistryMirror;
import io.buildkitefleet.fleet.JobPod;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.fleet.images.Images;
import io.buildkitefleet.pods.ControllerPod;
import io.buildkitefleet.pods.MalformedPodException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Helm release of Buildkite's controller, as its values describe it.
 *
 * @param subject the release itself
 */
public record Release(Subject subject) {
    /** A chart that is named by its digest has that at its end. */
    private static final Pattern MIRRORED =
            Pattern.compile("oci://(?<mirror>.+)/ghcr\\.io/buildkite/helm/" + Images.CHART + "(?:@.+)?");

    /** The registry that the chart is copied to, if it comes from one that holds the fleet's copies. */
    public Optional<RegistryMirror> mirror() {
        return Optional.of(MIRRORED.matcher(subject.at("chart").text()))
                .filter(Matcher::matches)
                .flatMap(chart -> RegistryMirror.parse(chart.group("mirror")));
    }

    public InputValue config() {
        return subject.at("values.config");
    }

    /** What lets pipelines bring pod specs, if something does. */
    public Optional<String> podSpecs() {
        return Subject.flawIf(
                !config().key("prohibit-kubernetes-plugin").isFlag(true), "prohibit-kubernetes-plugin is not true");
    }

    /** What the fleet adds to a job's pod. */
    public InputValue pod() {
        return config().key("pod-spec-patch");
    }

    public String queue() {
        return config().key("queue").text();
    }

    public String namespace() {
        return subject.at("namespace").text();
    }

    /** The pool whose nodes run the jobs. */
    public String pool() {
        return pod().key("nodeSelector").key(Nodes.LABEL).text();
    }

    /** The pool whose nodes run the controller. */
    public String controllerPool() {
        return subject.at("values.nodeSelector").key(Nodes.LABEL).text();
    }

    /** The Secret of its namespace with the agent token: the chart makes one if the release names none. */
    public String tokenSecret() {
        return named(ControllerPod::tokenSecret);
    }

    /** The service account that the chart makes for the controller. */
    public String controllerAccount() {
        return named(ControllerPod::account);
    }

    private String named(Function<JsonObject, String> chart) {
        try {
            return chart.apply(subject.value().object());
        } catch (MalformedPodException refused) {
            // The chart makes nothing of it, as the rule about its pods says; nothing in Kubernetes has this name.
            return "-";
        }
    }

    public long maxInFlight() {
        return config().key("max-in-flight").number();
    }

    /** The resources of a job's command container. */
    public InputValue resources() {
        return config().key("resource-classes")
                .key(config().key("default-resource-class-name").text())
                .key("resource");
    }

    /** The containers that the fleet adds to a job's pod. */
    public List<InputValue> containers() {
        return Stream.of("initContainers", "containers")
                .flatMap(kind -> pod().key(kind).items().stream())
                .toList();
    }

    /** What a job's pod asks for; nothing if it cannot be read. */
    public Optional<Resources> requests() {
        return requested(resources(), Optional.empty()).flatMap(command -> {
            var own = Map.of("container-0", command, "agent", JobPod.AGENT, "checkout", JobPod.CHECKOUT);
            var sum = Optional.of(JobPod.OVERHEAD.plus(command));
            for (var container : containers()) {
                // What bears the name of one of Buildkite's own changes that one, and is no container more.
                var changed = Optional.ofNullable(own.get(container.key("name").text()));
                var asked = requested(container.key("resources"), changed.or(() -> Optional.of(JobPod.AGENT)));
                sum = changed.isEmpty() && endsFirst(container)
                        ? sum.flatMap(found -> asked.map(found::orMore))
                        : sum.flatMap(found -> asked.map(found.minus(changed.orElse(Resources.NONE))::plus));
            }
            return sum;
        });
    }

    /** Whether it comes to its end before the job's containers start: the pod needs room for it, or for them. */
    private boolean endsFirst(InputValue container) {
        return !container.key("restartPolicy").is("Always")
                && pod().key("initContainers").items().stream().anyMatch(first -> first.key("name")
                        .is(container.key("name").text()));
    }

    /** What a container asks for; where it says nothing, a LimitRange or what it changes gives it the other. */
    private static Optional<Resources> requested(InputValue resources, Optional<Resources> other) {
        var cpu = Quantity.requested(resources, "cpu");
        var memory = Quantity.requested(resources, "memory");
        return (cpu.exists() ? Cpu.parse(cpu.text()) : other.map(Resources::cpu))
                .flatMap(found -> (memory.exists() ? Memory.parse(memory.text()) : other.map(Resources::memory))
                        .map(size -> new Resources(found, size)));
    }
}
