package io.buildkitefleet.engine.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Struct;
import org.junit.jupiter.api.Test;

/** The life of resources in the stand-in cloud. */
class StandInProviderTest {
    private static final String ADDRESS = "{name: nat, project: p, region: r}";

    private final Cloud cloud = new Cloud();
    private final ProviderClient addresses = new ProviderClient(cloud, "gcp:compute/address:Address");
    private final ProviderClient clusters = new ProviderClient(cloud, "gcp:container/cluster:Cluster");
    private final ProviderClient versions = new ProviderClient(cloud, "gcp:secretmanager/secretVersion:SecretVersion");
    private final ProviderClient secrets = new ProviderClient(cloud, "kubernetes:core/v1:Secret");

    @Test
    void aPreviewLeavesWhatIsComputedUnknown() {
        var outputs = addresses.previewCreate(ADDRESS).getProperties();

        assertThat(outputs.getFieldsOrThrow("region")).isEqualTo(Values.of("r"));
        assertThat(outputs.getFieldsOrThrow("selfLink")).isEqualTo(Values.UNKNOWN);
        assertThat(cloud.resources()).isEmpty();
    }

    @Test
    void aPreviewLeavesWhatIsComputedInsideOfAnInputUnknown() {
        var auth = clusters.previewCreate("{masterAuth: {clientCertificateConfig: {}}}")
                .getProperties()
                .getFieldsOrThrow("masterAuth")
                .getStructValue();

        assertThat(auth.getFieldsMap()).containsEntry("clusterCaCertificate", Values.UNKNOWN);
        assertThat(auth.getFieldsMap()).containsKey("clientCertificateConfig");
    }

    @Test
    void aCreateComputesWhatGoogleWould() {
        var made = addresses.create(ADDRESS);

        assertThat(made.getId()).isEqualTo("projects/p/regions/r/addresses/nat");
        assertThat(Values.text(made.getProperties(), "selfLink"))
                .contains("https://www.googleapis.com/compute/v1/projects/p/regions/r/addresses/nat");
    }

    @Test
    void secretVersionsAreCounted() {
        versions.create("{secret: s, secretData: a}");
        var second = versions.create("{secret: s, secretData: b}");

        assertThat(second.getId()).isEqualTo("s/versions/2");
        assertThat(Values.text(second.getProperties(), "version")).contains("2");
    }

    @Test
    void secretsStaySecret() {
        var inputs = "{metadata: {name: n, namespace: q}, stringData: {"
                + "'4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', value: {token: t}}}";
        var made = secrets.create(inputs);

        assertThat(made.getProperties().getFieldsOrThrow("stringData"))
                .isEqualTo(ProviderClient.struct(inputs).getFieldsOrThrow("stringData"));
    }

    @Test
    void theCreateOfTheGivenNumberFails() {
        cloud.failCreate(2, "quota exceeded");
        addresses.create("{name: a}");

        assertThatThrownBy(() -> addresses.create("{name: b}")).hasMessageContaining("quota exceeded");
        assertThatCode(() -> addresses.create("{name: c}")).doesNotThrowAnyException();
    }

    @Test
    void theCreateOfTheGivenUrnFailsUntilHealed() {
        cloud.failCreatesOf(addresses.urn()::equals, "no addresses left");

        assertThatThrownBy(() -> addresses.create(ADDRESS)).hasMessageContaining("no addresses left");
        assertThatCode(() -> clusters.create(cluster(false))).doesNotThrowAnyException();
        cloud.heal();
        assertThatCode(() -> addresses.create(ADDRESS)).doesNotThrowAnyException();
    }

    @Test
    void aNameThatIsTakenIsRefused() {
        addresses.create(ADDRESS);

        assertThatThrownBy(() -> addresses.create(ADDRESS)).hasMessageContaining("already exists");
    }

    @Test
    void aResourceWithoutANameGetsOneAndKeepsIt() {
        var first = addresses.check("{region: r}").getInputs();
        var second = addresses.check("{region: r, labels: {a: b}}", first).getInputs();

        assertThat(Values.text(first, "name").orElseThrow()).matches("thing-[0-9a-f]{7}");
        assertThat(Values.text(second, "name")).isEqualTo(Values.text(first, "name"));
    }

    @Test
    void aReplacementGetsAnotherName() {
        var first = addresses.check("{region: r}").getInputs();
        addresses.create("{region: r, name: " + Values.text(first, "name").orElseThrow() + "}");
        var replacement = addresses.check("{region: r}").getInputs();

        assertThat(Values.text(replacement, "name")).isNotEqualTo(Values.text(first, "name"));
    }

    @Test
    void aKubernetesObjectIsNamedInItsMetadata() {
        var inputs = secrets.check("{metadata: {namespace: q}}").getInputs();

        assertThat(Values.text(inputs, "metadata", "name").orElseThrow()).startsWith("thing-");
    }

    @Test
    void anUpdateKeepsWhatIsComputedAndDropsOldInputs() {
        var olds = "{name: c, masterAuth: {}, description: d}";
        var made = clusters.create(olds);
        var outputs = clusters.update(made, olds, "{name: c, masterAuth: {}, enableTpu: true}")
                .getProperties();

        assertThat(outputs.getFieldsMap()).containsKeys("endpoint", "enableTpu").doesNotContainKey("description");
        assertThat(Values.text(outputs, "masterAuth", "clusterCaCertificate")).isPresent();
    }

    @Test
    void whatSomebodyElseDeletedCannotBeRead() {
        var made = addresses.create(ADDRESS);
        cloud.lose(cloud.resources().get(0));

        assertThat(addresses.read(made.getId()).getId()).isEmpty();
    }

    @Test
    void whatSomebodyElseChangedIsRead() {
        var made = addresses.create(ADDRESS);
        cloud.change(cloud.resources().get(0), "region", Values.of("elsewhere"));
        var read = addresses.read(made.getId());

        assertThat(Values.text(read.getProperties(), "region")).contains("elsewhere");
        assertThat(Values.text(read.getInputs(), "region")).contains("elsewhere");
    }

    @Test
    void aClusterUnderDeletionProtectionIsNotDeleted() {
        var made = clusters.create(cluster(true));

        assertThatThrownBy(() -> clusters.delete(made.getId())).hasMessageContaining("deletion_protection");
        assertThat(cloud.resources()).hasSize(1);
    }

    @Test
    void whatIsDeletedIsGone() {
        addresses.delete(addresses.create(ADDRESS).getId());

        assertThat(cloud.resources()).isEmpty();
    }

    @Test
    void callsAreRecorded() {
        addresses.check(ADDRESS, Struct.getDefaultInstance());
        addresses.previewCreate(ADDRESS);

        assertThat(cloud.calls())
                .containsExactly(
                        new Cloud.Call("Check", "gcp:compute/address:Address", "thing"),
                        new Cloud.Call("Create(preview)", "gcp:compute/address:Address", "thing"));
    }

    private static String cluster(boolean deletionProtection) {
        return "{name: c, project: p, location: l, deletionProtection: " + deletionProtection + "}";
    }
}
