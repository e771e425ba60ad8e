package io.buildkitefleet.report.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.TerraformNames;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A plan in the form in which scanners of Terraform plans read it. */
@ExtendWith(PreviewedStacks.Extension.class)
class TerraformPlanTest {
    @Test
    void devReadsAsAgreed(PreviewedStacks previews) throws IOException {
        Golden.named("dev-terraform.json").matches(text(previews));
    }

    @Test
    void everythingInGoogleCloudIsInItAndNothingOfTheCluster(PreviewedStacks previews) {
        previews.all().map(StackPreview::plan).forEach(plan -> {
            var planned = resources(TerraformPlan.of(plan));
            var cloud = plan.registrations().stream()
                    .filter(resource -> resource.type().startsWith("gcp:"))
                    .toList();
            assertThat(planned.size())
                    .as("resources that scanners see; types that they do not: %s", unseen(cloud, planned))
                    .isEqualTo(cloud.size());
            assertThat(planned)
                    .extracting(resource -> resource.get("type").getAsString())
                    .allMatch(type -> type.startsWith("google_"));
        });
    }

    private static Set<String> unseen(List<Registration> cloud, List<JsonObject> planned) {
        var seen = planned.stream()
                .map(resource -> resource.get("name").getAsString())
                .collect(Collectors.toSet());
        return cloud.stream()
                .filter(resource -> !seen.contains(resource.name()))
                .map(Registration::type)
                .collect(Collectors.toSet());
    }

    @Test
    void namesAreTerraforms() {
        assertThat(TerraformNames.attribute("masterIpv4CidrBlock")).isEqualTo("master_ipv4_cidr_block");
        assertThat(TerraformNames.attribute("guestAccelerators")).isEqualTo("guest_accelerator");
    }

    @Test
    void keysThatAPersonChoseStayAsTheyAre(PreviewedStacks previews) {
        var pool = values(previews, "pool-big-nodes");
        assertThat(only(pool, "node_config").getAsJsonObject("labels").keySet()).contains("buildkite-fleet/pool");
    }

    @Test
    void everyValueHasTheNameAndTheShapeThatTerraformsProviderGivesIt(PreviewedStacks previews) {
        var mistakes = previews.all()
                .flatMap(preview -> resources(TerraformPlan.of(preview.plan())).stream())
                .flatMap(resource ->
                        TerraformFields.mistakes(resource.get("type").getAsString(), resource.getAsJsonObject("values"))
                                .stream())
                .distinct();
        assertThat(mistakes).isEmpty();
    }

    @Test
    void everyResourceIsAChangeFromNothing(PreviewedStacks previews) {
        var plan = TerraformPlan.of(previews.full().plan());
        var planned = resources(plan);
        assertThat(changes(plan)).hasSameSizeAs(planned);
        for (int i = 0; i < planned.size(); i++) {
            var changed = changes(plan).get(i);
            var change = changed.remove("change").getAsJsonObject();
            var resource = planned.get(i);
            assertThat(change.get("after")).isEqualTo(resource.remove("values"));
            assertThat(change.get("after_sensitive")).isEqualTo(resource.remove("sensitive_values"));
            assertThat(change.get("before").isJsonNull()).isTrue();
            assertThat(change.getAsJsonArray("actions")).containsExactly(new JsonPrimitive("create"));
            assertThat(changed).isEqualTo(resource);
        }
    }

    @Test
    void whatIsKnownOnlyLaterAndWhatIsSecretIsMarkedWhereItStands(PreviewedStacks previews) {
        var plan = TerraformPlan.of(previews.dev().plan());
        var repository = change(plan, "images-repository");
        assertThat(repository.getAsJsonObject("after").has("kms_key_name")).isFalse();
        assertThat(repository.getAsJsonObject("after_unknown").get("kms_key_name"))
                .isEqualTo(new JsonPrimitive(true));
        var cluster = change(plan, "cluster-gke");
        assertThat(only(cluster.getAsJsonObject("after"), "database_encryption").keySet())
                .containsExactly("state");
        assertThat(only(cluster.getAsJsonObject("after_unknown"), "database_encryption")
                        .get("key_name"))
                .isEqualTo(new JsonPrimitive(true));
        assertThat(change(plan, "secrets-bk-dev-agent-token-version")
                        .getAsJsonObject("after_sensitive")
                        .get("secret_data"))
                .isEqualTo(new JsonPrimitive(true));
    }

    @Test
    void aReferenceInsideOfABlockStandsThere(PreviewedStacks previews) {
        var cluster = configured(previews, "cluster-gke").getAsJsonObject("expressions");
        assertThat(only(cluster, "database_encryption")
                        .getAsJsonObject("key_name")
                        .toString())
                .contains("google_kms_crypto_key_iam_member.keys-cluster-use");
    }

    @Test
    void theConfigurationTellsBlocksFromAttributes(PreviewedStacks previews) {
        var pool = only(configured(previews, "pool-big-nodes").getAsJsonObject("expressions"), "node_config");
        assertThat(only(pool, "shielded_instance_config").getAsJsonObject("enable_secure_boot"))
                .isEqualTo(Json.parse("{constant_value: true}"));
        assertThat(pool.getAsJsonObject("metadata"))
                .isEqualTo(Json.parse("{constant_value: {disable-legacy-endpoints: 'true'}}"));
    }

    @Test
    void noSecretAndNothingUnknownIsInIt(PreviewedStacks previews) throws IOException {
        assertThat(text(previews)).doesNotContain("offline-placeholder", "[secret]", PropertyValues.UNKNOWN);
        assertThat(values(previews, "secrets-bk-dev-agent-token-version")
                        .get("secret_data")
                        .isJsonNull())
                .isTrue();
    }

    @Test
    void whatRefersToTheNetworkSaysSo(PreviewedStacks previews) {
        assertThat(configured(previews, "network-deny-ingress")
                        .getAsJsonObject("expressions")
                        .getAsJsonObject("network")
                        .toString())
                .contains("google_compute_network.network-vpc");
    }

    private static JsonObject values(PreviewedStacks previews, String name) {
        return named(resources(TerraformPlan.of(previews.dev().plan())), name).getAsJsonObject("values");
    }

    private static JsonObject change(JsonObject plan, String name) {
        return named(changes(plan), name).getAsJsonObject("change");
    }

    private static JsonObject configured(PreviewedStacks previews, String name) {
        return named(resources(TerraformPlan.of(previews.dev().plan()).getAsJsonObject("configuration")), name);
    }

    private static JsonObject named(List<JsonObject> resources, String name) {
        return resources.stream()
                .filter(resource -> resource.get("name").getAsString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The block of a kind of which there is one. */
    private static JsonObject only(JsonObject parent, String block) {
        var blocks = parent.getAsJsonArray(block);
        assertThat(blocks).hasSize(1);
        return blocks.get(0).getAsJsonObject();
    }

    private static List<JsonObject> changes(JsonObject plan) {
        return plan.getAsJsonArray("resource_changes").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** Of the document, or of a part of it that has a root module. */
    private static List<JsonObject> resources(JsonObject document) {
        var part = document.has("planned_values") ? document.getAsJsonObject("planned_values") : document;
        return part.getAsJsonObject("root_module").getAsJsonArray("resources").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static String text(PreviewedStacks previews) throws IOException {
        var text = new StringWriter();
        PlanJson.write(TerraformPlan.of(previews.dev().plan()), text);
        return text.toString();
    }
}
