package io.buildkitefleet.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of the tests does what a cluster does, for other tests to rely on. */
@Tag("engine")
@ExtendWith(PreviewedStacks.Extension.class)
class KubernetesClusterTest {
    private static final String PODS = "/api/v1/namespaces/default/pods";

    @TempDir
    private static Path directory;

    private static KubernetesCluster cluster;

    @BeforeAll
    static void aCluster(PreviewedStacks previews) throws Exception {
        cluster = new KubernetesCluster(directory, previews.dev().plan());
    }

    @AfterAll
    static void stopIt() {
        cluster.close();
    }

    @Test
    void thePodOfADeploymentRunsOnANodeThatTakesIt() throws Exception {
        create("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: default}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      nodeSelector: {buildkite-fleet/pool: system}
                      containers: [{name: web, image: "web:1"}]
                """);

        Eventually.holds("the Deployment is ready", () -> Inputs.at(
                        cluster.client().get("/apis/apps/v1/namespaces/default/deployments/web"),
                        "status",
                        "readyReplicas")
                .isPresent());
        assertThat(pods("web"))
                .extracting(pod -> Json.text(pod.getAsJsonObject("spec"), "nodeName"))
                .containsExactly("pool-system-nodes");
    }

    @Test
    void aDiskIsMadeForThePodThatClaimsIt() throws Exception {
        create("""
                apiVersion: storage.k8s.io/v1
                kind: StorageClass
                metadata: {name: disks}
                provisioner: pd.csi.storage.gke.io
                volumeBindingMode: WaitForFirstConsumer
                """);
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: store, namespace: default, labels: {app: store}}
                spec:
                  containers: [{name: store, image: "store:1"}]
                  nodeSelector: {buildkite-fleet/pool: system}
                  volumes:
                    - name: data
                      ephemeral:
                        volumeClaimTemplate:
                          spec: {accessModes: [ReadWriteOnce], storageClassName: disks, resources: {requests: {storage: 1Gi}}}
                """);

        Eventually.holds("the pod runs", () -> pods("store").toString().contains("\"phase\":\"Running\""));
    }

    @Test
    void aPodWaitsThatNoNodeTakes() throws Exception {
        create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: strange, namespace: default, labels: {app: strange}}
                spec:
                  nodeSelector: {buildkite-fleet/pool: big}
                  containers: [{name: strange, image: "strange:1"}]
                """);

        Eventually.holds(
                "the scheduler has looked", () -> pods("strange").toString().contains("Unschedulable"));
    }

    @Test
    void aNamespaceThatIsDeletedTakesWhatIsInItAlong() throws Exception {
        create("{apiVersion: v1, kind: Namespace, metadata: {name: short}}");
        create("{apiVersion: v1, kind: ConfigMap, metadata: {name: lived, namespace: short}}");
        cluster.client().delete("/api/v1/namespaces/short");

        Eventually.holds("the namespace is gone", () -> !cluster.client().isServed("/api/v1/namespaces/short"));
    }

    private static void create(String yaml) throws InterruptedException {
        cluster.client().add(Json.parse(yaml).getAsJsonObject());
    }

    private static List<JsonObject> pods(String app) throws InterruptedException {
        return cluster.client().list(PODS + "?labelSelector=app=" + app);
    }
}
