package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.both;
import static io.buildkitefleet.rules.plan.Subject.expect;
import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.plan.Subject.refuse;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What nodes must be: those of pools, of the pool that GKE makes first, and those that GKE would provision itself. */
public final class NodeRules {
    /**
     * Where a cluster, or a pool, says how kubelets are: of its own nodes, of pools that say nothing, of those that GKE
     * makes.
     */
    private static final List<String> KUBELETS = List.of(
            "nodeConfig.kubeletConfig", "nodePoolDefaults.nodeConfigDefaults", "nodePoolAutoConfig.nodeKubeletConfig");

    private static final String IMAGE = "COS_CONTAINERD";

    private NodeRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("node-account", HIGH, "Nodes run as an account of their own")
                        .why("the default account may edit everything in the project")
                        .mend("set nodeConfig.serviceAccount to an account with node rights alone")
                        .source(CIS + "5.2.1")
                        .check(Check.each(NodeRules::nodes, NodeRules::defaultAccount)),
                Rule.named("node-metadata-server", HIGH, "Pods do not get their node's token")
                        .why("whoever runs a job would act as the node")
                        .mend("set nodeConfig.workloadMetadataConfig.mode: GKE_METADATA")
                        .source(CIS + "5.4.1", "CKV_GCP_69")
                        .check(Check.each(
                                NodeRules::configured,
                                both(
                                        expect("workloadMetadataConfig.mode", "GKE_METADATA"),
                                        NodeRules::legacyEndpoints))),
                Rule.named("node-metadata-keys", MEDIUM, "Nobody gets a shell on a node by its metadata")
                        .why(
                                "who may set metadata of the project, or reach the serial port, would be root on the nodes")
                        .mend(
                                "leave ssh-keys and serial-port-enable out of nodeConfig.metadata, and enable-oslogin true")
                        .check(Check.each(NodeRules::configured, NodeRules::metadataKeys)),
                Rule.named("node-kubelet", MEDIUM, "A node's kubelet tells nothing to who has no token")
                        .why("the port without authentication names every pod of the node and its environment")
                        .mend("leave insecureKubeletReadonlyPortEnabled out, or FALSE")
                        .check(Check.each(
                                stack -> stack.ofTypes(GoogleType.CLUSTER.token(), GoogleType.NODE_POOL.token()),
                                NodeRules::openKubelet)),
                Rule.named("node-image", MEDIUM, "Nodes run Google's container system")
                        .why("a general system has more to attack, and its file system is writable")
                        .mend("set nodeConfig.imageType: COS_CONTAINERD")
                        .source(CIS + "5.5.1", "CKV_GCP_22")
                        .check(Check.each(NodeRules::nodes, NodeRules::otherImage)),
                Rule.named("node-repair", MEDIUM, "Broken nodes are made anew")
                        .why("jobs keep landing on a node that cannot run them")
                        .mend("set management.autoRepair: true")
                        .source(CIS + "5.5.2", "CKV_GCP_9")
                        .check(Check.each(NodeRules::managed, expect("management.autoRepair", true))),
                Rule.named("node-upgrade", MEDIUM, "Nodes are upgraded with the cluster")
                        .why("fixes of the kernel and of containerd do not arrive")
                        .mend("set management.autoUpgrade: true, and leave out version")
                        .source(CIS + "5.5.3", "CKV_GCP_10")
                        .check(Check.each(
                                NodeRules::managed,
                                both(expect("management.autoUpgrade", true), NodeRules::ofOneVersion))),
                Rule.named("node-integrity", MEDIUM, "What a node boots is compared with what it booted first")
                        .why("a changed boot chain stays unnoticed")
                        .mend("set nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring: true")
                        .source(CIS + "5.5.6", "CKV_GCP_72")
                        .check(Check.each(
                                NodeRules::nodes, refuse("shieldedInstanceConfig.enableIntegrityMonitoring", false))),
                Rule.named("node-secure-boot", MEDIUM, "A node boots nothing unsigned")
                        .why("a job that breaks out could stay in the kernel over a restart")
                        .mend("set nodeConfig.shieldedInstanceConfig.enableSecureBoot: true")
                        .source(CIS + "5.5.7", "CKV_GCP_68")
                        .check(Check.each(NodeRules::nodes, expect("shieldedInstanceConfig.enableSecureBoot", true))),
                Rule.named("node-disk-key", MEDIUM, "Boot disks are encrypted with a key of ours")
                        .why("checkouts and images on them can then be made unreadable at once")
                        .mend("set nodeConfig.bootDiskKmsKey")
                        .source(CIS + "5.9.2")
                        .check(stack -> Check.each(
                                        NodeRules::nodes,
                                        node -> OwnKeys.flaw(stack, "bootDiskKmsKey", node.at("bootDiskKmsKey")))
                                .of(stack)),
                Rule.named("node-taint", MEDIUM, "Only a pool's own jobs land on its nodes")
                        .why("a pod of another queue could take the place of a job, or watch it")
                        .mend("taint the pool with buildkite-fleet/pool, NO_SCHEDULE")
                        .check(Check.each(NodeRules::jobPools, NodeRules::untainted)));
    }

    /** In lower case, as many write it, it is the same image. */
    private static Optional<String> otherImage(Subject node) {
        var image = node.at("imageType");
        return flawIf(!image.text().equalsIgnoreCase(IMAGE), "imageType is " + image.described() + ", not " + IMAGE);
    }

    private static Optional<String> legacyEndpoints(Subject node) {
        return flawIf(
                node.at("metadata").key("disable-legacy-endpoints").text().equalsIgnoreCase("false"),
                "metadata.disable-legacy-endpoints is false");
    }

    private static Optional<String> metadataKeys(Subject node) {
        var metadata = node.at("metadata");
        for (var key :
                List.of("ssh-keys", "sshKeys", "block-project-ssh-keys", "serial-port-enable", "enable-oslogin")) {
            var value = metadata.key(key).text().toLowerCase(Locale.ROOT);
            var isOn = Set.of("true", "1", "y", "yes").contains(value);
            var opens =
                    switch (key) {
                        case "serial-port-enable" -> isOn;
                        case "block-project-ssh-keys", "enable-oslogin" ->
                            metadata.key(key).exists() && !isOn;
                        default -> metadata.key(key).exists();
                    };
            if (opens) {
                return Optional.of(
                        "metadata." + key + " is " + metadata.key(key).described());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> openKubelet(Subject subject) {
        return KUBELETS.stream()
                .map(kubelet -> kubelet + ".insecureKubeletReadonlyPortEnabled")
                .filter(port -> subject.at(port).text().equalsIgnoreCase("true"))
                .findFirst()
                .map(port -> port + " is TRUE");
    }

    /** The configuration of every node that there may be. */
    static List<Subject> nodes(PlannedStack stack) {
        var nodes = new ArrayList<>(configured(stack));
        autoProvisioned(stack).forEach(nodes::add);
        return nodes;
    }

    private static List<Subject> configured(PlannedStack stack) {
        var nodes = new ArrayList<Subject>();
        stack.ofType(GoogleType.CLUSTER).stream()
                .filter(cluster -> cluster.at("nodeConfig").exists())
                .forEach(cluster -> nodes.add(cluster.part("nodeConfig")));
        stack.ofType(GoogleType.NODE_POOL).forEach(pool -> nodes.add(pool.part("nodeConfig")));
        return nodes;
    }

    private static List<Subject> managed(PlannedStack stack) {
        var managed = new ArrayList<>(stack.ofType(GoogleType.NODE_POOL));
        managed.addAll(autoProvisioned(stack));
        return managed;
    }

    private static List<Subject> autoProvisioned(PlannedStack stack) {
        return stack.ofType(GoogleType.CLUSTER).stream()
                .filter(cluster -> cluster.at("clusterAutoscaling.enabled").isTrue())
                .map(cluster -> cluster.part("clusterAutoscaling.autoProvisioningDefaults"))
                .toList();
    }

    /** Pools that releases send jobs to, or namespaces what is deployed; but not the one of controllers. */
    private static List<Subject> jobPools(PlannedStack stack) {
        var releases = Releases.of(stack);
        var controllers = releases.stream().map(Release::controllerPool).toList();
        var deployed = stack.ofType(KubernetesType.NAMESPACE).stream()
                .map(namespace ->
                        namespace.at("metadata.labels").key(Nodes.LABEL).text())
                .filter(pool -> !controllers.contains(pool));
        var wanted = Stream.concat(releases.stream().map(Release::pool), deployed)
                .filter(pool -> !pool.isEmpty())
                .toList();
        return stack.ofType(GoogleType.NODE_POOL).stream()
                .filter(pool -> wanted.contains(Nodes.pool(pool)))
                .toList();
    }

    private static Optional<String> untainted(Subject pool) {
        var own = pool.at("nodeConfig.taints").items().stream()
                .anyMatch(taint -> taint.at("key").is(Nodes.LABEL)
                        && taint.at("value").is(Nodes.pool(pool))
                        && taint.at("effect").is("NO_SCHEDULE"));
        return flawIf(!own, "nodeConfig.taints lacks " + Nodes.LABEL + "=" + Nodes.pool(pool) + ":NO_SCHEDULE");
    }

    private static Optional<String> defaultAccount(Subject node) {
        var account = node.at("serviceAccount");
        return flawIf(!account.exists() || isDefault(account.text()), "serviceAccount is " + account.described());
    }

    private static Optional<String> ofOneVersion(Subject node) {
        var version = node.at("version");
        return flawIf(version.exists(), "version is " + version.described() + ", whatever the cluster's is");
    }

    static boolean isDefault(String account) {
        return account.equals("default") || account.endsWith("-compute@developer.gserviceaccount.com");
    }
}
