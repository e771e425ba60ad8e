package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.images.ImageReference;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.registry.MirrorContents;
import io.buildkitefleet.registry.MirroredArtifact;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import io.buildkitefleet.testing.Stacks;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What another place of the chart and the images makes of a stack. */
@ExtendWith(PreviewedStacks.Extension.class)
class RegistryMirrorPlanTest {
    private static final String MIRROR = "us-docker.pkg.dev/acme-supplies/mirror/ci";
    private static final String GRANT = "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember";

    @Test
    void everyReleaseTakesChartControllerAndAgentFromThere(PreviewedStacks previews) {
        var full = previews.full();
        assertThat(full.plan().ofType("kubernetes:helm.sh/v3:Release"))
                .hasSameSizeAs(full.fleet().queues())
                .allSatisfy(release -> {
                    assertThat(Inputs.text(release, "chart"))
                            .isEqualTo("oci://" + MIRROR + "/ghcr.io/buildkite/helm/agent-stack-k8s");
                    assertThat(Inputs.text(release, "values", "image"))
                            .startsWith(MIRROR + "/ghcr.io/buildkite/agent-stack-k8s/controller:");
                });
        for (var queue : full.fleet().queues()) {
            assertThat(agent(full, queue)).as(queue.name()).hasValueSatisfying(image -> assertThat(image)
                    .startsWith(queue.config().image().orElse(MIRROR + "/ghcr.io/buildkite/agent:")));
        }
    }

    @Test
    void whatRunsBesideAJobIsAdmittedByThatName(PreviewedStacks previews) {
        var full = previews.full();
        for (var queue : full.fleet().queues()) {
            var admitted = full.plan()
                    .find("kubernetes:core/v1:ConfigMap", "queue-" + queue.name() + "-admission")
                    .orElseThrow();
            assertThat(Inputs.text(admitted, "data", "agent.image"))
                    .as(queue.name())
                    .isEqualTo(agent(full, queue).orElseThrow());
            if (queue.docker().isPresent()) {
                assertThat(Inputs.text(admitted, "data", "builder.image"))
                        .as(queue.name())
                        .startsWith(MIRROR + "/docker.io/");
            }
        }
    }

    @Test
    void withoutItTheChartNamesControllerAndAgent(PreviewedStacks previews) {
        assertThat(previews.prod().plan().ofType("kubernetes:helm.sh/v3:Release"))
                .isNotEmpty()
                .allSatisfy(release -> {
                    assertThat(Inputs.text(release, "chart")).isEqualTo("oci://ghcr.io/buildkite/helm/agent-stack-k8s");
                    assertThat(Inputs.at(release, "values", "image")).isEmpty();
                    assertThat(Inputs.at(release, "values", "config", "image")).isEmpty();
                });
    }

    @Test
    void allNodesReadTheRepositoryInTheProjectThatItIsIn(PreviewedStacks previews) {
        assertThat(previews.full().plan().ofType(GRANT))
                .filteredOn(grant -> grant.name().startsWith("registry-mirror-"))
                .allSatisfy(grant -> {
                    assertThat(Inputs.text(grant, "project")).isEqualTo("acme-supplies");
                    assertThat(Inputs.text(grant, "location")).isEqualTo("us");
                    assertThat(Inputs.text(grant, "repository")).isEqualTo("mirror");
                    assertThat(Inputs.text(grant, "role")).isEqualTo("roles/artifactregistry.reader");
                })
                .extracting(grant -> Inputs.text(grant, "member"))
                .containsExactlyInAnyOrder(
                        "serviceAccount:ci-node@acme-ci-full.iam.gserviceaccount.com",
                        "serviceAccount:ci-anon@acme-ci-full.iam.gserviceaccount.com");
    }

