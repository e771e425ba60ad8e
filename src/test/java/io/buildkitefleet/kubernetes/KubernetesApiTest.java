package io.buildkitefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.testing.ComponentTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The connection to the cluster, once the cluster is there. */
class KubernetesApiTest extends ComponentTest {
    @Test
    void asksForATokenInsteadOfHoldingOne() {
        assertThat(first("users"))
                .extractingByKey("user")
                .isEqualTo(Map.of(
                        "exec",
                        Map.of(
                                "apiVersion", "client.authentication.k8s.io/v1beta1",
                                "command", "gke-gcloud-auth-plugin",
                                "provideClusterInfo", true)));
    }

    @Test
    void trustsTheClustersOwnAuthority() {
        assertThat(first("clusters"))
                .extractingByKey("cluster")
                .isEqualTo(Map.of("server", "https://203.0.113.7", "certificate-authority-data", "UEVN"));
    }

    private Map<String, Object> first(String list) {
        run(context -> new KubernetesApi(
                "kubernetes",
                new KubernetesApi.Args(
                        Output.of("bk-dev"),
                        Output.of("203.0.113.7"),
                        Output.of("UEVN"),
                        "bk-dev-1",
                        List.of(new ComponentResource("test:Nodes", "nodes"))),
                ComponentResourceOptions.builder().build()));
        var kubeconfig = (String) inputsOf("pulumi:providers:kubernetes").get("kubeconfig");
        Map<String, List<Map<String, Object>>> document =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(kubeconfig);
        return document.get(list).get(0);
    }
}
