package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Where secrets may stand. In a preview each secret is a placeholder that names its key, which makes it easy to find.
 */
@ExtendWith(PreviewedStacks.Extension.class)
class SecretsPlanTest {
    private static final String MARKER = "offline-placeholder-for-";

    static Stream<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void noSecretStandsInAPlainInputOrOutput(StackPreview stack) {
        assertThat(stack.plan().registrations()).allSatisfy(registration -> assertThat(Stream.concat(
                        Inputs.plainTexts(registration.inputs()), Inputs.plainTexts(registration.outputs())))
                .noneMatch(text -> text.contains(MARKER)));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void theAgentTokenReachesOnlyTheSecretStoreAndTheControllersSecret(StackPreview stack) {
        assertThat(stack.plan().registrations())
                .filteredOn(registration -> registration.inputs().toString().contains(MARKER + "agentToken"))
                .isNotEmpty()
                .allSatisfy(registration -> assertThat(registration.type())
                        .isIn("gcp:secretmanager/secretVersion:SecretVersion", "kubernetes:core/v1:Secret"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void theControllersSecretHoldsNothingButTheToken(StackPreview stack) {
        assertThat(stack.plan().ofType("kubernetes:core/v1:Secret"))
                .filteredOn(secret -> Inputs.text(secret, "metadata", "name").equals("agent-token"))
                .hasSameSizeAs(stack.fleet().queues())
                .allSatisfy(secret -> assertThat(Inputs.at(secret, "stringData")
                                .orElseThrow()
                                .getAsJsonObject()
                                .keySet())
                        .containsExactly("BUILDKITE_AGENT_TOKEN"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void everySecretsDataIsMarkedSecret(StackPreview stack) {
        assertThat(stack.plan().ofType("kubernetes:core/v1:Secret"))
                .allMatch(secret -> PropertyValues.isSecret(secret.inputs().get("stringData")));
        assertThat(stack.plan().ofType("gcp:secretmanager/secretVersion:SecretVersion"))
                .allMatch(version -> PropertyValues.isSecret(version.inputs().get("secretData")));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void noOutputIsSecret(StackPreview stack) {
        assertThat(stack.plan().stackOutputs().entrySet())
                .isNotEmpty()
                .noneMatch(output -> PropertyValues.isSecret(output.getValue()));
    }

    @Test
    void untrustedQueuesHaveAnAgentTokenOfTheirOwn(PreviewedStacks previews) {
        assertThat(tokenOf(previews.full(), "untrusted")).contains("untrustedAgentToken");
        assertThat(tokenOf(previews.full(), "deploy")).contains("agentToken").doesNotContain("untrusted");
    }

    @Test
    void aSecretIsReadableByTheQueueThatNamesItAndNoOther(PreviewedStacks previews) {
        var full = previews.full();
        for (var queue : full.fleet().queues()) {
            var readers = full.plan().ofType("gcp:secretmanager/secretIamMember:SecretIamMember").stream()
                    .filter(grant -> Inputs.text(grant, "member")
                            .equals("serviceAccount:" + queue.account().orElse("nobody") + "@"
                                    + full.fleet().config().project() + ".iam.gserviceaccount.com"))
                    .map(grant -> Inputs.text(grant, "secretId"))
                    .toList();
            assertThat(readers)
                    .as("what queue %s may read", queue.name())
                    .containsExactlyInAnyOrderElementsOf(queue.config().secrets().values().stream()
                            .distinct()
                            .map(full.fleet().names()::secretId)
                            .toList());
        }
    }

    private static String tokenOf(StackPreview stack, String queue) {
        return stack.plan()
                .find("kubernetes:core/v1:Secret", "queue-" + queue + "-token")
                .orElseThrow()
                .inputs()
                .toString();
    }
}
