package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a stack tells those who use it. */
@ExtendWith(PreviewedStacks.Extension.class)
class OutputsPlanTest {
    @Test
    void theKeysAreTheseAndNoMore(PreviewedStacks previews) {
        assertThat(previews.prod().plan().stackOutputs().keySet())
                .containsExactlyInAnyOrder(
                        "artifactBucket",
                        "buildkiteClusters",
                        "cluster",
                        "imageRegistry",
                        "mac",
                        "macIdentity",
                        "natAddresses",
                        "queues",
                        "quotas",
                        "retryRules",
                        "variableKeys",
                        "safeBuilds");
    }

    @Test
    void whoeverRunsItFindsItsQueuesAtBuildkite(PreviewedStacks previews) {
        assertThat(Inputs.at(previews.prod().plan().stackOutputs(), "buildkiteClusters"))
                .map(JsonElement::getAsString)
                .hasValue("https://buildkite.com/organizations/acme/clusters");
    }

    @Test
    void withoutAMacThereIsNoMacOutput(PreviewedStacks previews) {
        assertThat(previews.dev().plan().stackOutputs().keySet()).doesNotContain("mac");
    }

    @Test
    void onlyQueuesWithAKeyHaveOneToEncryptFor(PreviewedStacks previews) {
        assertThat(Inputs.at(previews.prod().plan().stackOutputs(), "variableKeys")
                        .orElseThrow()
                        .getAsJsonObject()
                        .keySet())
                .containsExactly("deploy");
        assertThat(previews.dev().plan().stackOutputs().keySet()).doesNotContain("variableKeys");
    }

    @Test
    void theTableOfQueuesNamesEachQueueWithItsTags(PreviewedStacks previews) {
        var queues = Inputs.items(previews.prod().plan().stackOutputs(), "queues");
        assertThat(queues).hasSameSizeAs(previews.prod().fleet().queues());
        assertThat(queues).allSatisfy(queue -> assertThat(Inputs.at(queue, "tags", 0))
                .map(Object::toString)
                .hasValue("\"queue=" + Inputs.at(queue, "queue").orElseThrow().getAsString() + "\""));
    }

    @Test
    void theMacsOwnerIsToldWhereEverythingIs(PreviewedStacks previews) {
        var mac = Inputs.at(previews.prod().plan().stackOutputs(), "mac").orElseThrow();
        assertThat(mac.getAsJsonObject().entrySet())
                .extracting(entry -> entry.getKey() + " " + entry.getValue().getAsString())
                .containsExactlyInAnyOrder(
                        "agentTokenSecret bk-prod-agent-token",
                        "artifacts gs://acme-ci-prod-bk-prod-artifacts/mac/",
                        "project acme-ci-prod",
                        "serviceAccount bk-prod-mac@acme-ci-prod.iam.gserviceaccount.com",
                        "tags queue=mac");
    }
}
