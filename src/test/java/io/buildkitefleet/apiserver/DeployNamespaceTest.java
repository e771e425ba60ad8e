package io.buildkitefleet.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.buildkitefleet.apiserver.ApiClient.Answer;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a real API server takes from a job in the namespace that its queue deploys into: what is usual there, and
 * nothing that takes a node, money or an address of others.
 */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PreviewedStacks.Extension.class)
class DeployNamespaceTest {
    private static final String NAMESPACE = "previews";

    private static final String JOB = "system:serviceaccount:buildkite-deploy:job";

    /** Where its pods run, as a manifest says it. */
    private static final String PLACE = "nodeSelector: {buildkite-fleet/pool: stable}, tolerations: [{key: "
            + "buildkite-fleet/pool, operator: Equal, value: stable, effect: NoSchedule}]";

    private static final String CONTAINER = "containers: [{name: app, image: 'app:1.0'}]";

    private StackCluster cluster;

    @BeforeAll
    void startServer(PreviewedStacks previews, @TempDir Path directory) throws Exception {
        cluster = new StackCluster(previews.prod().plan(), directory.resolve("cluster"));
        assertThat(cluster.answers())
                .allSatisfy(answer ->
                        assertThat(answer.isAccepted()).as(answer.toString()).isTrue());
        // The controller of service accounts makes one in every namespace.
        admin().create(object("v1", "ServiceAccount", "default", "{}"));
        Eventually.holds("quota and policies hold", this::hold);
        // It asks once what kinds there are, which a job may not.
        legitimate().forEach(arguments -> tryAs(admin(), (JsonObject) arguments.get()[1]));
        attacks().forEach(arguments -> tryAs(admin(), (JsonObject) arguments.get()[1]));
    }

    @AfterAll
    void stopServer() {
        cluster.close();
    }

