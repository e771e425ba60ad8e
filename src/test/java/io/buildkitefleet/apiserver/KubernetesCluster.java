package io.buildkitefleet.apiserver;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A Kubernetes of the real programs but for its machines: an API server with its store, the controllers, the scheduler,
 * and nodes that kwok plays. A pod that is placed on one runs at once, and until somebody deletes it. What GKE adds to
 * a cluster and the fleet uses is there, too.
 */
public final class KubernetesCluster implements AutoCloseable {
    private static final String ADMINISTRATORS = "system:masters";

    private static final Path STAGES =
            Path.of("src", "test", "resources", "kwok").toAbsolutePath();

    /** What GKE calls the effects of a taint, to what Kubernetes calls them. */
    private static final Map<String, String> EFFECTS =
            Map.of("NO_SCHEDULE", "NoSchedule", "PREFER_NO_SCHEDULE", "PreferNoSchedule", "NO_EXECUTE", "NoExecute");

    private final Path directory;
    private final ApiServer server;
    private final Programs programs;

    /**
     * Starts a cluster that keeps everything in a directory, with one node of each pool of a stack.
     *
     * @param plan of the stack
     */
    public KubernetesCluster(Path directory, Plan plan)
            throws IOException, InterruptedException, GeneralSecurityException {
        this.directory = directory;
        server = new ApiServer(directory);
        programs = new Programs(directory);
        try {
            GkeObjects.addTo(client());
            addNodes(plan);
            startPrograms();
        } catch (IOException | InterruptedException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    public ApiClient client() {
        return server.client();
    }

    /** What GKE calls its endpoint: an address without a scheme. */
    public String endpoint() {
        return server.address();
    }

    /** The certificate of its authority. */
    public Path certificate() {
        return server.certificate();
    }

    /** The certificate of its authority, as GKE has it: base64 of PEM. */
    public String authority() throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(certificate()));
    }

    /**
     * A program that prints the token of an administrator as kubectl and its like take it; all clusters have the same.
     */
    public String loginScript() {
        return String.format(Locale.ROOT, """
                #!/bin/sh
                case "$*" in
                --use_application_default_credentials | --impersonate_service_account=*) printf '%%s\\n' "$*" >> "$0.logins" ;;
                *)
                  echo "this would be gcloud's own login" >&2
                  exit 1
                  ;;
                esac
                echo '{"apiVersion": "client.authentication.k8s.io/v1beta1", "kind": "ExecCredential", "status": {"token": "%s"}}'
                """, server.token());
    }

    /** Adds a node of each pool of a stack that has none yet. */
    public void addNodes(Plan plan) throws InterruptedException {
        for (var pool : plan.ofType("gcp:container/nodePool:NodePool")) {
            var node = node(pool);
            if (client().find(node).isEmpty()) {
                client().add(node);
            }
        }
    }

    /** How kubectl asks it as an administrator, at the endpoint that it has now. */
    public Path kubeconfig() throws IOException {
        return server.kubeconfig("administrator.yaml", "administrator", ADMINISTRATORS);
    }

    /** The same under the name of a context which is not the current one. */
    public Path kubeconfigWith(String context) throws IOException {
        return server.kubeconfig(context + ".yaml", "administrator", ADMINISTRATORS, context, "elsewhere");
    }

    /** Adds a node that is of no pool. */
    public void addNode(String name) throws InterruptedException {
        client().add(node(name, new JsonObject(), List.of()));
    }

    /** Says whether the node of a pool takes pods that it does not have yet. */
    public void setSchedulable(String node, boolean schedulable) throws InterruptedException {
        client().merge("/api/v1/nodes/" + node, "{spec: {unschedulable: " + !schedulable + "}}");
    }

    /** Gives it another endpoint and another authority, as a rotation of credentials does. */
    public void move() throws IOException, InterruptedException, GeneralSecurityException {
        programs.close();
        server.move();
        startPrograms();
    }

    /** Stops the programs before the server, of which they would ask in vain. */
    @Override
    public void close() {
        programs.close();
        server.close();
    }

    private void startPrograms() throws IOException, InterruptedException {
        var controllers = programs.start(
                "kube-controller-manager",
                "--kubeconfig=" + server.kubeconfig("controllers.yaml", "system:kube-controller-manager", ""),
                "--use-service-account-credentials=true",
                "--service-account-private-key-file=" + server.signingKey(),
                "--root-ca-file=" + server.certificate(),
                // There are no machines, and no cloud that has them.
                "--controllers=*,-node-ipam-controller,-node-route-controller",
                "--pvclaimbinder-sync-period=1s",
                "--leader-elect=false",
                "--secure-port=0");
        programs.start(
                "kube-scheduler",
                "--kubeconfig=" + server.kubeconfig("scheduler.yaml", "system:kube-scheduler", ""),
                "--leader-elect=false",
                "--secure-port=0");
        var arguments = new ArrayList<>(List.of(
                "--kubeconfig=" + server.kubeconfig("kwok.yaml", "kwok", ADMINISTRATORS),
                "--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake",
                "--node-lease-duration-seconds=40",
                "--server-address=127.0.0.1:" + ApiServer.freePort()));
        try (var stages = Files.newDirectoryStream(STAGES)) {
            stages.forEach(stage -> arguments.add("--config=" + stage));
        }
        programs.start("kwok", arguments.toArray(String[]::new));
        programs.await(controllers, () -> client().isServed("/api/v1/namespaces/default/serviceaccounts/default"));
    }

    private static JsonObject node(Registration pool) {
        var taints = Inputs.items(pool.inputs(), "nodeConfig", "taints").stream()
                .map(KubernetesCluster::taint)
                .toList();
        var labels = new JsonObject();
        Inputs.at(pool, "nodeConfig", "labels").ifPresent(own -> own.getAsJsonObject()
                .asMap()
                .forEach((name, value) -> labels.add(name, PropertyValues.unwrapped(value))));
        return node(pool.name(), labels, taints);
    }

    /** A machine larger than any that can be had, so that nothing here is about how much fits on it. */
    private static JsonObject node(String name, JsonObject labels, List<JsonObject> taints) {
        labels.addProperty("kubernetes.io/hostname", name);
        labels.addProperty("kubernetes.io/os", "linux");
        var node = Json.of(Map.of("apiVersion", "v1", "kind", "Node"));
        var metadata = Json.of(Map.of("name", name));
        metadata.add("annotations", Json.of(Map.of("kwok.x-k8s.io/node", "fake")));
        metadata.add("labels", labels);
        node.add("metadata", metadata);
        var spec = new JsonObject();
        taints.forEach(taint -> Json.list(spec, "taints").add(taint));
        node.add("spec", spec);
        node.add("status", Json.parse("""
                capacity: {cpu: "1000", memory: 4Ti, ephemeral-storage: 100Ti, pods: "1000", nvidia.com/gpu: "8"}
                allocatable: {cpu: "1000", memory: 4Ti, ephemeral-storage: 100Ti, pods: "1000", nvidia.com/gpu: "8"}
                conditions: [{type: Ready, status: "True", reason: KubeletReady}]
                """));
        return node;
    }

    private static JsonObject taint(JsonElement taint) {
        var known = PropertyValues.unwrapped(taint).getAsJsonObject().deepCopy();
        known.addProperty("effect", EFFECTS.get(Json.text(known, "effect")));
        return known;
    }
}
