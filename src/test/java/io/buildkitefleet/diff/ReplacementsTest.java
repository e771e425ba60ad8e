package io.buildkitefleet.diff;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplacementsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gcp:container/nodePool:NodePool | nodeConfig.taints[0].key | REPLACE",
                "gcp:container/nodePool:NodePool | nodeConfig | REPLACE",
                "gcp:container/nodePool:NodePool | nodeConfig.labels.a | UPDATE",
                "gcp:container/nodePool:NodePool | nodeConfig.imageType | UPDATE",
                "gcp:container/nodePool:NodePool | autoscaling.totalMaxNodeCount | UPDATE",
                "gcp:container/cluster:Cluster | releaseChannel.channel | UPDATE",
                "gcp:container/cluster:Cluster | privateClusterConfig.enablePrivateEndpoint | UPDATE",
                "gcp:container/cluster:Cluster | privateClusterConfig.masterIpv4CidrBlock | REPLACE",
                "gcp:compute/subnetwork:Subnetwork | ipCidrRange | MAY_REPLACE",
                "gcp:secretmanager/secret:Secret | replication.userManaged.replicas[0].location | REPLACE",
                "gcp:secretmanager/secret:Secret | replication.userManaged.replicas[0].customerManagedEncryption.kmsKeyName | UPDATE",
                "gcp:secretmanager/secret:Secret | replication.userManaged.replicas[1] | REPLACE",
                "gcp:storage/bucketIAMMember:BucketIAMMember | condition.expression | REPLACE",
                "kubernetes:core/v1:ConfigMap | data.A | UPDATE",
                "kubernetes:core/v1:Secret | stringData.A | UPDATE",
                "kubernetes:core/v1:Secret | type | REPLACE",
                "kubernetes:core/v1:ConfigMap | metadata.labels.a | UPDATE",
                "kubernetes:core/v1:Namespace | metadata.name | REPLACE",
                "kubernetes:helm.sh/v3:Release | values.config | UPDATE",
                "kubernetes:helm.sh/v3:Release | name | REPLACE",
                "pulumi:providers:kubernetes | kubeconfig | UPDATE",
                "pulumi:providers:kubernetes | clusterIdentifier | REPLACE",
                "pulumi:providers:kubernetes | version | UPDATE",
                "gcp:sql/instance:Instance | tier | MAY_REPLACE"
            })
    void aChangeHasTheEffectThatTheProviderSays(String type, String path, Effect effect) {
        assertThat(Replacements.of(type, path)).isEqualTo(effect);
    }
}
