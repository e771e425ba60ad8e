package io.buildkitefleet.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.preview.program.InvokingProgram;
import io.buildkitefleet.preview.program.SampleProgram;
import io.buildkitefleet.preview.program.UnnamedNamespaceProgram;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded of programs that end well. */
class OfflineEngineTest {
    private static final String PART = "sample:index:Part";
    private static final String BUCKET = "gcp:storage/bucket:Bucket";
    private static final String BUCKET_URN = "urn:pulumi:dev::sample::sample:index:Part$" + BUCKET + "::artifacts";
    private static final String NAMESPACE = "kubernetes:core/v1:Namespace";
    private static final String SECRET = "kubernetes:core/v1:Secret";

    @TempDir
    private static Path directory;

    private static Plan plan;

    @BeforeAll
    static void previewOnce() {
        plan = PreviewedProgram.preview(directory, PreviewedProgram.inline(SampleProgram::define));
    }

    private static Registration recorded(String type, String name) {
        return plan.find(type, name).orElseThrow();
    }

    @Test
    void everythingHangsBelowTheStackWithParentsFirstAndSiblingsByName() {
        assertThat(plan.registrations())
                .extracting(Registration::urn)
                .containsExactly(
                        "urn:pulumi:dev::sample::pulumi:pulumi:Stack::sample-dev",
                        "urn:pulumi:dev::sample::sample:index:Part::cluster",
                        "urn:pulumi:dev::sample::sample:index:Part$pulumi:providers:kubernetes::cluster",
                        BUCKET_URN,
                        "urn:pulumi:dev::sample::sample:index:Part$gcp:storage/bucketObject:BucketObject::hook",
                        "urn:pulumi:dev::sample::sample:index:Part$sample:index:Part::queue",
                        "urn:pulumi:dev::sample::sample:index:Part$sample:index:Part$" + NAMESPACE + "::queue",
                        "urn:pulumi:dev::sample::sample:index:Part$sample:index:Part$" + SECRET + "::token",
                        "urn:pulumi:dev::sample::" + NAMESPACE + "::existing");
    }

    @Test
    void aRefusalIsWhyAProgramThatEndedBeforeAnybodyLookedFailed() {
        var refusal = new ProjectException("disabled");
        assertThat(OfflineEngine.outcome(CompletableFuture.failedFuture(refusal), CompletableFuture.completedFuture(1)))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(refusal);
    }

    @Test
    void aSecondRunGivesTheSamePlan() {
        assertThat(PreviewedProgram.preview(directory, PreviewedProgram.inline(SampleProgram::define)))
                .isEqualTo(plan);
    }

    @Test
    void optionsOfAResourceAreRecorded() {
        Registration bucket = recorded(BUCKET, "artifacts");
        assertThat(bucket.options().ignoreChanges()).containsExactly("labels");
        assertThat(bucket.options().replaceOnChanges()).containsExactly("location");
        assertThat(bucket.options().deleteBeforeReplace()).isTrue();
        assertThat(bucket.options().timeouts().create()).isEqualTo(Duration.ofMinutes(30));
        assertThat(bucket.options().aliases())
                .extracting(Registration.Alias::name)
                .containsExactly("old-artifacts");
        assertThat(bucket.version()).isEqualTo("7.0.0");
    }

    @Test
    void protectionIsInheritedUntilAChildSetsItsOwn() {
        assertThat(recorded(BUCKET, "artifacts").options().protect()).isTrue();
        assertThat(recorded(NAMESPACE, "queue").options().protect()).isTrue();
        assertThat(recorded(SECRET, "token").options().protect()).isFalse();
    }

    @Test
    void retentionIsInherited() {
        assertThat(recorded(NAMESPACE, "queue").options().retainOnDelete()).isTrue();
        assertThat(recorded(BUCKET, "artifacts").options().retainOnDelete()).isFalse();
    }

    @Test
    void explicitAndImplicitDependenciesAreRecorded() {
        Registration namespace = recorded(NAMESPACE, "queue");
        Registration secret = recorded(SECRET, "token");
        assertThat(namespace.dependencies()).containsExactly(BUCKET_URN);
        assertThat(namespace.propertyDependencies()).containsEntry("metadata", List.of());
        assertThat(secret.dependencies()).containsExactly(namespace.urn());
        assertThat(secret.propertyDependencies()).containsEntry("metadata", List.of(namespace.urn()));
    }