    static Stream<Arguments> legitimate() {
        return Stream.of(
                of("a pod", pod(PLACE + ", " + CONTAINER)),
                of(
                        "a pod that narrows its nodes down and mounts what is its own",
                        pod(
                                "nodeSelector: {buildkite-fleet/pool: stable, buildkite-fleet/capacity: on-demand}, "
                                        + "tolerations: [{key: buildkite-fleet/pool, operator: Exists}], " + CONTAINER
                                        + ", volumes: [{name: a, emptyDir: {}}, {name: b, secret: {secretName: s}}, "
                                        + "{name: c, configMap: {name: c}}, {name: d, persistentVolumeClaim: {claimName: d}}]")),
                of(
                        "a pod that runs on ARM",
                        pod(PLACE.replace(
                                        "}]",
                                        "}, {key: kubernetes.io/arch, operator: Equal, value: arm64, "
                                                + "effect: NoSchedule}]")
                                + ", " + CONTAINER)),
                of("a Deployment", workload("apps/v1", "Deployment", PLACE + ", " + CONTAINER)),
                of("a StatefulSet", workload("apps/v1", "StatefulSet", PLACE + ", " + CONTAINER)),
                of("a Job", workload("batch/v1", "Job", "restartPolicy: Never, " + PLACE + ", " + CONTAINER)),
                of("a CronJob", cronJob("restartPolicy: Never, " + PLACE + ", " + CONTAINER)),
                of("a Service", object("v1", "Service", "app", "{spec: {ports: [{port: 80}], selector: {app: app}}}")),
                of("a disk", claim("10Gi")),
                of(
                        "a release of Helm",
                        object("v1", "Secret", "sh.helm.release.v1.app.v1", "{type: helm.sh/release.v1}")),
                of(
                        "a way in",
                        object(
                                "networking.k8s.io/v1",
                                "NetworkPolicy",
                                "open",
                                "{spec: {podSelector: {}, ingress: [{ports: [{port: 80}]}]}}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("legitimate")
    void aJobDeploysWhatIsUsual(String name, JsonObject object) throws Exception {
        var answer = job().tryToCreate(object);
        assertThat(answer.isAccepted()).as(answer.toString()).isTrue();
    }

    static Stream<Arguments> attacks() {
        var everywhere = "tolerations: [{operator: Exists}], ";
        var more = "nodeSelector: {buildkite-fleet/pool: stable}, tolerations: [{key: buildkite-fleet/pool, "
                + "operator: Exists}, ";
        return Stream.of(
                of(
                        "a DaemonSet on every node",
                        workload("apps/v1", "DaemonSet", everywhere + CONTAINER),
                        "[kind] a DaemonSet is for every node"),
                of("a pod that names no nodes", pod(CONTAINER), "[pool] pods of namespace previews run on"),
                of("a Deployment that names none", workload("apps/v1", "Deployment", CONTAINER), "of pool stable"),
                of(
                        "a CronJob that names none",
                        cronJob("restartPolicy: Never, " + CONTAINER),
                        "namespaces.previews.pool"),
                of(
                        "a pod on the system's nodes",
                        pod("nodeSelector: {buildkite-fleet/pool: system}, " + everywhere + CONTAINER),
                        "[pool]"),
                of(
                        "a pod on a Docker daemon's nodes",
                        pod("nodeSelector: {buildkite-fleet/pool: big}, tolerations: [{key: buildkite-fleet/pool, "
                                + "value: big}], " + CONTAINER),
                        "[pool]"),
                of("a pod past the scheduler", pod(PLACE + ", nodeName: gke-system-1, " + CONTAINER), "[node]"),
                of("a pod that tolerates everything", pod(more + "{operator: Exists}], " + CONTAINER), "[tolerations]"),
                of(
                        "a pod that stays where nodes are drained",
                        pod(more + "{key: node.kubernetes.io/unschedulable, operator: Exists}], " + CONTAINER),
                        "[tolerations]"),
                of("the node's network", pod("hostNetwork: true, " + PLACE + ", " + CONTAINER), "host namespaces"),
                of(
                        "the node's processes, later",
                        workload("apps/v1", "Deployment", "hostPID: true, " + PLACE + ", " + CONTAINER),
                        "[fields]"),
                of(
                        "the node's disk, later",
                        workload(
                                "apps/v1",
                                "StatefulSet",
                                PLACE + ", " + CONTAINER + ", volumes: [{name: node, hostPath: {path: /}}]"),
                        "[volumes]"),
                of(
                        "a volume of a driver",
                        pod(PLACE + ", " + CONTAINER + ", volumes: [{name: x, csi: {driver: secrets.example.com}}]"),
                        "[volumes]"),
                of(
                        "a pod before all jobs",
                        pod("priorityClassName: system-node-critical, " + PLACE + ", " + CONTAINER),
                        "[priority]"),
                of(
                        "a GPU",
                        pod(PLACE + ", containers: [{name: app, image: 'app:1.0', resources: {limits: "
                                + "{nvidia.com/gpu: 1}}}]"),
                        "exceeded quota: fleet, requested: requests.nvidia.com/gpu=1"),
                of(
                        "more than its share of the pool",
                        pod(PLACE + ", containers: [{name: app, image: 'app:1.0', resources: {requests: {cpu: 3}}}]"),
                        "exceeded quota: fleet, requested: requests.cpu=3"),
                of(
                        "a limit that is none",
                        pod(PLACE
                                + ", containers: [{name: app, image: 'app:1.0', resources: {requests: {memory: 64Mi}, "
                                + "limits: {memory: 900Gi}}}]"),
                        "maximum memory usage per Container is "),
                of(
                        "a limit of disk that is none",
                        pod(PLACE + ", containers: [{name: app, image: 'app:1.0', resources: {requests: "
                                + "{ephemeral-storage: 1Gi}, limits: {ephemeral-storage: 900Gi}}}]"),
                        "maximum ephemeral-storage usage per Container is "),
                of("a disk of 60 Ti", claim("60Ti"), "exceeded quota: fleet, requested: requests.storage=60Ti"),
                of("a load balancer", service("{type: LoadBalancer, ports: [{port: 80}]}"), "services.loadbalancers=1"),
                of("a port of each node", service("{type: NodePort, ports: [{port: 80}]}"), "services.nodeports=1"),
                of("an address of others", service("{externalIPs: [203.0.113.7], ports: [{port: 80}]}"), "[addresses]"),
                of(
                        "an ingress",
                        object(
                                "networking.k8s.io/v1",
                                "Ingress",
                                "app",
                                "{spec: {defaultBackend: {service: {name: app, port: {number: 80}}}}}"),
                        "count/ingresses.networking.k8s.io=1"),
                of(
                        "a way out",
                        object(
                                "networking.k8s.io/v1",
                                "NetworkPolicy",
                                "out",
                                "{spec: {podSelector: {}, policyTypes: [Egress], egress: [{}]}}"),
                        "[egress]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void aJobTakesNothingOfOthers(String name, JsonObject object, String reason) throws Exception {
        var answer = job().tryToCreate(object);
        assertThat(answer.isAccepted()).as(answer.toString()).isFalse();
        assertThat(answer.message()).contains(reason);
    }

    @Test
    void theFleetsOwnBoundsAreNotTheJobs() throws Exception {
        var policies = "/apis/networking.k8s.io/v1/namespaces/" + NAMESPACE + "/networkpolicies/own-pods-only";
        assertRefused(job().tryToDelete(policies), "[fleets]");
        assertRefused(job().tryToMerge(policies, "{spec: {policyTypes: [Ingress]}}"), "[fleets]");
        assertRefused(job().tryToDelete("/api/v1/namespaces/" + NAMESPACE + "/resourcequotas/fleet"), "cannot delete");
        assertRefused(job().tryToDelete("/api/v1/namespaces/" + NAMESPACE + "/limitranges/fleet"), "cannot delete");
        assertRefused(
                job().tryToMerge(
                                "/api/v1/namespaces/" + NAMESPACE, "{metadata: {labels: {buildkite-fleet/pool: big}}}"),
                "cannot patch");
        assertThat(admin().tryToDelete(policies).isAccepted()).isTrue();
    }

    @Test
    void whatWasAdmittedStaysSo() throws Exception {
        var object = workload("apps/v1", "Deployment", PLACE + ", " + CONTAINER);
        object.getAsJsonObject("metadata").addProperty("name", "changed");
        var answer = job().create(object);
        assertThat(answer.isAccepted()).as(answer.toString()).isTrue();
        var path = "/apis/apps/v1/namespaces/" + NAMESPACE + "/deployments/changed";

        assertThat(job().tryToMerge(path, "{spec: {replicas: 2}}").isAccepted()).isTrue();
        assertRefused(
                job().tryToMerge(path, "{spec: {template: {spec: {nodeSelector: {buildkite-fleet/pool: system}}}}}"),
                "[pool]");
    }

    /** Its finalizers would otherwise keep it for ever. */
    @Test
    void whatWasThereBeforeThePolicyCanStillEnd() throws Exception {
        var binding = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings/buildkite-deploy-pods";
        var kept = admin().get(binding);
        kept.remove("status");
        kept.getAsJsonObject("metadata").entrySet().removeIf(entry -> !entry.getKey()
                .equals("name"));
        var before = pod(CONTAINER);
        before.getAsJsonObject("metadata").addProperty("name", "before");
        admin().delete(binding);
        Eventually.holds("the policy is gone", () -> admin().create(before).isAccepted());
        admin().apply(kept);
        Eventually.holds(
                "the policy is back", () -> !admin().tryToCreate(pod(CONTAINER)).isAccepted());

        var path = "/api/v1/namespaces/" + NAMESPACE + "/pods/before";
        assertThat(admin().tryToMerge(path, "{metadata: {labels: {a: b}}}").isAccepted())
                .isTrue();
        assertRefused(admin().tryToMerge(path, "{spec: {activeDeadlineSeconds: 60}}"), "[pool]");
    }

    @Test
    void aContainerThatAsksForNothingIsBoundedToo() throws Exception {
        var answer = job().tryToCreate(pod(PLACE + ", " + CONTAINER));
        var resources = answer.body()
                .getAsJsonObject("spec")
                .getAsJsonArray("containers")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("resources");
        assertThat(Json.object(resources, "requests").keySet())
                .containsExactlyInAnyOrder("cpu", "memory", "ephemeral-storage");
        assertThat(Json.object(resources, "limits").keySet()).containsExactlyInAnyOrder("memory", "ephemeral-storage");
    }

    private static void assertRefused(Answer answer, String reason) {
        assertThat(answer.isAccepted()).as(answer.toString()).isFalse();
        assertThat(answer.message()).contains(reason);
    }

    private boolean hold() throws InterruptedException {
        return admin().tryToCreate(pod(CONTAINER)).message().contains("[pool]")
                && admin().tryToCreate(service("{externalIPs: [203.0.113.7], ports: [{port: 80}]}"))
                        .message()
                        .contains("[addresses]")
                && admin().tryToCreate(claim("60Ti")).message().contains("exceeded quota");
    }

    private static void tryAs(ApiClient client, JsonObject object) {
        try {
            client.tryToCreate(object);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private ApiClient admin() {
        return cluster.client();
    }

    private ApiClient job() {
        return cluster.client().withRightsOf(JOB);
    }

    private static Arguments of(Object... arguments) {
        return Arguments.of(arguments);
    }

    /** Whatever is beside {@code apiVersion}, {@code kind} and {@code metadata}, as YAML. */
    private static JsonObject object(String apiVersion, String kind, String name, String rest) {
        var object = Json.parse("{apiVersion: " + apiVersion + ", kind: " + kind + ", metadata: {name: " + name
                        + ", namespace: " + NAMESPACE + "}}")
                .getAsJsonObject();
        Json.parse(rest).getAsJsonObject().asMap().forEach(object::add);
        return object;
    }

    private static JsonObject pod(String spec) {
        return object("v1", "Pod", "app", "{spec: {" + spec + "}}");
    }

    private static JsonObject workload(String apiVersion, String kind, String spec) {
        var selector = kind.equals("Job") ? "" : "selector: {matchLabels: {app: app}}, ";
        return object(
                apiVersion,
                kind,
                "app",
                "{spec: {" + selector + "template: {metadata: {labels: {app: app}}, spec: {" + spec + "}}}}");
    }

    private static JsonObject cronJob(String spec) {
        return object(
                "batch/v1",
                "CronJob",
                "app",
                "{spec: {schedule: '0 * * * *', jobTemplate: {spec: {template: {spec: {" + spec + "}}}}}}");
    }

    private static JsonObject claim(String size) {
        return object(
                "v1",
                "PersistentVolumeClaim",
                "app",
                "{spec: {accessModes: [ReadWriteOnce], storageClassName: premium-rwo, resources: {requests: {storage: "
                        + size + "}}}}");
    }

    private static JsonObject service(String spec) {
        return object("v1", "Service", "app", "{spec: " + spec + "}");
    }
}
