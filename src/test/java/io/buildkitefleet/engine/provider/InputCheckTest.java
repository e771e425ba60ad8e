package io.buildkitefleet.engine.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitefleet.pulumi.PropertyValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stand-in provider refuses. */
class InputCheckTest {
    private final ProviderClient pools = new ProviderClient(new Cloud(), "gcp:container/nodePool:NodePool");
    private final ProviderClient services = new ProviderClient(new Cloud(), "kubernetes:core/v1:Service");
    private final ProviderClient releases = new ProviderClient(new Cloud(), "kubernetes:helm.sh/v3:Release");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {cluster: c, sizes: 3}                                     | sizes: there is no such property
            {cluster: c, nodeConfig: {sandboxConfig: {sandboxType: x, kind: y}}} | nodeConfig.sandboxConfig.kind: there is no such property
            {cluster: 3}                                               | cluster: must be a string, got a number
            {cluster: c, initialNodeCount: three}                      | initialNodeCount: must be a whole number, got a string
            {cluster: c, initialNodeCount: 1.5}                        | initialNodeCount: must be a whole number, got a number
            {cluster: c, nodeConfig: {spot: yes}}                      | nodeConfig.spot: must be true or false, got a string
            {cluster: c, nodeConfig: {oauthScopes: all}}               | nodeConfig.oauthScopes: must be a list, got a string
            {cluster: c, nodeConfig: {labels: [a]}}                    | nodeConfig.labels: must be a map, got a list
            {cluster: c, nodeConfig: {labels: {a: 1}}}                 | nodeConfig.labels.a: must be a string, got a number
            {cluster: c, management: true}                             | management: must be an object, got a boolean
            {}                                                         | cluster: is required
            """)
    void whatTheSdkDoesNotDeclareIsRefused(String inputs, String failure) {
        assertThat(pools.failures(inputs)).containsExactly(failure);
    }

    @Test
    void whatIsRequiredInsideOfAnObjectIsRequired() {
        assertThat(pools.failures("{cluster: c, nodeConfig: {taints: [{key: k}]}}"))
                .containsExactly("nodeConfig.taints[0].effect: is required", "nodeConfig.taints[0].value: is required");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {spec: {ports: [{port: 1, targetPort: http}]}} | true
            {spec: {ports: [{port: 1, targetPort: 8080}]}} | true
            {spec: {ports: [{port: 1, targetPort: [1]}]}}  | false
            """)
    void aUnionTakesEitherType(String inputs, boolean right) {
        assertThat(services.failures(inputs).isEmpty()).isEqualTo(right);
    }

    @Test
    void freeFormValuesAreNotLookedInto() {
        assertThat(releases.failures("{chart: c, values: {config: {any: [1, {thing: true}]}}}"))
                .isEmpty();
    }

    @Test
    void unknownsAreTakenAnywhere() {
        var inputs = "{cluster: U, initialNodeCount: U, nodeConfig: {taints: [U], labels: {a: U}, spot: U}}";
        assertThat(pools.failures(inputs.replace("U", "'" + PropertyValues.UNKNOWN + "'")))
                .isEmpty();
    }

    @Test
    void whatIsInsideOfASecretIsChecked() {
        var inputs = "{cluster: " + secret("c") + ", initialNodeCount: " + secret("three") + "}";
        assertThat(pools.failures(inputs)).containsExactly("initialNodeCount: must be a whole number, got a string");
    }

    @Test
    void aTypeThatTheSdkDoesNotHaveIsRefused() {
        assertThatThrownBy(() -> new ProviderClient(new Cloud(), "gcp:container/nodePool:NodePond").check("{}"))
                .hasMessageContaining("no type gcp:container/nodePool:NodePond");
    }

    private static String secret(String value) {
        return "{'4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', 'value': " + value + "}";
    }
}
