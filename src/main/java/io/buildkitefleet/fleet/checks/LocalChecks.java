package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.GitMirror;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.Fleet;
import java.util.Map;
import java.util.regex.Pattern;

/** What a local fleet cannot be: its jobs run on somebody's own machine, as nobody whom Google knows. */
final class LocalChecks implements Check {
    /**
     * How contexts are named: by gcloud, and by aws, which takes the cluster's ARN
     * (https://kb.novaordis.com/index.php/Amazon_EKS_kubectl_Context). Azure's are named by people; many say aks.
     */
    private static final Map<Pattern, String> CLOUDS = Map.of(
            Pattern.compile("^gke_"), "Google's",
            Pattern.compile("^arn:aws[a-z-]*:eks:"), "Amazon's",
            Pattern.compile("(?i)^aks[-_]|[-_]aks$"), "Microsoft's");

    private final FleetConfig config;
    private final Problems problems;

    LocalChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.problems = problems;
    }

    @Override
    public void run() {
        config.local().ifPresent(local -> context(problems.at("local", "context"), local.context()));
        config.queues().forEach((name, queue) -> queue(problems.at("queues", name), queue));
        checkout(problems.at("checkout"));
        registryMirror(problems.at("registryMirror"));
    }

    private static void queue(Place at, QueueConfig queue) {
        if (queue.trust() == Trust.UNTRUSTED) {
            at.add(
                    "trust",
                    "must be trusted: a local fleet is no border, and its jobs may reach the machine that it is on; "
                            + "run what anybody may write on a fleet in Google Cloud, in a sandbox");
        }
        if ((queue.can(Capability.KUBECTL) || queue.can(Capability.HELM)) && !at.isInDoubt("can")) {
            at.add("can", "must be [docker] or left out: a local fleet has no namespaces that jobs deploy into");
        }
    }

    /** The tools of clouds name contexts so; each may be anybody's cluster. */
    private static void context(Place at, String context) {
        CLOUDS.entrySet().stream()
                .filter(cloud -> cloud.getKey().matcher(context).find())
                .findFirst()
                .ifPresent(
                        cloud -> at.warn(
                                "is a cluster of " + cloud.getValue() + ", got \"" + context
                                        + "\", and is taken as it is: no pools, no identities, and no border between jobs and what else runs there"));
    }

    private void checkout(Place at) {
        if (config.checkout().gitMirror() == GitMirror.DISK && !at.isInDoubt("gitMirror")) {
            at.add("gitMirror", "must be node or none: a local fleet has no disks of Google's");
        }
        if (config.checkout().mirrorDisk().isPresent()) {
            at.add("mirrorDisk", "must be left out: a local fleet has no disks of Google's");
        }
    }

    private void registryMirror(Place at) {
        config.registryMirror()
                .filter(mirror -> mirror.repository().isPresent() && !at.isInDoubt())
                .ifPresent(mirror -> at.add("must not be in Artifact Registry, got \"" + mirror.address()
                        + "\": the nodes of a local fleet are nobody whom Google lets read it; use another registry, or "
                        + "leave it out"));
    }
}
