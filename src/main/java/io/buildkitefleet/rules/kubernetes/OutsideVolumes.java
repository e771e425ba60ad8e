package io.buildkitefleet.rules.kubernetes;

import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.plan.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Volumes of what is neither in the cluster nor made by it. */
final class OutsideVolumes {
    /**
     * What a volume in a pod may be of: objects of the cluster, the node's memory and disk while the pod lasts, a
     * claim, an image. Of directories of the node, {@code pod-admitted} speaks.
     *
     * @see <a
     *     href="https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/">Volume</a>
     */
    private static final Set<String> IN_PODS = Set.of(
            "name",
            "configMap",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "hostPath",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");

    /**
     * What a PersistentVolume says beside what it is of, and the node's own disks, of which {@code volume-host-path}
     * speaks.
     *
     * @see <a
     *     href="https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/persistent-volume-v1/">
     *     PersistentVolume</a>
     */
    private static final Set<String> IN_THE_CLUSTER = Set.of(
            "accessModes",
            "capacity",
            "claimRef",
            "hostPath",
            "local",
            "mountOptions",
            "nodeAffinity",
            "persistentVolumeReclaimPolicy",
            "storageClassName",
            "volumeAttributesClassName",
            "volumeMode");

    /** Where values of the chart have one volume. */
    private static final List<String> SINGLE = List.of("hooksVolume", "pluginsVolume", "workspace-volume", "volume");

    private OutsideVolumes() {}

    /** PersistentVolumes, and whatever has pods. */
    static List<Subject> subjects(PlannedStack stack) {
        var all = new ArrayList<>(stack.ofType(KubernetesType.PERSISTENT_VOLUME));
        all.addAll(Workload.subjects(stack));
        all.addAll(Releases.subjects(stack));
        return all;
    }

    static Optional<String> flaw(Subject subject) {
        if (subject.resource().type().equals(KubernetesType.PERSISTENT_VOLUME.token())) {
            return source(subject.at("spec"), IN_THE_CLUSTER).map(source -> "is a volume of " + source);
        }
        return subject.value()
                .all()
                .flatMap(OutsideVolumes::volumes)
                .flatMap(volume -> source(volume, IN_PODS)
                        .map(source -> "mounts volume " + volume.key("name").described() + " of " + source)
                        .stream())
                .findFirst();
    }

    private static Stream<InputValue> volumes(InputValue holder) {
        return Stream.concat(
                holder.key("volumes").items().stream(),
                SINGLE.stream().map(holder::key).filter(InputValue::isObject));
    }

    private static Optional<String> source(InputValue volume, Set<String> known) {
        return volume.keys().stream()
                .filter(key -> !known.contains(key) && volume.key(key).exists())
                .sorted()
                .findFirst();
    }
}
