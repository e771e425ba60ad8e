package io.buildkitefleet.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.Provider;
import com.pulumi.kubernetes.ProviderArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;

/**
 * The connection to the cluster that Pulumi uses: whoever runs {@code pulumi up} is asked for a token at that moment,
 * so nothing that stays in the state opens the cluster.
 */
public final class KubernetesApi extends ComponentResource {
    private static final String TYPE = "buildkite-fleet:kubernetes:KubernetesApi";

    /** https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin */
    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: %1$s
            contexts:
            - name: %1$s
              context: {cluster: %1$s, user: %1$s}
            clusters:
            - name: %1$s
              cluster:
                server: https://%2$s
                certificate-authority-data: %3$s
            users:
            - name: %1$s
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1beta1
                  command: gke-gcloud-auth-plugin
                  provideClusterInfo: true
            """;

    private final Provider provider;

    public KubernetesApi(String name, KubernetesApiArgs args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        provider = new Provider(
                name + "-provider",
                ProviderArgs.builder()
                        .kubeconfig(Output.format(KUBECONFIG, args.cluster(), args.endpoint(), args.authority())
                                .asSecret())
                        .enableServerSideApply(true)
                        // Otherwise a changed ConfigMap is deleted before it is made again, and jobs find none.
                        .enableConfigMapMutable(true)
                        .build(),
                // A release waits for its pods, which wait for nodes.
                CustomResourceOptions.builder()
                        .parent(this)
                        .dependsOn(args.nodes())
                        .build());
        registerOutputs(Map.of());
    }

    /** Options of a component whose children are in the cluster, new each time: Pulumi's SDK writes into them. */
    public ComponentResourceOptions inCluster() {
        return ComponentResourceOptions.builder().providers(provider).build();
    }
}
