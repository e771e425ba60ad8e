package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.signing.KeySet;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import io.buildkitefleet.testing.TestKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where the keys of signed pipelines are, and what agents are told of them. */
@ExtendWith(PreviewedStacks.Extension.class)
class SigningPlanTest {
    private static final String MARKER = "offline-placeholder-for-signingKey";

    private StackPreview full;

    @BeforeEach
    void aStackThatSigns(PreviewedStacks previews) {
        full = previews.full();
    }

    @Test
    void thePrivateKeyIsInOneSecretOfOneNamespaceAndInSecretManager() {
        assertThat(full.plan().registrations())
                .filteredOn(registration -> registration.inputs().toString().contains(MARKER))
                .extracting(Registration::name)
                .containsExactlyInAnyOrder("queue-upload-signing-key", "secrets-ci-signing-key-version");
        assertThat(Inputs.text(find("kubernetes:core/v1:Secret", "queue-upload-signing-key"), "metadata", "namespace"))
                .isEqualTo("buildkite-upload");
    }

    @Test
    void nobodyReadsItInSecretManager() {
        assertThat(full.plan().ofType("gcp:secretmanager/secretIamMember:SecretIamMember"))
                .noneMatch(grant -> grant.name().contains("signing"));
    }

    @Test
    void onlyTheAgentOfTheQueueThatSignsIsToldOfIt() {
        for (var queue : full.fleet().queues()) {
            var agent = agentConfig(queue);
            assertThat(agent.toString().contains("signing"))
                    .as(queue.name())
                    .isEqualTo(queue.name().equals("upload"));
        }
        var agent = agentConfig(queue("upload"));
        assertThat(agent.get("signing-jwks-key-id").getAsString()).isEqualTo(TestKeys.ID);
        assertThat(agent.getAsJsonObject("signingJWKSVolume").toString())
                .isEqualTo(
                        "{\"name\":\"signing-key\",\"secret\":{\"defaultMode\":256,\"secretName\":\"signing-key\"}}");
    }

    @Test
    void everyTrustedQueueVerifiesAndThoseThatAreListedRefuse() {
        for (var queue : full.fleet().trustedQueues()) {
            var agent = agentConfig(queue);
            var required = queue.name().equals("deploy") || queue.name().equals("gpu");
            assertThat(agent.get("verification-failure-behavior").getAsString())
                    .as(queue.name())
                    .isEqualTo(required ? "block" : "warn");
            var map = find("kubernetes:core/v1:ConfigMap", "queue-" + queue.name() + "-verification-keys");
            assertThat(Inputs.at(agent, "verificationJWKSVolume", "configMap", "name")
                            .orElseThrow()
                            .getAsString())
                    .isEqualTo(Inputs.text(map, "metadata", "name"));
            assertThat(Inputs.text(map, "metadata", "namespace")).isEqualTo(queue.namespace());
            var keys = KeySet.parse(
                    Inputs.text(map, "data", agent.get("verification-jwks-file").getAsString()));
            assertThat(keys.orElseThrow().ids()).isEqualTo(TestKeys.ID + ", " + TestKeys.OLD_ID);
            assertThat(release(queue).dependencies()).contains(map.urn());
        }
    }

    private Queue queue(String name) {
        return full.fleet().queues().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject agentConfig(Queue queue) {
        return Inputs.at(release(queue), "values", "config", "agent-config")
                .map(found -> found.getAsJsonObject())
                .orElseGet(JsonObject::new);
    }

    private Registration release(Queue queue) {
        return find("kubernetes:helm.sh/v3:Release", "queue-" + queue.name() + "-release");
    }

    private Registration find(String type, String name) {
        return full.plan().find(type, name).orElseThrow();
    }
}
