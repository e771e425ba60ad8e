package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what. */
@ExtendWith(PreviewedStacks.Extension.class)
class AccessPlanTest {
    static Stream<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void nobodyIsClusterAdmin(StackPreview stack) {
        assertThat(stack.plan().registrations())
                .noneMatch(registration -> registration.inputs().toString().contains("cluster-admin"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void nothingIsGrantedInTheWholeClusterButToSeeWhichDisksAreAttached(StackPreview stack) {
        assertThat(stack.plan().registrations())
                .filteredOn(registration -> registration.type().endsWith(":ClusterRole"))
                .hasSizeLessThanOrEqualTo(1)
                .allSatisfy(role -> assertThat(Inputs.items(role.inputs(), "rules"))
                        .singleElement()
                        .hasToString("{\"apiGroups\":[\"storage.k8s.io\"],\"resources\":[\"volumeattachments\"],"
                                + "\"verbs\":[\"list\"]}"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void theOnlyGrantsOnTheProjectAreTheLeastThatNodesNeed(StackPreview stack) {
        assertThat(stack.fleet().pools()).anyMatch(Pool::imageStreaming);
        var expected = new ArrayList<>(List.of(
                "nodes-role roles/container.defaultNodeServiceAccount",
                "nodes-streaming-role roles/serviceusage.serviceUsageConsumer"));
        if (!stack.fleet().untrustedPools().isEmpty()) {
            expected.add("untrusted-nodes-role roles/container.defaultNodeServiceAccount");
        }
        assertThat(grantsOnTheProject(stack)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void nodesWhoseJobsAreUntrustedReadNothingElseThanTheMirror(PreviewedStacks previews) {
        var full = previews.full();
        var account = "serviceAccount:" + full.fleet().names().untrustedNodeAccount() + "@acme-ci-full.iam"
                + ".gserviceaccount.com";
        assertThat(full.plan().registrations())
                .filteredOn(grant -> Inputs.plainTexts(grant.inputs()).anyMatch(account::equals))
                .extracting(Registration::name)
                .containsExactlyInAnyOrder("untrusted-nodes-role", "registry-mirror-untrusted-nodes");
        assertThat(full.fleet().untrustedPools()).extracting(Pool::name).containsExactly("sandbox");
    }

    @Test
    void nodesThatStreamNoImagesUseNoServiceForIt(@TempDir Path directory) throws Exception {
        Files.copy(Path.of("Pulumi.yaml"), directory.resolve("Pulumi.yaml"));
        var text = Files.readString(Path.of("Pulumi.dev.yaml"));
        Files.writeString(
                directory.resolve("Pulumi.dev.yaml"),
                text.replaceAll("(machineType: [^,}\\s]+)", "$1, imageStreaming: false"));
        var stack = new Previews(Project.read(directory), PreviewedStacks.ENGINE).of("dev");
        assertThat(stack.fleet().nodePools()).noneMatch(Pool::imageStreaming);
        assertThat(grantsOnTheProject(stack)).containsExactly("nodes-role roles/container.defaultNodeServiceAccount");
    }

    /**
     * The names and roles of what is granted on the fleet's own project, each to its nodes; the deployers' are in
     * {@link DeployerPlanTest}.
     */
    private static List<String> grantsOnTheProject(StackPreview stack) {
        var grants = stack.plan().registrations().stream()
                .filter(registration -> registration.type().startsWith("gcp:projects/iAM"))
                .filter(grant -> !grant.name().startsWith("deployer-"))
                .filter(grant -> Inputs.text(grant, "project")
                        .equals(stack.fleet().config().project()))
                .toList();
        var names = stack.fleet().names();
        assertThat(grants).allSatisfy(grant -> assertThat(Inputs.text(grant, "member"))
                .startsWith("serviceAccount:"
                        + (grant.name().startsWith("untrusted-") ? names.untrustedNodeAccount() : names.nodeAccount())
                        + "@"));
        return grants.stream()
                .map(grant -> grant.name() + " " + Inputs.text(grant, "role"))
                .toList();
    }

    @Test
    void aQueueMayLookUpTheClustersThatItDeploysToAndReachTheirPrivateAddresses(PreviewedStacks previews) {
        var full = previews.full();
        assertThat(full.plan().registrations())
                .filteredOn(registration -> registration.type().startsWith("gcp:projects/iAM"))
                .filteredOn(grant -> Inputs.text(grant, "project").equals("acme-apps"))
                .singleElement()
                .satisfies(grant -> {
                    assertThat(Inputs.text(grant, "role")).isEqualTo("roles/container.clusterViewer");
                    assertThat(Inputs.text(grant, "member")).contains("deploy@");
                });
        assertThat(full.plan().ofType("kubernetes:networking.k8s.io/v1:NetworkPolicy"))
                .filteredOn(policy -> policy.inputs().toString().contains("172.16.8.0/28"))
                .extracting(Registration::name)
                .containsExactly("queue-deploy-namespace-jobs");
        var environment = full.plan()
                .find("kubernetes:core/v1:ConfigMap", "queue-deploy-environment")
                .orElseThrow();
        assertThat(Inputs.text(environment, "data", "FLEET_CLUSTERS"))
                .isEqualTo("acme-apps/us-west1/apps acme-apps/us-west1-a/internal");
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void nothingIsPublic(StackPreview stack) {
        assertThat(stack.plan().registrations())
                .allSatisfy(registration -> assertThat(Inputs.plainTexts(registration.inputs()))
                        .doesNotContain("allUsers", "allAuthenticatedUsers"));
        assertThat(stack.plan().ofType("gcp:storage/bucket:Bucket"))
                .isNotEmpty()
                .allSatisfy(bucket -> {
                    assertThat(Inputs.text(bucket, "publicAccessPrevention")).isEqualTo("enforced");
                    assertThat(Inputs.text(bucket, "uniformBucketLevelAccess")).isEqualTo("true");
                });
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void noServiceAccountHasAKey(StackPreview stack) {
        assertThat(stack.plan().registrations())
                .noneMatch(registration -> registration.type().startsWith("gcp:serviceaccount/key")
                        || registration.type().startsWith("gcp:serviceAccount/key"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void onlyQueuesThatBuildImagesOrAreDebuggedHaveAPrivilegedNamespace(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            assertThat(podSecurity(stack, queue))
                    .as("pod security of queue %s", queue.name())
                    .isEqualTo(queue.can(Capability.DOCKER) || queue.isDebuggable() ? "privileged" : "baseline");
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void onlyQueuesThatBuildImagesPushThem(StackPreview stack) {
        var writers = stack.plan().ofType("gcp:artifactregistry/repositoryIamMember:RepositoryIamMember").stream()
                .filter(grant -> Inputs.text(grant, "role").equals("roles/artifactregistry.writer"))
                .map(grant -> Inputs.text(grant, "member"))
                .toList();
        assertThat(writers)
                .containsExactlyInAnyOrderElementsOf(stack.fleet().queues().stream()
                        .filter(queue -> queue.can(Capability.DOCKER))
                        .map(queue -> member(stack, queue))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void aQueueWritesArtifactsOnlyBelowItsOwnPrefix(StackPreview stack) {
        for (var queue : stack.fleet().trustedQueues()) {
            assertThat(bucketGrants(stack, queue, "roles/storage.objectCreator"))
                    .singleElement()
                    .satisfies(grant -> assertThat(Inputs.text(grant, "condition", "expression"))
                            .endsWith("/objects/" + queue.name() + "/\")"));
            assertThat(bucketGrants(stack, queue, "roles/storage.objectViewer")).hasSize(1);
        }
        assertThat(stack.plan().ofType("gcp:storage/bucketIAMMember:BucketIAMMember"))
                .filteredOn(grant -> Inputs.text(grant, "bucket")
                        .equals(stack.fleet().names().artifactBucket()))
                .extracting(grant -> Inputs.text(grant, "role"))
                .containsOnly("roles/storage.objectCreator", "roles/storage.objectViewer");
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void noRoleInTheClusterCanGiveItselfMore(StackPreview stack) {
        assertThat(rules(stack)).allSatisfy(rule -> {
            assertThat(rule).doesNotContain("*", "bind", "escalate", "impersonate");
            assertThat(rule).doesNotContain("roles", "rolebindings", "clusterroles", "clusterrolebindings");
        });
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void onlyThePeopleThatAQueueNamesOpenAShellInItsJobs(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            var binding = stack.plan()
                    .find(
                            "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
                            "queue-" + queue.name() + "-debug-binding");
            var named = binding.stream()
                    .flatMap(found -> Inputs.items(found.inputs(), "subjects").stream())
                    .map(subject -> Inputs.at(subject, "kind")
                                    .orElseThrow()
                                    .getAsString()
                                    .toLowerCase(Locale.ROOT) + ":"
                            + Inputs.at(subject, "name").orElseThrow().getAsString())
                    .toList();
            assertThat(named).isEqualTo(queue.config().debuggers());
        }
        assertThat(stack.plan().ofType("kubernetes:rbac.authorization.k8s.io/v1:Role"))
                .filteredOn(role -> Inputs.plainTexts(role.inputs()).anyMatch("pods/exec"::equals))
                .allMatch(role -> role.name().endsWith("-debug-role"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void aPipelineBringsAPodSpecOnlyWhereTheQueueTakesThem(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            var release = stack.plan()
                    .find("kubernetes:helm.sh/v3:Release", "queue-" + queue.name() + "-release")
                    .orElseThrow();
            var admission = stack.plan()
                    .find("kubernetes:core/v1:ConfigMap", "queue-" + queue.name() + "-admission")
                    .orElseThrow();
            assertThat(Inputs.text(release, "values", "config", "prohibit-kubernetes-plugin"))
                    .as(queue.name())
                    .isEqualTo(String.valueOf(!queue.takesPodSpecs()));
            assertThat(Inputs.text(admission, "data", "podSpecs"))
                    .as(queue.name())
                    .isEqualTo(queue.takesPodSpecs() ? "allowed" : "prohibited");
        }
    }

    @Test
    void devAndProdTakeNoPodSpecs(PreviewedStacks previews) {
        assertThat(Stream.of(previews.dev(), previews.prod())
                        .flatMap(stack -> stack.fleet().queues().stream())
                        .filter(Queue::takesPodSpecs))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void aShellLooksForJobsByTheLabelsThatTheyHave(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            var labels = stack.plan()
                    .find("kubernetes:helm.sh/v3:Release", "queue-" + queue.name() + "-release")
                    .flatMap(release -> Inputs.at(release, "values", "config", "default-metadata", "labels"))
                    .orElseThrow()
                    .getAsJsonObject();
            assertThat(queue.jobSelector().split(","))
                    .containsExactlyInAnyOrderElementsOf(labels.entrySet().stream()
                            .map(label ->
                                    label.getKey() + "=" + label.getValue().getAsString())
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void onlyHelmTouchesSecrets(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            var roles = stack.plan().ofType("kubernetes:rbac.authorization.k8s.io/v1:Role").stream()
                    .filter(role -> role.name().startsWith("queue-" + queue.name() + "-deploy"))
                    .toList();
            assertThat(roles).hasSameSizeAs(queue.config().namespaces());
            assertThat(roles)
                    .allMatch(role ->
                            Inputs.plainTexts(role.inputs()).anyMatch("secrets"::equals) == queue.can(Capability.HELM));
        }
    }

    private static List<List<String>> rules(StackPreview stack) {
        return stack.plan().ofType("kubernetes:rbac.authorization.k8s.io/v1:Role").stream()
                .flatMap(role -> Inputs.items(role.inputs(), "rules").stream())
                .map(rule -> Inputs.plainTexts(rule).toList())
                .toList();
    }

    private static List<Registration> bucketGrants(StackPreview stack, Queue queue, String role) {
        return stack.plan().ofType("gcp:storage/bucketIAMMember:BucketIAMMember").stream()
                .filter(grant -> Inputs.text(grant, "member").equals(member(stack, queue)))
                .filter(grant -> Inputs.text(grant, "role").equals(role))
                .toList();
    }

    private static String member(StackPreview stack, Queue queue) {
        return "serviceAccount:" + queue.account().orElseThrow() + "@"
                + stack.fleet().config().project() + ".iam.gserviceaccount.com";
    }

    private static String podSecurity(StackPreview stack, Queue queue) {
        return stack.plan().ofType("kubernetes:core/v1:Namespace").stream()
                .filter(namespace -> Inputs.text(namespace, "metadata", "name").equals(queue.namespace()))
                .map(namespace -> Inputs.text(namespace, "metadata", "labels", "pod-security.kubernetes.io/enforce"))
                .findFirst()
                .orElseThrow();
    }
}
