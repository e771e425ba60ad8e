package io.buildkitefleet.fleet;

import java.util.List;

/**
 * GKE's own pods: how many there are, and what they ask for. The figures of DaemonSets were read off a GKE 1.36 node
 * with Workload Identity and NodeLocal DNSCache; anetd's, which stands for Dataplane V2, off Google Distributed Cloud,
 * because Google publishes none for GKE.
 */
public final class SystemPods {
    /** Pods of one kind on a node, and what they ask for together. */
    private record SystemPod(String name, int pods, Resources requests) {
        static SystemPod of(String name, int millis, int mebibytes) {
            return new SystemPod(name, 1, Resources.of(millis, mebibytes));
        }
    }

    private static final List<SystemPod> ON_EVERY_NODE = List.of(
            SystemPod.of("fluentbit-gke", 105, 230),
            SystemPod.of("gke-metadata-server", 100, 100),
            SystemPod.of("anetd", 110, 164),
            SystemPod.of("node-local-dns", 30, 50),
            SystemPod.of("gke-metrics-agent", 21, 145),
            SystemPod.of("ip-masq-agent", 10, 16),
            SystemPod.of("pdcsi-node", 10, 20),
            SystemPod.of("netd", 8, 65),
            SystemPod.of("managed Prometheus collector", 5, 36),
            // Room for what a GKE release adds, so that an upgrade does not unschedule the fleet.
            new SystemPod("reserve for GKE upgrades", 5, Resources.of(100, 128)));

    /** kube-dns twice, konnectivity, metrics-server, kube-state-metrics, the autoscalers and the event exporter. */
    private static final Resources ONCE_A_CLUSTER = Resources.of(1000, 1024);

    /** NVIDIA's device plugin; an estimate, since Google publishes no figure. */
    private static final SystemPod GPU_PLUGIN = SystemPod.of("NVIDIA's device plugin", 60, 60);

    /**
     * DaemonSets whose requests Google publishes nowhere: they are counted, and the reserve stands for what they ask
     * for. The first sends the figures of GPUs, https://cloud.google.com/kubernetes-engine/docs/how-to/dcgm-metrics,
     * the second those of sandboxes, https://gvisor.dev/docs/user_guide/observability/.
     */
    private static final SystemPod GPU_METRICS = SystemPod.of("dcgm-exporter", 0, 0);

    private static final SystemPod SANDBOX_METRICS = SystemPod.of("runsc-metric-server", 0, 0);

    /** Image streaming's daemon runs outside Kubernetes; an estimate, since Google publishes no figure. */
    private static final Resources IMAGE_STREAMING = Resources.of(0, 300);

    private SystemPods() {}

    public static Resources onNode(boolean gpu, boolean imageStreaming) {
        return ON_EVERY_NODE.stream()
                .map(SystemPod::requests)
                .reduce(Resources.NONE, Resources::plus)
                .plus(gpu ? GPU_PLUGIN.requests() : Resources.NONE)
                .plus(imageStreaming ? IMAGE_STREAMING : Resources.NONE);
    }

    /** How many of them there are on a node. */
    public static int countOnNode(boolean gpu, boolean sandbox) {
        return ON_EVERY_NODE.stream().mapToInt(SystemPod::pods).sum()
                + (gpu ? GPU_PLUGIN.pods() + GPU_METRICS.pods() : 0)
                + (sandbox ? SANDBOX_METRICS.pods() : 0);
    }

    public static Resources onceACluster() {
        return ONCE_A_CLUSTER;
    }
}
