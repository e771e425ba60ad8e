package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.both;
import static io.buildkitefleet.rules.plan.Subject.expect;
import static io.buildkitefleet.rules.plan.Subject.expectOneOf;
import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.plan.Subject.present;
import static io.buildkitefleet.rules.plan.Subject.refuse;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.LOW;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;

/** What the cluster's own settings must be. */
public final class ClusterRules {
    private ClusterRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("cluster-secrets-encrypted", HIGH, "Kubernetes Secrets are encrypted with a key of ours")
                        .why("who gets at etcd or a backup of it reads every agent token")
                        .mend("set databaseEncryption to state ENCRYPTED and a keyName")
                        .source(CIS + "5.3.1")
                        .check(stack -> cluster(both(
                                        // Newer clusters encrypt more than Secrets, and say so:
                                        // https://docs.cloud.google.com/dotnet/docs/reference/Google.Cloud.Container.V1/latest/Google.Cloud.Container.V1.DatabaseEncryption.Types.State
                                        expectOneOf(
                                                "databaseEncryption.state",
                                                "ENCRYPTED",
                                                "ALL_OBJECTS_ENCRYPTION_ENABLED"),
                                        cluster -> OwnKeys.flaw(
                                                stack,
                                                "databaseEncryption.keyName",
                                                cluster.at("databaseEncryption.keyName"))))
                                .of(stack)),
                Rule.named("cluster-workload-identity", HIGH, "Pods act as their own Google identity")
                        .why("without Workload Identity every pod is its node")
                        .mend("set workloadIdentityConfig.workloadPool to PROJECT.svc.id.goog")
                        .source(CIS + "5.2.2")
                        .check(cluster(ClusterRules::workloadPool)),
                Rule.named("cluster-client-certificate", HIGH, "The API takes no client certificate")
                        .why("a certificate cannot be revoked and outlives the person")
                        .mend("set masterAuth.clientCertificateConfig.issueClientCertificate: false")
                        .source(CIS + "5.8.1", "CKV_GCP_13")
                        .check(cluster(expect("masterAuth.clientCertificateConfig.issueClientCertificate", false))),
                Rule.named("cluster-legacy-abac", HIGH, "RBAC alone says who may do what")
                        .why("legacy ABAC gives every service account wide rights in the cluster")
                        .mend("set enableLegacyAbac: false")
                        .source(CIS + "5.8.3", "CKV_GCP_7")
                        .check(cluster(refuse("enableLegacyAbac", true))),
                Rule.named(
                                "cluster-anonymous",
                                HIGH,
                                "Who says no name learns of the API whether it is well, and no more")
                        .why("one binding too many would open the cluster to everybody who reaches it")
                        .mend("set anonymousAuthenticationConfig.mode: LIMITED")
                        .source("https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster")
                        .check(cluster(expect("anonymousAuthenticationConfig.mode", "LIMITED"))),
                Rule.named("cluster-open-bindings", MEDIUM, "The cluster refuses rights for everybody")
                        .why(
                                "system:authenticated is whoever has a Google account, and no plan shows what is bound later")
                        .mend(
                                "set rbacBindingConfig.enableInsecureBindingSystemAuthenticated and enableInsecureBindingSystemUnauthenticated: false")
                        .source("https://cloud.google.com/kubernetes-engine/docs/best-practices/rbac")
                        .check(cluster(both(
                                expect("rbacBindingConfig.enableInsecureBindingSystemAuthenticated", false),
                                expect("rbacBindingConfig.enableInsecureBindingSystemUnauthenticated", false)))),
                Rule.named("cluster-groups", LOW, "RBAC can name a Google group")
                        .why("rights that name persons are forgotten when the persons go")
                        .mend("set cluster.securityGroup to gke-security-groups@DOMAIN")
                        .source(CIS + "5.8.2", "CKV_GCP_65")
                        .check(cluster(present("authenticatorGroupsConfig.securityGroup"))),
                Rule.named("cluster-alpha", HIGH, "The cluster has no alpha features")
                        .why("an alpha cluster has no support, no upgrades, and ends after 30 days")
                        .mend("leave out enableKubernetesAlpha")
                        .source(CIS + "5.10.2", "CKV2_GCP_19")
                        .check(cluster(refuse("enableKubernetesAlpha", true))),
                Rule.named("cluster-shielded-nodes", HIGH, "A node proves that it is one before it joins")
                        .why("a forged node is handed the Secrets of the pods that land on it")
                        .mend("set enableShieldedNodes: true")
                        .source(CIS + "5.5.5", "CKV_GCP_71")
                        .check(cluster(refuse("enableShieldedNodes", false))),
                Rule.named("cluster-release-channel", MEDIUM, "Google upgrades the cluster, not earliest of all")
                        .why("without a channel fixes do not arrive; rapid gets versions that few have run")
                        .mend("set cluster.releaseChannel to regular, stable or extended")
                        .source(CIS + "5.5.4", "CKV_GCP_70")
                        .check(cluster(subject -> {
                            var channel = subject.at("releaseChannel.channel");
                            return flawIf(
                                    !List.of("REGULAR", "STABLE", "EXTENDED").contains(channel.text()),
                                    "releaseChannel.channel is " + channel.described());
                        })),
                Rule.named("cluster-image-policy", MEDIUM, "The cluster asks Binary Authorization about images")
                        .why("otherwise no policy of the project, however strict, is asked")
                        .mend("set binaryAuthorization.evaluationMode to PROJECT_SINGLETON_POLICY_ENFORCE")
                        .source(CIS + "5.1.4", CIS + "4.5.1", "CKV_GCP_66")
                        .check(cluster(expectOneOf(
                                "binaryAuthorization.evaluationMode",
                                "PROJECT_SINGLETON_POLICY_ENFORCE",
                                "POLICY_BINDINGS_AND_PROJECT_SINGLETON_POLICY_ENFORCE"))),
                Rule.named("cluster-logging", MEDIUM, "Logs of the cluster and its pods are kept")
                        .why("without them nobody can tell afterwards what happened")
                        .mend("set loggingConfig.enableComponents to SYSTEM_COMPONENTS and WORKLOADS")
                        .source(CIS + "5.7.1", "CKV_GCP_1")
                        .check(cluster(both(
                                refuse("loggingService", "none"),
                                subject -> missing(
                                        subject, "loggingConfig.enableComponents", "SYSTEM_COMPONENTS", "WORKLOADS")))),
                Rule.named("cluster-monitoring", MEDIUM, "The cluster is measured")
                        .why("a queue that waits, or a node that fails, is noticed by its users first")
                        .mend("add SYSTEM_COMPONENTS to monitoringConfig.enableComponents")
                        .source(CIS + "5.7.1", "CKV_GCP_8")
                        .check(cluster(both(
                                refuse("monitoringService", "none"),
                                subject ->
                                        missing(subject, "monitoringConfig.enableComponents", "SYSTEM_COMPONENTS")))),
                Rule.named("cluster-security-posture", MEDIUM, "Google looks for weak spots of what runs")
                        .why("workloads that are set up unsafely stay unnoticed")
                        .mend("set securityPostureConfig to mode BASIC")
                        .source(CIS + "5.10.4")
                        .check(cluster(expectOneOf("securityPostureConfig.mode", "BASIC", "ENTERPRISE"))),
                Rule.named("cluster-default-pool", MEDIUM, "Every node belongs to a pool that the plan shows")
                        .why("what stands in the cluster itself cannot change without replacing the cluster")
                        .mend("set removeDefaultNodePool: true and leave out nodePools")
                        .source("CKV_GCP_123")
                        .check(cluster(both(
                                expect("removeDefaultNodePool", true),
                                subject -> flawIf(subject.at("nodePools").exists(), "nodePools is set")))));
    }

    static Check cluster(java.util.function.Function<Subject, Optional<String>> flaw) {
        return Check.each(GoogleType.CLUSTER, flaw);
    }

    private static Optional<String> workloadPool(Subject cluster) {
        var pool = cluster.at("workloadIdentityConfig.workloadPool");
        pool.need();
        return flawIf(
                !pool.isUnknown() && !pool.text().endsWith(".svc.id.goog"),
                "workloadIdentityConfig.workloadPool is " + pool.described());
    }

    private static Optional<String> missing(Subject cluster, String path, String... wanted) {
        var left = new java.util.ArrayList<>(List.of(wanted));
        left.removeAll(cluster.at(path).texts());
        return flawIf(!left.isEmpty(), path + " lacks " + String.join(" and ", left));
    }
}
