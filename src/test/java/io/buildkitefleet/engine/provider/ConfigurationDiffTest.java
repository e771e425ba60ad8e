package io.buildkitefleet.engine.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import io.buildkitefleet.pulumi.PropertyValues;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the stand-in for the Kubernetes provider says that it reaches another cluster. */
class ConfigurationDiffTest {
    private static final String URN = "urn:pulumi:dev::buildkite-fleet::"
            + "buildkite-fleet:kubernetes:KubernetesApi$pulumi:providers:kubernetes::kubernetes-provider";

    private static final String CLUSTER = "'{clusters: [{cluster: {server: %s}}]}'";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {clusterIdentifier: a, kubeconfig: C1} | {clusterIdentifier: b, kubeconfig: C1} | clusterIdentifier
            {clusterIdentifier: a, kubeconfig: C1} | {clusterIdentifier: a, kubeconfig: C2} | ""
            {clusterIdentifier: a, kubeconfig: C1} | {clusterIdentifier: a, kubeconfig: U}  | ""
            {kubeconfig: C1}                       | {clusterIdentifier: a, kubeconfig: C1} | ""
            {kubeconfig: C1}                       | {clusterIdentifier: a, kubeconfig: C2} | kubeconfig
            {kubeconfig: C1}                       | {kubeconfig: U}                        | kubeconfig
            {kubeconfig: C1, version: 1}           | {kubeconfig: C1, version: 2}           | ""
            """)
    void whatItMadeIsMadeAgainOnlyInAnotherCluster(String olds, String news, String replaced) {
        var diff = ConfigurationDiff.of(URN, inputs(olds), inputs(news));

        assertThat(diff.getReplacesList()).isEqualTo(replaced.isEmpty() ? List.of() : List.of(replaced));
        assertThat(diff.getDiffsCount()).as("it is changed").isPositive();
    }

    private static Struct inputs(String text) {
        return ProviderClient.struct(text.replace("C1", CLUSTER.replace("%s", "one"))
                .replace("C2", CLUSTER.replace("%s", "two"))
                .replace(": U}", ": '" + PropertyValues.UNKNOWN + "'}"));
    }
}