    @Test
    void nothingIsMadeInTheClusterBeforeNodesMayReadIt(PreviewedStacks previews) {
        var provider = previews.full()
                .plan()
                .find("pulumi:providers:kubernetes", "kubernetes-provider")
                .orElseThrow();
        assertThat(provider.dependencies())
                .anyMatch(urn -> urn.endsWith("::registry-mirror-nodes"))
                .anyMatch(urn -> urn.endsWith("::registry-mirror-untrusted-nodes"));
    }

    @Test
    void inTheFleetsOwnProjectArtifactRegistryIsTurnedOnFirst(@TempDir Path directory) {
        var stack = PreviewedStacks.of(
                Stacks.minimal().with("registryMirror", "us-docker.pkg.dev/acme-ci-dev/mirror"), directory);
        assertThat(stack.plan().find(GRANT, "registry-mirror-nodes")).hasValueSatisfying(grant -> {
            assertThat(Inputs.text(grant, "project")).isEqualTo("acme-ci-dev");
            assertThat(grant.dependencies()).anyMatch(urn -> urn.endsWith("::services-artifactregistry"));
        });
    }

    @Test
    void aRegistryElsewhereIsGrantedNothing(@TempDir Path directory) {
        var stack =
                PreviewedStacks.of(Stacks.minimal().with("registryMirror", "registry.example.com/mirror"), directory);
        assertThat(stack.plan().ofType(GRANT)).isNotEmpty().noneMatch(grant -> grant.name()
                .startsWith("registry-mirror"));
        assertThat(stack.plan().registrations())
                .extracting(Registration::type)
                .doesNotContain("buildkite-fleet:gcp:RegistryMirrorAccess");
        assertThat(agent(stack, stack.fleet().queues().get(0))).hasValueSatisfying(image -> assertThat(image)
                .startsWith("registry.example.com/mirror/ghcr.io/buildkite/agent:"));
    }

    @Test
    void anImageThatAPersonNamesComesFromThereToo(@TempDir Path directory) {
        var stack = PreviewedStacks.of(
                Stacks.minimal()
                        .with("registryMirror", MIRROR)
                        .with("queues.big.image", "ghcr.io/buildkite/agent:3.104.1"),
                directory);
        assertThat(agent(stack, stack.fleet().queues().get(0))).hasValue(MIRROR + "/ghcr.io/buildkite/agent:3.104.1");
    }

    @Test
    void theMirrorIsFilledWithAllThatThePlanTakesFromItAndNothingElse(@TempDir Path directory) {
        var stack = PreviewedStacks.of(
                Stacks.full().with("queues.gpu.image", "ghcr.io/buildkite/agent:3.104.1"), directory);
        var contents = MirrorContents.of(stack.fleet(), "Pulumi.full.yaml").orElseThrow();

        var inPlan = stack.plan().registrations().stream()
                .flatMap(registration -> Inputs.plainTexts(registration.inputs()))
                .map(text -> text.replaceFirst("^oci://", ""))
                .filter(text -> text.matches(Pattern.quote(MIRROR) + "/\\S+"))
                .map(text -> ImageReference.of(text).repository())
                .collect(Collectors.toCollection(TreeSet::new));
        // What traces a job is in no plan: a person starts it.
        inPlan.add(MIRROR + "/docker.io/nicolaka/netshoot");
        assertThat(contents.artifacts())
                .extracting(artifact -> artifact.copy().repository())
                .containsAll(inPlan)
                .allMatch(inPlan::contains);
        assertThat(contents.artifacts())
                .extracting(MirroredArtifact::name)
                .containsExactly(
                        "agent-stack-k8s",
                        "controller",
                        "agent",
                        "docker",
                        "buildkit",
                        "bazel-remote",
                        "athens",
                        "netshoot",
                        "queues.gpu.image");
    }

    private static Optional<String> agent(StackPreview stack, Queue queue) {
        return stack.plan()
                .find("kubernetes:helm.sh/v3:Release", "queue-" + queue.name() + "-release")
                .flatMap(release -> Inputs.at(release, "values", "config", "image"))
                .map(JsonElement::getAsString);
    }
}
