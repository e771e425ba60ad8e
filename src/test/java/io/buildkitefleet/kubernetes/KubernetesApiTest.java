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
    private static final KubernetesApi.Server ADDRESS =
            KubernetesApi.Server.atAddress(Output.of("203.0.113.7"), Output.of("UEVN"));

    @Test
    void asksForATokenInsteadOfHoldingOne() {
        assertThat(first("users", ADDRESS, KubernetesApi.Login.withDefaultCredentials()))
                .extractingByKey("user")
                .isEqualTo(Map.of(
                        "exec",
                        Map.of(
                                "apiVersion",
                                "client.authentication.k8s.io/v1beta1",
                                "command",
                                "gke-gcloud-auth-plugin",
                                "args",
                                List.of("--use_application_default_credentials"),
                                "provideClusterInfo",
                                true)));
    }

    @Test
    void actsAsTheServiceAccountThatGooglesHalfIsMadeAs() {
        assertThat(first(
                        "users",
                        ADDRESS,
                        KubernetesApi.Login.as(Output.of("deployer@acme-ci.iam.gserviceaccount.com"))))
                .extractingByKey("user")
                .extracting("exec")
                .extracting("args")
                .isEqualTo(List.of("--impersonate_service_account=deployer@acme-ci.iam.gserviceaccount.com"));
    }

    @Test
    void whateverTheServiceAccountIsCalledIsOneArgument() {
        var name = "x\"],\"command: evil\\\n";

        assertThat(first("users", ADDRESS, KubernetesApi.Login.as(Output.of(name))))
                .extractingByKey("user")
                .extracting("exec")
                .extracting("args", "command")
                .containsExactly(List.of("--impersonate_service_account=" + name), "gke-gcloud-auth-plugin");
    }

    @Test
    void atItsNameTrustsTheAuthoritiesThatEverybodyTrusts() {
        var name = KubernetesApi.Server.atName(Output.of("gke-1.us-west1.gke.goog"));
        assertThat(first("clusters", name, KubernetesApi.Login.withDefaultCredentials()))
                .extractingByKey("cluster")
                .isEqualTo(Map.of("server", "https://gke-1.us-west1.gke.goog"));
    }

    @Test
    void atItsAddressTrustsTheClustersOwnAuthority() {
        assertThat(first("clusters", ADDRESS, KubernetesApi.Login.withDefaultCredentials()))
                .extractingByKey("cluster")
                .isEqualTo(Map.of("server", "https://203.0.113.7", "certificate-authority-data", "UEVN"));
    }

    @Test
    void toAClusterThatIsThereNamesItsContextAndNothingElse() {
        run(context -> new KubernetesApi(
                "kubernetes",
                new KubernetesApi.Args(new KubernetesApi.Connection.Context("kind-fleet"), "kind-fleet", List.of()),
                ComponentResourceOptions.builder().build()));
        assertThat(inputsOf("pulumi:providers:kubernetes"))
                .containsEntry("context", "kind-fleet")
                .containsEntry("clusterIdentifier", "kind-fleet")
                .doesNotContainKey("kubeconfig");
    }

    private Map<String, Object> first(String list, KubernetesApi.Server server, KubernetesApi.Login login) {
        run(context -> new KubernetesApi(
                "kubernetes",
                new KubernetesApi.Args(
                        new KubernetesApi.Connection.Gke(Output.of("bk-dev"), server, login),
                        "bk-dev-1",
                        List.of(new ComponentResource("test:Nodes", "nodes"))),
                ComponentResourceOptions.builder().build()));
        var kubeconfig = (String) inputsOf("pulumi:providers:kubernetes").get("kubeconfig");
        Map<String, List<Map<String, Object>>> document =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(kubeconfig);
        return document.get(list).get(0);
    }
}
