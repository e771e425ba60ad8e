package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import com.google.gson.JsonPrimitive;
import io.buildkitefleet.fleet.access.AccountRole;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is on nodes before any pod, as whom they act, and which networks they are in. */
public final class NodeOriginRules {
    /** What the fleet sets, and what {@code node-metadata-keys} judges; any other key may be a program. */
    private static final Set<String> METADATA = Set.of(
            "disable-legacy-endpoints",
            "ssh-keys",
            "sshKeys",
            "block-project-ssh-keys",
            "serial-port-enable",
            "enable-oslogin");

    /** What a kernel is given that lets no container do more. */
    private static final Set<String> KERNEL =
            Set.of("cgroupMode", "hugepagesConfig", "transparentHugepageEnabled", "transparentHugepageDefrag");

    /** Where a cluster says how the nodes are of pools that say nothing, and of those that GKE makes. */
    private static final List<String> DEFAULTS = List.of("nodePoolDefaults.nodeConfigDefaults", "nodePoolAutoConfig");

    private static final Pattern IMAGE_PROJECT = Pattern.compile("(?:.*/)?projects/(?<project>[^/]+)/.*");

    private static final List<String> NETWORKS =
            List.of("networkConfig.additionalNodeNetworkConfigs", "networkConfig.additionalPodNetworkConfigs");

    private NodeOriginRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("node-own-account", HIGH, "Nodes run as an account that the fleet has for nodes")
                        .why(
                                "a job that breaks out is its node: as the account of a queue it is that queue, and another project's"
                                        + " account is that project's to use")
                        .mend("take nodeConfig.serviceAccount as the fleet makes it")
                        .check(stack -> Check.each(NodeRules::nodes, node -> strangeAccount(stack, node))
                                .of(stack)),
                Rule.named(
                                "node-software",
                                HIGH,
                                "A node runs what Google put there, and pulls from where an image says")
                        .why(
                                "what starts with a node is root on it before any rule for pods holds, and who answers for a registry"
                                        + " chooses what every job runs")
                        .mend(
                                "leave out start-up scripts, containerdConfig, sysctls and boot disks of others; mirrors of"
                                        + " images are registryMirror")
                        .source(
                                "https://docs.cloud.google.com/kubernetes-engine/docs/how-to/customize-containerd-configuration")
                        .check(Check.each(NodeOriginRules::described, NodeOriginRules::software)),
                Rule.named("node-network", HIGH, "Nodes and their pods are in the cluster's network alone")
                        .why("firewalls, flow logs and policies of this network say nothing of another one")
                        .mend(
                                "leave out additionalNodeNetworkConfigs, additionalPodNetworkConfigs and enableMultiNetworking")
                        .check(Check.each(
                                stack -> stack.ofTypes(GoogleType.CLUSTER.token(), GoogleType.NODE_POOL.token()),
                                NodeOriginRules::otherNetwork)));
    }

    /** Of the default account and of none, {@code node-account} speaks. */
    private static Optional<String> strangeAccount(PlannedStack stack, Subject node) {
        var account = node.at("serviceAccount");
        var own = ofNodes(stack);
        return flawIf(
                account.exists()
                        && !NodeRules.isDefault(account.text())
                        && !own.isEmpty()
                        && !own.contains(Nodes.member(node)),
                "serviceAccount is " + account.described() + ", which the fleet does not have for nodes");
    }

    /** Whom the configuration gives what nodes have; where the plan does not say that, whom the plan gives it. */
    private static Set<String> ofNodes(PlannedStack stack) {
        var meant = stack.fleet().stream()
                .flatMap(fleet -> fleet.accountRoles().stream())
                .filter(role -> role.role().equals(Grants.NODE_ROLE))
                .map(AccountRole::member)
                .collect(Collectors.toSet());
        return !meant.isEmpty()
                ? meant
                : Grants.wide(stack).stream()
                        .flatMap(Grants::given)
                        .filter(given -> given.role().equals(Grants.NODE_ROLE))
                        .map(Grants.Given::member)
                        .collect(Collectors.toSet());
    }

    private static List<Subject> described(PlannedStack stack) {
        var nodes = new ArrayList<>(NodeRules.nodes(stack));
        stack.ofType(GoogleType.CLUSTER).forEach(cluster -> DEFAULTS.stream()
                .filter(path -> cluster.at(path).exists())
                .forEach(path -> nodes.add(cluster.part(path))));
        return nodes;
    }

    private static Optional<String> software(Subject node) {
        return Stream.of(
                        other(node, "metadata", METADATA),
                        other(node, "linuxNodeConfig", KERNEL),
                        containerd(node),
                        sysctls(node),
                        bootDisk(node))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> other(Subject node, String path, Set<String> known) {
        return node.at(path).keys().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .findFirst()
                .map(key -> path + "." + key + " is set");
    }

    private static Optional<String> containerd(Subject node) {
        var config = node.at("containerdConfig");
        return config.keys().stream()
                .filter(key -> !isOff(config.key(key)))
                .sorted()
                .findFirst()
                .map(key -> "containerdConfig." + key + " is set");
    }

    private static boolean isOff(InputValue value) {
        return value.isEmpty() || value.key("enabled").isFlag(false);
    }

    private static Optional<String> sysctls(Subject node) {
        return Stream.of("kubeletConfig", "nodeKubeletConfig")
                .map(kubelet -> kubelet + ".allowedUnsafeSysctls")
                .filter(path -> !node.at(path).items().isEmpty())
                .findFirst()
                .map(path -> path + " is " + String.join(", ", node.at(path).texts()));
    }

    /** An image without a project is of the pool's own. */
    private static Optional<String> bootDisk(Subject node) {
        var project = node.resource().inputs().get("project");
        return node.at("secondaryBootDisks").items().stream()
                .map(disk -> disk.key("diskImage").text())
                .filter(image -> {
                    var named = IMAGE_PROJECT.matcher(image);
                    return named.matches()
                            && !(project instanceof JsonPrimitive own
                                    && own.getAsString().equals(named.group("project")));
                })
                .findFirst()
                .map(image -> "secondaryBootDisks has " + image + ", of another project");
    }

    private static Optional<String> otherNetwork(Subject subject) {
        return flawIf(subject.at("enableMultiNetworking").isTrue(), "enableMultiNetworking is true")
                .or(() -> NETWORKS.stream()
                        .filter(path -> !subject.at(path).items().isEmpty())
                        .findFirst()
                        .map(path -> path + " is set"));
    }
}
