package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.SystemPool;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import io.buildkitefleet.testing.Stacks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A fleet in a cluster that is there already. */
@ExtendWith(PreviewedStacks.Extension.class)
class LocalPlanTest {
    @TempDir
    private Path directory;

    @Test
    void nothingOfItIsGoogles(PreviewedStacks previews) {
        assertThat(previews.local().plan().registrations())
                .isNotEmpty()
                .extracting(Registration::type)
                .noneMatch(type -> type.contains("gcp"));
    }

    @Test
    void everythingIsMadeByTheProviderOfItsContext(PreviewedStacks previews) {
        var plan = previews.local().plan();
        var provider = plan.ofType("pulumi:providers:kubernetes").get(0);

        assertThat(Inputs.text(provider, "context")).isEqualTo("kind-fleet");
        assertThat(plan.registrations())
                .filteredOn(resource -> resource.custom() && resource.type().startsWith("kubernetes:"))
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(resource.provider()).startsWith(provider.urn()));
    }

    @Test
    void itsPodsChooseNoNode(PreviewedStacks previews) {
        var release = release(previews.local());

        assertThat(Inputs.at(release, "values", "nodeSelector")).isEmpty();
        for (var key : List.of("nodeSelector", "tolerations", "affinity", "runtimeClassName")) {
            assertThat(Inputs.at(release, "values", "config", "pod-spec-patch", key))
                    .as(key)
                    .isEmpty();
        }
    }

    @Test
    void itsQuotaIsWhatAsManyJobsAskForAsMayRun() {
        var preview = with("{cpu: '1', memory: 2Gi, maxInFlight: 3}");
        var quota = preview.plan().ofType("kubernetes:core/v1:ResourceQuota").get(0);
        var job = preview.fleet().queues().get(0).job().requests();

        assertThat(Inputs.text(quota, "spec", "hard", "pods")).isEqualTo("5");
        assertThat(Inputs.text(quota, "spec", "hard", "requests.cpu"))
                .isEqualTo(
                        3 * job.cpu().millis() + 2 * SystemPool.CONTROLLER.cpu().millis() + "m");
    }

    @Test
    void anotherTokenRestartsTheController(PreviewedStacks previews) {
        var version =
                Inputs.text(release(previews.local()), "values", "annotations", "buildkite-fleet/agent-token-version");

        assertThat(version).matches("[0-9a-f]{8}");
    }

    @Test
    void whatBuildsImagesHasNoRegistryToLogInTo() {
        var preview = with("{can: [docker]}");

        assertThat(preview.plan().registrations())
                .extracting(Registration::name)
                .doesNotContain("queue-local-registry-login");
        assertThat(Inputs.at(environment(preview), "data", "DOCKER_HOST")).isPresent();
        assertThat(Inputs.at(environment(preview), "data", "FLEET_IMAGES")).isEmpty();
    }

    @Test
    void buildkiteKeepsItsArtifacts(PreviewedStacks previews) {
        var environment = environment(previews.local());

        assertThat(Inputs.at(environment, "data", "FLEET_ARTIFACTS")).isEmpty();
    }

    private StackPreview with(String queue) {
        return PreviewedStacks.of(Stacks.local().with("queues.local", queue), directory);
    }

    private static Registration environment(StackPreview preview) {
        return preview.plan()
                .find("kubernetes:core/v1:ConfigMap", "queue-local-environment")
                .orElseThrow();
    }

    private static Registration release(StackPreview preview) {
        return preview.plan().ofType("kubernetes:helm.sh/v3:Release").get(0);
    }
}
