package io.buildkitefleet.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import io.buildkitefleet.apiserver.ApiClient.Answer;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.kubernetes.admission.JobParameters;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pods.RecordedJobs;
import io.buildkitefleet.pods.StackController;
import io.buildkitefleet.pods.Step;
import io.buildkitefleet.pods.Steps;
import io.buildkitefleet.pods.StrategicMerge;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real API server holds the queues of every stack to the fleet's policies. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PreviewedStacks.Extension.class)
class QueueAdmissionTest {
    private static final Gson GSON = new GsonBuilder()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();

    private static final String JOB = "buildkite-0190046e-e199-453b-a302-a21a4d649d31-abcde";

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

    @TestFactory
    Stream<DynamicTest> refusesEveryAttackByTheRuleThatIsMeant(PreviewedStacks previews) {
        return eachQueue(previews, (stack, queue) -> {
            var controller = StackController.of(stack.plan(), queue.name());
            var job = controller.job(Step.PLAIN);
            var wrong = new ArrayList<String>();
            for (var attack : Attack.all()) {
                if (attack.isFor(queue)) {
                    var attacked = attack.on(job, queue);
                    var asJob = client(stack).as(controller.user()).tryToCreate(attacked);
                    note(wrong, attack, queue, asJob);
                    // The rules are the same for both; the stack that has every kind of queue stands for the others.
                    if (!attack.isOfTheJob() && stack.plan().stack().name().equals("full")) {
                        var pod = StackController.podOf(attacked);
                        note(
                                wrong,
                                attack,
                                queue,
                                client(stack).as(jobController()).tryToCreate(pod));
                    }
                }
            }
            assertThat(wrong).isEmpty();
        });
    }

    private static void note(List<String> wrong, Attack attack, Queue queue, Answer answer) {
        var expected = attack.ruleOn(queue);
        if (expected.isEmpty()) {
            if (!answer.isAccepted()) {
                wrong.add(attack + " must be admitted with pod specs: " + answer);
            }
        } else if (answer.isAccepted()) {
            wrong.add(attack + " is admitted, and not refused by [" + expected.get() + "]: " + answer.request());
        } else if (!answer.message().contains("[" + expected.get() + "]")
                && !attack.isRefusedBefore(answer.message())) {
            wrong.add(attack + " is not refused by [" + expected.get() + "]: " + answer);
        }
    }

    /** The controller fails a job with what it is told only when it is told that the Job is invalid. */
    @Test
    void aRefusalReachesThePersonWhoseStepItIs(PreviewedStacks previews) throws Exception {
        var queue = queue(previews.prod(), "light");
        var controller = StackController.of(previews.prod().plan(), queue.name());
        var job = controller.job(Steps.kind("kubernetes-plugin-sidecar"));
        var answer = client(previews.prod()).as(controller.user()).tryToCreate(job);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(Json.text(answer.body(), "reason")).isEqualTo("Invalid");
        assertThat(answer.message()).contains("[containers]", "podSpecs: allowed");
    }

    @TestFactory
    Stream<DynamicTest> refusesPodSpecsWhereTheQueueDoesNotTakeThem(PreviewedStacks previews) {
        return eachQueue(previews, (stack, queue) -> {
            var controller = StackController.of(stack.plan(), queue.name());
            for (var step : Steps.kinds()) {
                var answer = client(stack).as(controller.user()).tryToCreate(controller.job(step));
                assertThat(answer.isAccepted())
                        .as("%s: %s", step, answer)
                        .isEqualTo(queue.takesPodSpecs()
                                || !Steps.makesAnotherPod(step) && !(queue.signs() && Steps.namesAnImage(step)));
            }
        });
    }

    /** The Jobs of the real controller, under parameters that come from the configuration that it had. */
    @Test
    void admitsEveryJobThatTheRealControllerMade(PreviewedStacks previews) throws Exception {
        var refused = new ArrayList<String>();
        for (var recorded : RecordedJobs.all()) {
            var namespace = "recorded-" + recorded.stack() + "-" + recorded.queue();
            var user = "system:serviceaccount:" + namespace + ":controller";
            makeQueue(client(previews.full()), namespace, user, recorded);
            for (var step : Steps.kinds()) {
                var job = recorded.job(step);
                job.getAsJsonObject("metadata").addProperty("namespace", namespace);
                note(
                        refused,
                        recorded + ", " + step,
                        client(previews.full()).as(user).tryToCreate(job));
                var pod = StackController.podOf(job);
                note(
                        refused,
                        recorded + ", " + step,
                        client(previews.full()).as(jobController()).tryToCreate(pod));
            }
        }
        assertThat(refused).isEmpty();
    }

