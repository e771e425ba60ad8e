package io.buildkitefleet.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.buildkitefleet.apiserver.ApiClient.Answer;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pods.StackController;
import io.buildkitefleet.pods.Step;
import io.buildkitefleet.pods.Steps;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The objects of every stack, and the Jobs and pods that its controllers make, under a real Kubernetes API server. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PreviewedStacks.Extension.class)
class ApiServerTest {
    /** The controller of a queue, twice while it is being replaced, is a pod of the queue's namespace, too. */
    private static final int CONTROLLERS = 2;

    @TempDir
    static Path directory;

    private static StackClusters clusters;

    @BeforeAll
    static void noServersYet() {
        clusters = new StackClusters(directory);
    }

    @AfterAll
    static void stopServers() {
        clusters.close();
    }

    @Test
    void takesEveryObjectWithoutAWarning(PreviewedStacks previews) throws Exception {
        for (var stack : stacks(previews)) {
            assertThat(cluster(stack).answers())
                    .isNotEmpty()
                    .allSatisfy(answer -> assertThat(answer.isAccepted())
                            .as(answer.toString())
                            .isTrue())
                    .allSatisfy(answer ->
                            assertThat(answer.warnings()).as(answer.request()).isEmpty());
        }
    }

    @Test
    void takesTheJobOfEveryStep(PreviewedStacks previews) throws Exception {
        var refused = new ArrayList<String>();
        for (var stack : stacks(previews)) {
            for (var queue : stack.fleet().queues()) {
                var controller = controller(stack, queue);
                for (var step : Steps.of(queue)) {
                    note(
                            refused,
                            step,
                            cluster(stack).client().as(controller.user()).tryToCreate(controller.job(step)));
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void admitsThePodOfEveryStep(PreviewedStacks previews) throws Exception {
        var refused = new ArrayList<String>();
        for (var stack : stacks(previews)) {
            for (var queue : stack.fleet().queues()) {
                var controller = controller(stack, queue);
                for (var user : StackCluster.JOB_CONTROLLERS) {
                    for (var step : Steps.of(queue)) {
                        note(refused, step, cluster(stack).client().as(user).tryToCreate(controller.pod(step)));
                    }
                }
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void admitsAsManyPodsAsThePlanSaysAndTheControllersButNoMore(PreviewedStacks previews) throws Exception {
        var stack = previews.prod();
        for (var queue : stack.fleet().queues()) {
            var pod = controller(stack, queue).pod(Step.PLAIN);
            for (int i = 0; i < queue.maxInFlight(); i++) {
                assertAdmitted(stack, StackCluster.JOB_CONTROLLERS.get(0), renamed(pod, "job-" + i));
            }
            for (int i = 0; i < CONTROLLERS; i++) {
                assertAdmitted(
                        stack,
                        StackCluster.DEPLOYMENT_CONTROLLER,
                        StackCluster.controllerPod(stack.plan(), queue, "controller-" + i));
            }
            assertThat(cluster(stack)
                            .client()
                            .as(StackCluster.JOB_CONTROLLERS.get(0))
                            .create(renamed(pod, "one-more"))
                            .message())
                    .as("one more pod of queue %s", queue.name())
                    .contains("exceeded quota: fleet");
        }
    }

    /** The policies refuse such a pod everywhere; here is what Kubernetes itself says of it. */
    @Test
    void podSecurityIsPrivilegedOnlyWhereTheQueueHasADockerDaemonOrPeopleWhoTrace(PreviewedStacks previews)
            throws Exception {
        var stack = previews.full();
        for (var queue : stack.fleet().queues()) {
            var answer = cluster(stack).client().tryToCreate(StackCluster.pod(queue.namespace(), "privileged", """
                    {image: "any:1.0", securityContext: {privileged: true}, resources: {requests: {cpu: 1m, memory: 1Mi}}}
                    """));
            assertThat(answer.isAccepted()).as(answer.toString()).isFalse();
            assertThat(answer.message().contains("violates PodSecurity"))
                    .as(answer.toString())
                    .isNotEqualTo(queue.needsPrivilegedNamespace());
        }
    }

    @Test
    void jobsMayDeployIntoTheNamespacesOfTheirQueueAndDoNothingElse(PreviewedStacks previews) throws Exception {
        var stack = previews.full();
        for (var queue : stack.fleet().queues()) {
            for (var namespace : stack.fleet().deployNamespaces()) {
                var own = queue.config().namespaces().contains(namespace);
                assertThat(mayCreate(stack, queue, "apps", "deployments", namespace))
                        .isEqualTo(own);
                assertThat(mayCreate(stack, queue, "", "secrets", namespace))
                        .isEqualTo(own && queue.can(Capability.HELM));
                assertThat(mayCreate(stack, queue, "rbac.authorization.k8s.io", "roles", namespace))
                        .isFalse();
            }
            assertThat(mayCreate(stack, queue, "", "pods", queue.namespace())).isFalse();
            assertThat(mayCreate(stack, queue, "", "secrets", "kube-system")).isFalse();
        }
    }

    private boolean mayCreate(StackPreview stack, Queue queue, String group, String resource, String namespace)
            throws Exception {
        var review = Json.of(Map.of("apiVersion", "authorization.k8s.io/v1", "kind", "SubjectAccessReview"));
        var user = "system:serviceaccount:" + queue.namespace() + ":" + Queue.SERVICE_ACCOUNT;
        var attributes = Map.of("group", group, "resource", resource, "namespace", namespace, "verb", "create");
        review.add("spec", Json.of(Map.of("user", user, "resourceAttributes", attributes)));
        var answer = cluster(stack).client().create(review);
        assertThat(answer.isAccepted()).as(answer.toString()).isTrue();
        return answer.body().getAsJsonObject("status").get("allowed").getAsBoolean();
    }

    private void assertAdmitted(StackPreview stack, String user, JsonObject pod) throws Exception {
        var answer = cluster(stack).client().as(user).create(pod);
        assertThat(answer.isAccepted()).as(answer.toString()).isTrue();
    }

    private static JsonObject renamed(JsonObject pod, String name) {
        var copy = pod.deepCopy();
        copy.getAsJsonObject("metadata").addProperty("name", name);
        return copy;
    }

    private static void note(List<String> refused, Step step, Answer answer) {
        if (!answer.isAccepted()) {
            refused.add(step + ": " + answer);
        }
    }

    private static StackController controller(StackPreview stack, Queue queue) {
        return StackController.of(stack.plan(), queue.name());
    }

    private StackCluster cluster(StackPreview stack) throws Exception {
        return clusters.of(stack);
    }

    private static List<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all().toList();
    }
}