    @Test
    void resourcesWithoutAProviderGetTheDefaultOneOfTheirVersion() {
        assertThat(recorded(BUCKET, "artifacts").provider())
                .isEqualTo("urn:pulumi:dev::sample::pulumi:providers:gcp::default_7_0_0::" + PropertyValues.UNKNOWN);
    }

    @Test
    void resourcesBelowAComponentGetItsProvider() {
        assertThat(recorded(SECRET, "token").provider())
                .isEqualTo(recorded("pulumi:providers:kubernetes", "cluster").urn() + "::" + PropertyValues.UNKNOWN);
    }

    @Test
    void anInputThatIsReadBackIsKnown() {
        JsonObject metadata = recorded(SECRET, "token").inputs().getAsJsonObject("metadata");
        assertThat(metadata.get("namespace")).isEqualTo(new JsonPrimitive("queue-big"));
        assertThat(plan.stackOutputs().get("location")).isEqualTo(new JsonPrimitive("US"));
    }

    @Test
    void whatTheProviderComputesIsUnknown() {
        assertThat(PropertyValues.isUnknown(plan.stackOutputs().get("url"))).isTrue();
        assertThat(PropertyValues.isUnknown(recorded("gcp:storage/bucketObject:BucketObject", "hook")
                        .inputs()
                        .get("bucket")))
                .isTrue();
    }

    @Test
    void aSecretOfTheConfigurationStaysSecretAndHasAPlaceholder() {
        var data = recorded(SECRET, "token").inputs().get("stringData");
        assertThat(PropertyValues.isSecret(data)).isTrue();
        assertThat(PropertyValues.unwrapped(data).getAsJsonObject().get("token"))
                .isEqualTo(new JsonPrimitive("offline-placeholder-for-agentToken"));
        assertThat(plan.placeholders()).containsExactly("sample:agentToken");
    }

    @Test
    void aResourceThatIsReadIsRecordedWithItsId() {
        assertThat(recorded(NAMESPACE, "existing").readId()).isEqualTo("kube-system");
    }

    @Test
    void outputsOfAComponentAreRecordedIfItRegistersThem() {
        assertThat(recorded(PART, "queue").outputsRegistered()).isTrue();
        assertThat(recorded(PART, "queue").outputs().keySet()).containsExactly("namespace");
        assertThat(recorded(PART, "cluster").outputsRegistered()).isFalse();
    }

    @Test
    void childrenAreThoseOfOneParent() {
        assertThat(plan.children(recorded(PART, "queue")))
                .extracting(Registration::name)
                .containsExactly("queue", "token");
    }

    @Test
    void warningsAreKept() {
        assertThat(plan.warnings()).containsExactly("no budget is set");
    }

    @Test
    void nothingIsLeftRunning() throws InterruptedException {
        // On a busy machine the last thread ends a moment after the preview.
        for (int i = 0; i < 100 && !leftRunning().isEmpty(); i++) {
            Thread.sleep(100);
        }
        assertThat(leftRunning()).isEmpty();
    }

    private static List<String> leftRunning() {
        var processes = ProcessHandle.current().children().map(child -> "process " + child.info());
        var threads = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("offline-engine"));
        return Stream.concat(processes, threads).toList();
    }

    @Test
    void anAnswerThatOnlyTheCloudHasIsUnknownAndAWarningSaysSo(@TempDir Path other) {
        Plan invoking = PreviewedProgram.preview(other, PreviewedProgram.inline(InvokingProgram::define));
        var name = invoking.find(BUCKET, "logs").orElseThrow().inputs().get("name");
        assertThat(PropertyValues.isUnknown(name)).isTrue();
        assertThat(invoking.warnings())
                .singleElement()
                .asString()
                .contains("gcp:storage/getProjectServiceAccount:getProjectServiceAccount");
    }

    @Test
    void aNameThatTheKubernetesProviderChoosesIsUnknown(@TempDir Path other) {
        Plan unnamed = PreviewedProgram.preview(other, PreviewedProgram.inline(UnnamedNamespaceProgram::define));
        assertThat(PropertyValues.isUnknown(unnamed.stackOutputs().get("name"))).isTrue();
    }
}
