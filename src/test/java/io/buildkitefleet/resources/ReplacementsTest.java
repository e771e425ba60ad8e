package io.buildkitefleet.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.Plugin;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.ProviderFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change of an input does. */
class ReplacementsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gcp:container/nodePool:NodePool | nodeConfig.preemptible                                | REPLACE
            gcp:container/nodePool:NodePool | nodeConfig.serviceAccount                             | REPLACE
            gcp:container/nodePool:NodePool | nodeConfig.oauthScopes[0]                             | REPLACE
            gcp:container/nodePool:NodePool | nodeConfig.metadata["disable-legacy-endpoints"]       | REPLACE
            gcp:container/nodePool:NodePool | nodeConfig.guestAccelerators[0].type                  | REPLACE
            gcp:container/nodePool:NodePool | nodeConfig.shieldedInstanceConfig.enableSecureBoot    | REPLACE
            gcp:container/nodePool:NodePool | nodeConfig.machineType                                | UPDATE
            gcp:container/nodePool:NodePool | nodeConfig.diskSizeGb                                 | UPDATE
            gcp:container/nodePool:NodePool | nodeConfig.diskType                                   | UPDATE
            gcp:container/nodePool:NodePool | nodeConfig.gcfsConfig.enabled                         | UPDATE
            gcp:container/nodePool:NodePool | nodeConfig.taints[0].key                              | UPDATE
            gcp:container/nodePool:NodePool | nodeConfig.labels.a                                   | UPDATE
            gcp:container/nodePool:NodePool | nodeConfig.labels["spot"]                             | UPDATE
            gcp:container/nodePool:NodePool | nodeConfig.imageType                                  | UPDATE
            gcp:container/nodePool:NodePool | autoscaling.totalMaxNodeCount                         | UPDATE
            gcp:container/cluster:Cluster   | releaseChannel.channel                                | UPDATE
            gcp:container/cluster:Cluster   | privateClusterConfig.enablePrivateEndpoint            | UPDATE
            gcp:container/cluster:Cluster   | privateClusterConfig.enablePrivateNodes               | UPDATE
            gcp:container/cluster:Cluster   | privateClusterConfig.masterIpv4CidrBlock              | REPLACE
            gcp:container/cluster:Cluster   | nodePools[0].nodeConfig.spot                          | REPLACE
            gcp:container/cluster:Cluster   | enableL4IlbSubsetting                                 | MAY_REPLACE
            gcp:container/cluster:Cluster   | enableK8sBetaApis.enabledApis[1]                      | MAY_REPLACE
            gcp:compute/subnetwork:Subnetwork | ipCidrRange                                         | MAY_REPLACE
            gcp:secretmanager/secret:Secret | replication.userManaged.replicas[0].location          | REPLACE
            gcp:secretmanager/secret:Secret | replication.userManaged.replicas[0].customerManagedEncryption.kmsKeyName | UPDATE
            gcp:storage/bucketIAMMember:BucketIAMMember | condition.expression                      | REPLACE
            gcp:storage/bucket:Bucket       | retentionPolicy.isLocked                              | MAY_REPLACE
            gcp:storage/bucket:Bucket       | retentionPolicy.retentionPeriod                       | UPDATE
            gcp:storage/bucket:Bucket       | labels["a.b"]                                         | UPDATE
            gcp:sql/instance:Instance       | tier                                                  | MAY_REPLACE
            kubernetes:core/v1:ConfigMap    | data.A                                                | UPDATE
            kubernetes:core/v1:ConfigMap    | metadata.labels.a                                     | UPDATE
            kubernetes:core/v1:Namespace    | metadata.name                                         | REPLACE
            kubernetes:core/v1:PersistentVolume | spec.hostPath.path                                | REPLACE
            kubernetes:core/v1:Secret       | stringData.A                                          | UPDATE
            kubernetes:core/v1:Secret       | type                                                  | REPLACE
            kubernetes:helm.sh/v3:Release   | values.config                                         | UPDATE
            kubernetes:helm.sh/v3:Release   | name                                                  | REPLACE
            pulumi:providers:kubernetes     | kubeconfig                                            | UPDATE
            pulumi:providers:kubernetes     | clusterIdentifier                                     | REPLACE
            pulumi:providers:kubernetes     | version                                               | UPDATE
            """)
    void aChangedValueHasTheEffectThatTheProviderSays(String type, String path, Effect effect) {
        assertThat(Replacements.of(type, path, Json.parse("x"))).isEqualTo(effect);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            gcp:container/nodePool:NodePool | nodeConfig                       | {labels: {a: x}}                      | REPLACE
            gcp:container/nodePool:NodePool | nodeConfig.guestAccelerators[1]  | {type: t, count: 1}                   | REPLACE
            gcp:container/nodePool:NodePool | nodeConfig.taints[1]             | {key: a, value: b, effect: c}         | UPDATE
            gcp:container/nodePool:NodePool | nodeConfig.gcfsConfig            | {enabled: true}                       | UPDATE
            gcp:container/nodePool:NodePool | nodeConfig.confidentialNodes     | {enabled: true}                       | UPDATE
            gcp:container/nodePool:NodePool | nodeConfig.confidentialNodes     | {confidentialInstanceType: SEV}       | REPLACE
            gcp:container/nodePool:NodePool | networkConfig                    | {enablePrivateNodes: true}            | UPDATE
            gcp:container/nodePool:NodePool | networkConfig                    | {createPodRange: true}                | REPLACE
            gcp:container/nodePool:NodePool | networkConfig                    | (not known)                           | MAY_REPLACE
            gcp:container/nodePool:NodePool | management                       | (not known)                           | UPDATE
            gcp:secretmanager/secret:Secret | replication.userManaged.replicas[1] | {location: us-west1}               | REPLACE
            gcp:storage/bucket:Bucket       | retentionPolicy                  | {isLocked: true, retentionPeriod: 1}  | MAY_REPLACE
            gcp:storage/bucket:Bucket       | retentionPolicy                  | {retentionPeriod: 1}                  | UPDATE
            kubernetes:core/v1:PersistentVolume | spec                         | {hostPath: {path: /a}}                | REPLACE
            kubernetes:core/v1:Namespace    | metadata.labels                  | {name: a}                             | UPDATE
            """)
    void whatComesOrGoesReplacesIfItDoesSoItselfOrSetsWhatDoes(String type, String path, String value, Effect effect) {
        assertThat(Replacements.of(type, path, Json.parse(value))).isEqualTo(effect);
    }

    @Test
    void whatAnEntryAddsHasASourceOfTheVersionThatPulumiRuns() {
        assertThat(ResourceTypes.all())
                .allSatisfy(type -> assertThat(type.entry().replacements())
                        .extracting(Entry.Replacement::source)
                        .as("sources of what replaces %s", type.token())
                        .allMatch(source -> source.startsWith("https://github.com/") && source.contains(tag(type))));
    }

    private static String tag(ResourceType type) {
        var version = type.terraformName().isPresent() ? "7.45.0" : Plugin.KUBERNETES.version();
        return "/blob/v" + version + "/";
    }

    @Test
    void theProvidersListIsOfTheVersionThatPulumiRuns() {
        assertThat(ProviderFields.source()).contains(" v7.45.0 ", "Pulumi's gcp " + Plugin.GCP.version() + " ");
    }
}
