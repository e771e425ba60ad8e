package io.buildkitefleet.engine.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.PropertyDiff;

/** What a stand-in provider says of changed inputs. */
class InputDiffTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            gcp:container/nodePool:NodePool     | {location: a}                    | {location: b}                    | location
            gcp:container/nodePool:NodePool     | {nodeConfig: {serviceAccount: a}} | {nodeConfig: {serviceAccount: b}} | nodeConfig.serviceAccount
            gcp:container/nodePool:NodePool     | {nodeConfig: {}}                 | {nodeConfig: {guestAccelerators: [{type: t, count: 1}]}} | nodeConfig.guestAccelerators
            gcp:container/nodePool:NodePool     | {nodeConfig: {}}                 | {nodeConfig: {spot: true}}       | nodeConfig.spot
            gcp:container/nodePool:NodePool     | {nodeConfig: {oauthScopes: [a]}} | {nodeConfig: {oauthScopes: []}}  | nodeConfig.oauthScopes[0]
            gcp:container/cluster:Cluster       | {network: a}                     | {network: b}                     | network
            gcp:kms/cryptoKey:CryptoKey         | {keyRing: a}                     | {keyRing: b}                     | keyRing
            gcp:projects/iAMMember:IAMMember    | {role: a}                        | {role: b}                        | role
            gcp:serviceaccount/account:Account  | {accountId: a}                   | {accountId: b}                   | accountId
            gcp:secretmanager/secret:Secret     | {replication: {auto: {}}}        | {replication: {}}                | replication.auto
            kubernetes:core/v1:ConfigMap        | {metadata: {name: a}}            | {metadata: {name: b}}            | metadata.name
            kubernetes:core/v1:Secret           | {stringData: {"a.b": x}}         | {stringData: {"a.b": y}}         | "stringData[""a.b""]"
            """)
    void whatCannotBeChangedIsReplaced(String type, String olds, String news, String path) {
        var diff = new ProviderClient(new Cloud(), type).diff(olds, news);

        assertThat(diff.getReplacesList()).containsExactly(path.split("[.\\[]")[0]);
        assertThat(diff.getDetailedDiffMap()).containsOnlyKeys(path);
        assertThat(diff.getDetailedDiffOrThrow(path).getKind().name()).endsWith("_REPLACE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            gcp:container/nodePool:NodePool | {autoscaling: {totalMaxNodeCount: 1}} | {autoscaling: {totalMaxNodeCount: 2}} | autoscaling.totalMaxNodeCount
            gcp:container/nodePool:NodePool | {nodeConfig: {machineType: a}}        | {nodeConfig: {machineType: b}}        | nodeConfig.machineType
            gcp:container/nodePool:NodePool | {nodeConfig: {labels: {a: x}}}        | {nodeConfig: {labels: {a: y}}}        | nodeConfig.labels.a
            gcp:storage/bucket:Bucket       | {labels: {a: x}}                      | {labels: {a: y}}                      | labels.a
            kubernetes:core/v1:Namespace    | {metadata: {labels: {a: x}}}          | {metadata: {labels: {a: y}}}          | metadata.labels.a
            kubernetes:helm.sh/v3:Release   | {values: {a: 1}}                      | {values: {a: 2}}                      | values.a
            """)
    void otherChangesAreUpdates(String type, String olds, String news, String path) {
        var diff = new ProviderClient(new Cloud(), type).diff(olds, news);

        assertThat(diff.getReplacesList()).isEmpty();
        assertThat(diff.getDetailedDiffOrThrow(path).getKind()).isEqualTo(PropertyDiff.Kind.UPDATE);
    }

    @Test
    void theSameInputsAreNoChange() {
        var inputs = "{location: a, nodeConfig: {labels: {a: x}}, nodeLocations: [a, b]}";
        var diff = new ProviderClient(new Cloud(), "gcp:container/nodePool:NodePool").diff(inputs, inputs);

        assertThat(diff.getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    }

    @Test
    void aReplacementUnderTheSameNameIsDeletedFirst() {
        var diff = new ProviderClient(new Cloud(), "kubernetes:core/v1:Secret")
                .diff("{metadata: {name: token}, type: a}", "{metadata: {name: token}, type: b}");

        assertThat(diff.getDeleteBeforeReplace()).isTrue();
    }

    @Test
    void aReplacementThatGetsANewNameIsMadeFirst() {
        var pools = new ProviderClient(new Cloud(), "gcp:container/nodePool:NodePool");
        var name =
                pools.check("{cluster: c}").getInputs().getFieldsOrThrow("name").getStringValue();
        var diff = pools.diff(
                "{cluster: c, name: " + name + ", nodeConfig: {spot: true}}",
                "{cluster: c, name: " + name + ", nodeConfig: {spot: false}}");

        assertThat(diff.getReplacesList()).containsExactly("nodeConfig");
        assertThat(diff.getDeleteBeforeReplace()).isFalse();
    }

    @Test
    void anUpdateDeletesNothingFirst() {
        var diff = new ProviderClient(new Cloud(), "gcp:storage/bucket:Bucket")
                .diff("{name: b, labels: {a: x}}", "{name: b, labels: {a: y}}");

        assertThat(diff.getDeleteBeforeReplace()).isFalse();
    }
}
