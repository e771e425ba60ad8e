package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.drop;
import static io.buildkitefleet.rules.Mutation.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sixteen ways to weaken a hardened cluster by one field, with which scanners can be compared; see docs/rules.md. */
@ExtendWith(PreviewedStacks.Extension.class)
class RegressionsTest {
    private static final String CLUSTER = "cluster-gke";
    private static final String POOL = "pool-big-nodes";

    @Test
    void allSixteenRegressionsOfOneFieldAreCaught(PreviewedStacks previews) {
        var sound = SoundPlan.of(previews.full());
        assertThat(regressions()).hasSize(16).allSatisfy(regression -> assertThat(
                        regression.change().apply(sound).assessed().open())
                .extracting(finding -> finding.rule().id())
                .containsExactly(regression.rule()));
    }

    private static List<Mutation> regressions() {
        return List.of(
                set(
                        "cluster-authorized-networks",
                        CLUSTER,
                        "\"0.0.0.0/0\"",
                        "masterAuthorizedNetworksConfig",
                        "cidrBlocks",
                        0,
                        "cidrBlock"),
                set("node-secure-boot", POOL, "false", "nodeConfig", "shieldedInstanceConfig", "enableSecureBoot"),
                set("cluster-image-policy", CLUSTER, "\"DISABLED\"", "binaryAuthorization", "evaluationMode"),
                set("cluster-legacy-abac", CLUSTER, "true", "enableLegacyAbac"),
                set("cluster-alpha", CLUSTER, "true", "enableKubernetesAlpha"),
                set("bucket-not-public", "artifacts-bucket", "\"inherited\"", "publicAccessPrevention"),
                set("key-rotation", "keys-cluster", "\"31536000s\"", "rotationPeriod"),
                drop("subnet-flow-logs", "network-subnet", "logConfig"),
                set("cluster-private-nodes", CLUSTER, "false", "privateClusterConfig", "enablePrivateNodes"),
                set("cluster-private-endpoint", CLUSTER, "false", "privateClusterConfig", "enablePrivateEndpoint"),
                drop("cluster-secrets-encrypted", CLUSTER, "databaseEncryption"),
                drop("node-account", POOL, "nodeConfig", "serviceAccount"),
                set("node-image", POOL, "\"UBUNTU_CONTAINERD\"", "nodeConfig", "imageType"),
                drop("cluster-logging", CLUSTER, "loggingConfig"),
                set("cluster-release-channel", CLUSTER, "\"UNSPECIFIED\"", "releaseChannel", "channel"),
                drop("cluster-workload-identity", CLUSTER, "workloadIdentityConfig"));
    }
}
