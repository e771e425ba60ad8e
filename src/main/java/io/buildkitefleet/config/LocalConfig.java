package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Cpu;
import io.buildkitefleet.config.value.Memory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A cluster that is there already, in which the fleet makes its queues and nothing else: no Google Cloud, no pools, no
 * bill.
 *
 * @param context the name of its context in the kubeconfig of whoever runs {@code pulumi up}
 */
public record LocalConfig(String context) {
    /** The key of the fleet under which it stands. */
    public static final String KEY = "local";

    /** CPU of a job that says nothing: a few of these run beside a browser on any machine that people develop on. */
    public static final Cpu CPU = new Cpu(500);

    /** The same of its memory. */
    public static final Memory MEMORY = Memory.gibibytes(1);

    /** Jobs at a time of a queue that says nothing. */
    public static final int MAX_IN_FLIGHT = 2;

    /** What kubectl takes as a name: any, without blanks and control characters, so that it is one word everywhere. */
    private static final Pattern CONTEXT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,252}");

    /** Keys of the fleet that mean nothing then, to why. */
    private static final Map<String, String> OF_FLEET = Map.ofEntries(
            Map.entry("name", "has nothing in Google Cloud to name"),
            Map.entry("region", "has no region"),
            Map.entry("zones", "has no zones"),
            Map.entry("protect", "has nothing that is protected"),
            Map.entry("labels", "has nothing in Google Cloud to label"),
            Map.entry("network", "has no network of its own"),
            Map.entry("cluster", "makes no cluster"),
            Map.entry(
                    "pools", "has no pools: say with cpu, memory and maxInFlight of a queue how much its jobs may use"),
            Map.entry("namespaces", "has no namespaces that jobs deploy into"),
            Map.entry("artifacts", "has no artifact bucket: Buildkite keeps its artifacts"),
            Map.entry("caches", "has no build caches, whose entries are in buckets of Google"),
            Map.entry("mac", "has no identities for a mac"),
            Map.entry("signing", "has no nodes for the queue that signs steps alone"),
            Map.entry("deployer", "has no accounts for pipelines that deploy it"),
            Map.entry("load", "costs nothing"),
            Map.entry("usage", "costs nothing"));

    /** The same of a queue. */
    private static final Map<String, String> OF_QUEUE = Map.of(
            "pool", "has no pools",
            "jobsPerNode", "knows nothing of its nodes: say with cpu, memory and maxInFlight how much jobs may use",
            "namespaces", "has no namespaces that jobs deploy into",
            "clusters", "has no identity with which jobs reach clusters of Google",
            "variablesKey", "has no keys of Google's for encrypted variables; use secrets",
            "debuggers", "has no members of Google's: whoever has its kubeconfig may do everything");

    static LocalConfig read(Section in) {
        return new LocalConfig(in.field(
                        "context",
                        "Context of a kubeconfig: the cluster, which is there already, in which [the fleet is local](local.md)")
                .text(CONTEXT, "the name of a context, as kubectl config get-contexts shows it, such as kind-fleet")
                .required());
    }

    /** Refuses keys of a fleet that such a one does not have. */
    static void refuseInFleet(Section fleet) {
        refuse(fleet, OF_FLEET);
    }

    /** Refuses keys of a queue that those of such a fleet do not have. */
    static void refuseInQueue(Section queue) {
        refuse(queue, OF_QUEUE);
    }

    private static void refuse(Section section, Map<String, String> reasons) {
        new TreeMap<>(reasons)
                .forEach((key, reason) -> section.refuse(key, "must be left out: a local fleet " + reason));
    }
}
