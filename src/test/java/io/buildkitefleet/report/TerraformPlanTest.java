package io.buildkitefleet.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.preview.PlanJson;
import io.buildkitefleet.preview.PropertyValues;
import io.buildkitefleet.preview.Registration;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.Previews;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A plan in the form in which scanners of Terraform plans read it. */
@ExtendWith(Previews.Extension.class)
class TerraformPlanTest {
    @Test
    void devReadsAsAgreed(Previews previews) throws IOException {
        Golden.named("dev-terraform.json").matches(text(previews));
    }

    @Test
    void everythingInGoogleCloudIsInItAndNothingOfTheCluster(Previews previews) {
        var cloud = previews.full().plan().registrations().stream()
                .map(Registration::type)
                .filter(type -> type.startsWith("gcp:"))
                .count();
        assertThat(resources(TerraformPlan.of(previews.full().plan())))
                .hasSize((int) cloud)
                .allMatch(resource -> resource.get("type").getAsString().startsWith("google_"));
    }

    @Test
    void namesAreTerraforms() {
        assertThat(TerraformNames.type("gcp:serviceaccount/account:Account")).contains("google_service_account");
        assertThat(TerraformNames.type("gcp:projects/iAMMember:IAMMember")).contains("google_project_iam_member");
        assertThat(TerraformNames.type("gcp:storage/bucketIAMMember:BucketIAMMember"))
                .contains("google_storage_bucket_iam_member");
        assertThat(TerraformNames.type("gcp:artifactregistry/repositoryIamMember:RepositoryIamMember"))
                .contains("google_artifact_registry_repository_iam_member");
        assertThat(TerraformNames.type("kubernetes:core/v1:Secret")).isEmpty();
        assertThat(TerraformNames.attribute("masterIpv4CidrBlock")).isEqualTo("master_ipv4_cidr_block");
        assertThat(TerraformNames.attribute("guestAccelerators")).isEqualTo("guest_accelerator");
    }

    @Test
    void keysThatAPersonChoseStayAsTheyAre(Previews previews) {
        var pool = values(previews, "pool-big-nodes");
        assertThat(pool.getAsJsonObject("node_config").getAsJsonObject("labels").keySet())
                .contains("buildkite-fleet/pool");
    }

    @Test
    void noSecretAndNothingUnknownIsInIt(Previews previews) throws IOException {
        assertThat(text(previews)).doesNotContain("offline-placeholder", "[secret]", PropertyValues.UNKNOWN);
        assertThat(values(previews, "secrets-bk-dev-agent-token-version")
                        .get("secret_data")
                        .isJsonNull())
                .isTrue();
    }

    @Test
    void whatRefersToTheNetworkSaysSo(Previews previews) {
        var firewall = resources(TerraformPlan.of(previews.dev().plan()).getAsJsonObject("configuration")).stream()
                .filter(resource -> resource.get("name").getAsString().equals("network-deny-ingress"))
                .findFirst()
                .orElseThrow();
        assertThat(firewall.getAsJsonObject("expressions")
                        .getAsJsonObject("network")
                        .toString())
                .contains("google_compute_network.network-vpc");
    }

    private static JsonObject values(Previews previews, String name) {
        return resources(TerraformPlan.of(previews.dev().plan())).stream()
                .filter(resource -> resource.get("name").getAsString().equals(name))
                .findFirst()
                .orElseThrow()
                .getAsJsonObject("values");
    }

    /** Of the document, or of a part of it that has a root module. */
    private static List<JsonObject> resources(JsonObject document) {
        var part = document.has("planned_values") ? document.getAsJsonObject("planned_values") : document;
        return part.getAsJsonObject("root_module").getAsJsonArray("resources").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static String text(Previews previews) throws IOException {
        var text = new StringWriter();
        PlanJson.write(TerraformPlan.of(previews.dev().plan()), text);
        return text.toString();
    }
}
