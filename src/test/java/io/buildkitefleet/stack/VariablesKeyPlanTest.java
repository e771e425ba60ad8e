package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who can open encrypted variables, and that nobody else can. */
@ExtendWith(PreviewedStacks.Extension.class)
class VariablesKeyPlanTest {
    static Stream<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void onlyTheQueueItselfMayDecryptWithItsKey(StackPreview stack) {
        var keys = stack.plan().ofType("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember").stream()
                .filter(grant -> Inputs.text(grant, "role").equals("roles/cloudkms.cryptoKeyDecrypter"))
                .map(grant -> grant.name() + " " + Inputs.text(grant, "member"))
                .toList();
        var suffix = "@" + stack.fleet().config().project() + ".iam.gserviceaccount.com";
        assertThat(keys)
                .containsExactlyInAnyOrderElementsOf(stack.fleet().queues().stream()
                        .filter(queue -> queue.config().variablesKey().isPresent())
                        .map(queue -> "variables-" + queue.name() + "-use serviceAccount:"
                                + queue.account().orElseThrow() + suffix)
                        .toList());
    }

    @Test
    void thePrivateHalfIsMadeInCloudKmsAndStaysThere(PreviewedStacks previews) {
        var key = previews.prod()
                .plan()
                .find("gcp:kms/cryptoKey:CryptoKey", "variables-deploy-key")
                .orElseThrow();
        assertThat(Inputs.text(key, "purpose")).isEqualTo("ASYMMETRIC_DECRYPT");
        assertThat(Inputs.text(key, "versionTemplate", "algorithm")).isEqualTo("RSA_DECRYPT_OAEP_4096_SHA256");
        assertThat(key.options().protect()).isTrue();
    }

    @Test
    void aHigherVersionIsMadeAfterTheOnesBefore(PreviewedStacks previews) {
        assertThat(previews.full().plan().ofType("gcp:kms/cryptoKeyVersion:CryptoKeyVersion"))
                .extracting(Registration::name)
                .containsExactly("variables-big-version-2");
        assertThat(previews.prod().plan().ofType("gcp:kms/cryptoKeyVersion:CryptoKeyVersion"))
                .as("the first version comes with the key")
                .isEmpty();
    }

    @Test
    void theAgentIsToldToHideWhatWasOpenedAndTheQueuesSecrets(PreviewedStacks previews) {
        assertThat(redacted(previews.full(), "big")).containsExactly("NPM_TOKEN", "SECRET_*");
        assertThat(redacted(previews.prod(), "deploy")).containsExactly("SECRET_*");
        assertThat(redacted(previews.prod(), "light")).isEmpty();
    }

    private static List<String> redacted(StackPreview stack, String queue) {
        var release = stack.plan()
                .find("kubernetes:helm.sh/v3:Release", "queue-" + queue + "-release")
                .orElseThrow();
        return Inputs.at(release, "values", "config", "additional-redacted-vars").stream()
                .flatMap(variables -> variables.getAsJsonArray().asList().stream())
                .map(JsonElement::getAsString)
                .toList();
    }
}
