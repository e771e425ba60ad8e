package io.buildkitefleet.fleet;

import io.buildkitefleet.config.MirrorDiskConfig;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.fleet.images.Images;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The disks of git mirrors. Each queue has one of its own: a snapshot and the claim of a disk that is made of it are in
 * one namespace, and what more nodes read is slower for each.
 *
 * <p>A job's pod has one of them, so a node never has more attached than jobs, nor than queues that are on it.
 *
 * @param queues those that have one
 * @param image what makes and fills them
 */
public record MirrorDisks(MirrorDiskConfig config, List<Queue> queues, String image) {
    /** The namespace of what makes them, and of nothing else. */
    public static final String NAMESPACE = "buildkite-mirrors";

    public static final DiskType DISK_TYPE = DiskType.PD_BALANCED;

    /** Of Kubernetes 1, from which on there is the {@code MutatingAdmissionPolicy} that gives pods their disk. */
    public static final int LEAST_KUBERNETES_MINOR = 36;

    /** The disk in use, and the one before it, which goes when the next is made. */
    public static final int DISKS_A_QUEUE = 2;

    /** What looks after the disks: an estimate for one kubectl at a time. */
    public static final Resources REFRESH = Resources.of(50, 128);

    /** What fetches, for one queue after the other: an estimate, which git's packing of a large repository decides. */
    public static final Resources POPULATE = Resources.of(500, 2048);

    public MirrorDisks {
        queues = List.copyOf(queues);
    }

    public static Optional<MirrorDisks> of(Optional<MirrorDiskConfig> config, List<Queue> queues, Images images) {
        var served = queues.stream().filter(queue -> zone(queue).isPresent()).toList();
        return config.filter(disk -> !served.isEmpty())
                .map(disk -> new MirrorDisks(disk, served, images.named(disk.image())));
    }

    /** The zone of a queue's disk, if it has one. */
    public static Optional<String> zone(Queue queue) {
        return queue.gitMirror()
                .filter(Mirror.OnDisk.class::isInstance)
                .map(Mirror.OnDisk.class::cast)
                .map(Mirror.OnDisk::zone);
    }

    /** The zones that have disks. */
    public List<String> zones() {
        var zones = new TreeSet<String>();
        queues.forEach(queue -> zone(queue).ifPresent(zones::add));
        return List.copyOf(zones);
    }

    /** The zone of each disk, by the namespace of its queue. */
    public TreeMap<String, String> zonesByNamespace() {
        var zones = new TreeMap<String, String>();
        queues.forEach(queue -> zone(queue).ifPresent(zone -> zones.put(queue.namespace(), zone)));
        return zones;
    }

    public Resources requests() {
        return REFRESH.plus(POPULATE);
    }

    /** All that there are at a time, with the one from which a snapshot is being taken. */
    public int diskGb() {
        return config.sizeGb() * (queues.size() * DISKS_A_QUEUE + 1);
    }
}