    private static void makeQueue(ApiClient client, String namespace, String user, RecordedJobs recorded)
            throws Exception {
        client.apply(Json.parse("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace
                        + ", labels: {buildkite-fleet/queue: " + recorded.queue() + "}}}")
                .getAsJsonObject());
        client.apply(Json.parse(
                        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: job, namespace: " + namespace + "}}")
                .getAsJsonObject());
        var config = new LinkedHashMap<String, Object>();
        GSON.<Map<String, Object>>fromJson(recorded.config(), Map.class).forEach(config::put);
        config.putIfAbsent("image", "ghcr.io/buildkite/agent:3.136.2");
        if (!recorded.config().getAsJsonObject("agent-config").has("hooks-path")) {
            recorded.config().getAsJsonObject("agent-config").addProperty("hooks-path", "/workspace/hooks");
            config.put("agent-config", GSON.fromJson(recorded.config().get("agent-config"), Map.class));
        }
        // One of them refused pod specs, and its Jobs of such steps were made all the same.
        config.put("prohibit-kubernetes-plugin", false);
        var data = new TreeMap<>(JobParameters.of(config, "agent-token", List.of()));
        data.put("controller", user);
        var map = Json.of(Map.of("apiVersion", "v1", "kind", "ConfigMap"));
        map.add("metadata", Json.of(Map.of("name", "admission", "namespace", namespace)));
        map.add("data", Json.of(data));
        assertThat(client.apply(map).isAccepted()).isTrue();
        awaitNamespace(client, user, recorded, namespace);
    }

    private static void awaitNamespace(ApiClient client, String user, RecordedJobs recorded, String namespace)
            throws Exception {
        var job = recorded.job(Step.PLAIN);
        job.getAsJsonObject("metadata").addProperty("namespace", namespace);
        Eventually.holds(
                "a plain Job is admitted into " + namespace,
                () -> client.as(user).tryToCreate(job).isAccepted());
    }

    @Test
    void onlyTheQueuesOwnControllerAsksForAJob(PreviewedStacks previews) throws Exception {
        var stack = previews.prod();
        var light = StackController.of(stack.plan(), "light");
        var others = List.of(
                "administrator",
                "jane@example.com",
                "system:serviceaccount:buildkite-light:job",
                "system:kube-controller-manager",
                StackController.of(stack.plan(), "deploy").user());
        for (var user : others) {
            var answer = client(stack).as(user).tryToCreate(light.job(Step.PLAIN));
            assertThat(answer.message()).as(user).contains("[made-by]", "add a step to a pipeline");
        }
    }

    @Test
    void onlyKubernetesMakesAPodAndOnlyOfAJob(PreviewedStacks previews) throws Exception {
        var stack = previews.prod();
        var light = StackController.of(stack.plan(), "light");
        for (var user : List.of("administrator", "system:serviceaccount:buildkite-light:job", light.user())) {
            var answer = client(stack).as(user).tryToCreate(light.pod(Step.PLAIN));
            assertThat(answer.message()).as(user).contains("[made-by]");
        }
        for (var owner : List.of("DaemonSet", "StatefulSet", "Node", "")) {
            var pod = light.pod(Step.PLAIN);
            var owners = pod.getAsJsonObject("metadata").getAsJsonArray("ownerReferences");
            if (owner.isEmpty()) {
                pod.getAsJsonObject("metadata").remove("ownerReferences");
            } else {
                owners.get(0).getAsJsonObject().addProperty("kind", owner);
            }
            var answer = client(stack).as("system:kube-controller-manager").tryToCreate(pod);
            assertThat(answer.message()).as("of a " + owner).contains("[made-by]");
        }
    }

    @Test
    void aPodIsNoControllerBecauseItSaysSo(PreviewedStacks previews) throws Exception {
        var stack = previews.full();
        var queue = queue(stack, "small");
        var deployments = client(stack).as(StackCluster.DEPLOYMENT_CONTROLLER);
        assertThat(deployments
                        .tryToCreate(StackCluster.controllerPod(stack.plan(), queue, "a"))
                        .isAccepted())
                .isTrue();

        for (var attack : CONTROLLER_ATTACKS.entrySet()) {
            var pod = StrategicMerge.of(
                    StackCluster.controllerPod(stack.plan(), queue, "a"),
                    Json.parse(attack.getValue()).getAsJsonObject());
            assertThat(deployments.tryToCreate(pod).message())
                    .as(attack.getValue())
                    .contains("[" + attack.getKey().split(" ")[0] + "]");
        }
        var answer =
                client(stack).as("administrator").tryToCreate(StackCluster.controllerPod(stack.plan(), queue, "a"));
        assertThat(answer.message()).contains("[made-by]");
    }

    private static final Map<String, String> CONTROLLER_ATTACKS = Map.of(
            "labels", "{metadata: {labels: {buildkite-fleet/queue: big}}}",
            "pod 1", "{spec: {nodeSelector: {buildkite-fleet/pool: big}}}",
            "pod 2", "{spec: {hostPID: true}}",
            "pod 3", "{spec: {hostNetwork: true}}",
            "pod 4", "{spec: {volumes: [{name: node, hostPath: {path: /}}]}}",
            "pod 5", "{spec: {serviceAccountName: job}}",
            "rights 1",
                    "{spec: {containers: [{name: controller, securityContext: {privileged: true, allowPrivilegeEscalation: true}}]}}",
            "rights 2",
                    "{spec: {containers: [{name: controller, securityContext: {capabilities: {add: [SYS_PTRACE]}}}]}}");

    @Test
    void aPodStaysWhatItWasMadeAs(PreviewedStacks previews) throws Exception {
        var stack = previews.prod();
        var light = StackController.of(stack.plan(), "light");
        var client = client(stack);
        assertThat(client.as(jobController()).create(light.pod(Step.PLAIN)).isAccepted())
                .isTrue();
        var path = "/api/v1/namespaces/" + light.namespace() + "/pods/" + JOB;

        assertThat(client.tryToMerge(path, "{spec: {containers: [{name: agent, image: \"docker.io/evil/agent:1\"}]}}")
                        .message())
                .contains("[changes]");
        assertThat(client.tryToMerge(path, "{metadata: {labels: {buildkite-fleet/role: controller}}}")
                        .message())
                .contains("[labels]");
        assertThat(client.tryToMerge(path, "{metadata: {finalizers: [batch.kubernetes.io/job-tracking]}}")
                        .isAccepted())
                .isTrue();
        client.delete(path + "?gracePeriodSeconds=0");
    }

    @Test
    void aJobOnlyEndsSooner(PreviewedStacks previews) throws Exception {
        var stack = previews.prod();
        var light = StackController.of(stack.plan(), "light");
        var client = client(stack).as(light.user());
        assertThat(client.create(light.job(Step.PLAIN)).isAccepted()).isTrue();
        var path = "/apis/batch/v1/namespaces/" + light.namespace() + "/jobs/" + JOB.replace("-abcde", "");

        assertThat(client.tryToMerge(path, "{spec: {activeDeadlineSeconds: 1}}").isAccepted())
                .isTrue();
        assertThat(client.tryToMerge(path, "{spec: {activeDeadlineSeconds: 2592000}}")
                        .message())
                .contains("[changes]");
        assertThat(client.tryToMerge(path, "{spec: {parallelism: 50}}").message())
                .contains("[changes]");
        assertThat(client.tryToMerge(path, "{spec: {backoffLimit: 50}}").message())
                .contains("[changes]");
        assertThat(client.tryToMerge(path, "{spec: {suspend: true}}").message()).contains("[changes]");
        client(stack).delete(path);
    }

    @Test
    void aDebuggerOpensAShellInTheStepOfAJobAndNowhereElse(PreviewedStacks previews) throws Exception {
        var stack = previews.full();
        var small = StackController.of(stack.plan(), "small");
        var client = client(stack);
        assertThat(client.as(jobController()).create(small.pod(Step.PLAIN)).isAccepted())
                .isTrue();
        var controller = StackCluster.controllerPod(
                stack.plan(), queue(stack, "small"), "buildkite-small-agent-stack-k8s-5d8f-abcde");
        assertThat(client.as(StackCluster.DEPLOYMENT_CONTROLLER)
                        .create(controller)
                        .isAccepted())
                .isTrue();
        var jane = client.withRightsOf("jane@example.com");

        assertThat(shell(jane, JOB, "&container=container-0")).doesNotContain("denied request", "forbidden");
        for (var container : List.of("agent", "checkout", "copy-agent", "docker")) {
            assertThat(shell(jane, JOB, "&container=" + container)).contains("[container]");
        }
        assertThat(shell(jane, JOB, "")).contains("[container]");
        assertThat(shell(jane, "buildkite-small-agent-stack-k8s-5d8f-abcde", "&container=controller"))
                .contains("[shell]");
        assertThat(shell(client, "buildkite-small-agent-stack-k8s-5d8f-abcde", "&container=controller"))
                .as("the administrator, who may read Secrets anyway")
                .doesNotContain("denied request");
        assertDebugs(jane, small.namespace());
    }

    private static void assertDebugs(ApiClient jane, String namespace) throws InterruptedException {
        var path = "/api/v1/namespaces/" + namespace + "/pods/" + JOB + "/ephemeralcontainers";
        assertThat(debug(
                        jane,
                        path,
                        "securityContext: {capabilities: {add: [SYS_PTRACE]}}, targetContainerName: container-0"))
                .isEmpty();
        assertThat(debug(jane, path, "stdin: true, tty: true")).isEmpty();
        for (var attack : List.of(
                "securityContext: {privileged: true}",
                "securityContext: {capabilities: {add: [SYS_ADMIN]}}",
                "securityContext: {seccompProfile: {type: Unconfined}}",
                "targetContainerName: agent",
                "targetContainerName: checkout",
                "volumeMounts: [{name: workspace, mountPath: /w}]",
                "envFrom: [{secretRef: {name: agent-token}}]",
                "env: [{name: T, valueFrom: {secretKeyRef: {name: agent-token, key: BUILDKITE_AGENT_TOKEN}}}]")) {
            assertThat(debug(jane, path, attack)).as(attack).contains("[debug]");
        }
        var controller = "/api/v1/namespaces/" + namespace
                + "/pods/buildkite-small-agent-stack-k8s-5d8f-abcde/ephemeralcontainers";
        assertThat(debug(jane, controller, "stdin: true")).contains("[shell]");
    }

    private static String shell(ApiClient client, String pod, String query) throws InterruptedException {
        return client.openShell("buildkite-small", pod, query).message();
    }

    private static String debug(ApiClient client, String path, String container) throws InterruptedException {
        return client.tryToMerge(
                        path, "{spec: {ephemeralContainers: [{name: debug, image: \"busybox:1\", " + container + "}]}}")
                .message();
    }

    @Test
    void aNamespaceOfAQueueWithoutParametersAdmitsNothing(PreviewedStacks previews) throws Exception {
        var client = client(previews.dev());
        client.apply(Json.parse(
                        "{apiVersion: v1, kind: Namespace, metadata: {name: bare, labels: {buildkite-fleet/queue: bare}}}")
                .getAsJsonObject());
        var job = StackController.of(previews.dev().plan(), "light").job(Step.PLAIN);
        job.getAsJsonObject("metadata").addProperty("namespace", "bare");

        assertThat(client.as("system:serviceaccount:bare:controller")
                        .tryToCreate(job)
                        .isAccepted())
                .isFalse();
    }

    @Test
    void imagesComeFromTheRegistriesOfTheQueue(PreviewedStacks previews) throws Exception {
        var stack = previews.full();
        var controller = StackController.of(stack.plan(), "untrusted");
        var client = client(stack).as(controller.user());
        for (var image : List.of(
                "golang:1.25.3",
                "docker.io/library/golang:1.25.3",
                "index.docker.io/library/golang:1",
                "docker.io/golang:1",
                "index.docker.io/golang:1",
                "ghcr.io/acme/app:1")) {
            assertThat(client.tryToCreate(controller.job(withImage(image))).isAccepted())
                    .as(image)
                    .isTrue();
        }
        for (var image : List.of(
                "acme/golang:1",
                "ghcr.io/acmeevil/app:1",
                "ghcr.io/acme/../evil/app:1",
                "docker.io/library/../evil/app:1",
                "ghcr.io/evil/acme/app:1",
                "evil.example/docker.io/library/x:1",
                "us-west1-docker.pkg.dev/acme-ci-full/ci-images/app:1",
                "localhost/docker.io/library/x:1")) {
            assertThat(client.tryToCreate(controller.job(withImage(image))).message())
                    .as(image)
                    .contains("[images]", "imageRegistries");
        }
    }

    private static Step withImage(String image) {
        return new Step("a step with an image", Map.of("BUILDKITE_IMAGE", image));
    }

    private static void note(List<String> refused, String words, Answer answer) {
        if (!answer.isAccepted()) {
            refused.add(words + ": " + answer);
        }
    }

    private interface QueueTest {
        void of(StackPreview stack, Queue queue) throws Exception;
    }

    private static Stream<DynamicTest> eachQueue(PreviewedStacks previews, QueueTest test) {
        return previews.all().flatMap(stack -> stack.fleet().queues().stream()
                .map(queue -> DynamicTest.dynamicTest(
                        stack.plan().stack().name() + ", queue " + queue.name(), () -> test.of(stack, queue))));
    }

    private static Queue queue(StackPreview stack, String name) {
        return stack.fleet().queues().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String jobController() {
        return StackCluster.JOB_CONTROLLERS.get(0);
    }

    private ApiClient client(StackPreview stack) throws Exception {
        return clusters.of(stack).client();
    }
}
