package io.buildkitefleet.kubernetes;

import com.google.gson.JsonPrimitive;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.Resource;
import com.pulumi.resources.ResourceArgs;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.Plugin;
import java.util.List;
import java.util.Map;

/**
 * The connection to the cluster that Pulumi uses: whoever runs {@code pulumi up} is asked for a token at that moment,
 * so nothing that stays in the state opens the cluster.
 */
public final class KubernetesApi extends FleetComponent {
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
              cluster: %2$s
            users:
            - name: %1$s
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1beta1
                  command: gke-gcloud-auth-plugin
                  args: [%3$s]
                  provideClusterInfo: true
            """;

    /**
     * How the cluster is reached.
     *
     * @param connection where its API is, and as whom it is asked
     * @param incarnation names the cluster, and another one after it was replaced
     * @param needed that without which no pod of the cluster starts, or its API may be away
     */
    public record Args(Connection connection, String incarnation, List<Resource> needed) {
        public Args {
            needed = List.copyOf(needed);
        }
    }

    /** The way to a cluster. */
    public sealed interface Connection {
        /**
         * To one that GKE has.
         *
         * @param cluster its name
         * @param server where its API is
         * @param login as whom
         */
        record Gke(Output<String> cluster, Server server, Login login) implements Connection {}

        /**
         * To one that the kubeconfig of whoever runs Pulumi knows: that of {@code KUBECONFIG}, or
         * {@code ~/.kube/config}.
         *
         * @param context its name there; whichever is the current one does not matter
         */
        record Context(String context) implements Connection {}
    }

    /** Where the API is, and whose word is taken for that it is the right one. */
    public static final class Server {
        private final Output<String> entry;

        private Server(Output<String> entry) {
            this.entry = entry;
        }

        /** @param authority the certificate of the cluster's own authority, as base64 of PEM */
        public static Server atAddress(Output<String> address, Output<String> authority) {
            return new Server(
                    Output.format("{server: \"https://%s\", certificate-authority-data: \"%s\"}", address, authority));
        }

        /**
         * For the name, an authority that everybody trusts vouches and not the cluster's own:
         * https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation
         */
        public static Server atName(Output<String> name) {
            return new Server(Output.format("{server: \"https://%s\"}", name));
        }
    }

    /**
     * As whom the API is asked: as the same one who makes the rest of the fleet at Google. What the plugin does with
     * each argument: https://github.com/kubernetes/cloud-provider-gcp/blob/master/cmd/gke-gcloud-auth-plugin/cred.go
     */
    public static final class Login {
        private final Output<String> argument;

        /** What JSON quotes is one text in YAML too, whatever is in it. */
        private Login(Output<String> argument) {
            this.argument = argument.applyValue(text -> new JsonPrimitive(text).toString());
        }

        /** With the credentials that Google's libraries find; without the argument, gcloud's own login would count. */
        public static Login withDefaultCredentials() {
            return new Login(Output.of("--use_application_default_credentials"));
        }

        /** As a service account that gcloud's own login may act as: the plugin can do it with no other credentials. */
        public static Login as(Output<String> serviceAccount) {
            return new Login(Output.format("--impersonate_service_account=%s", serviceAccount));
        }
    }

    private final ProviderResource provider;

    public KubernetesApi(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        provider = new ProviderResource(
                Plugin.KUBERNETES.id(),
                name + "-provider",
                settings(args),
                // A release waits for its pods, which wait for nodes and images.
                child().dependsOn(args.needed())
                        .version(Plugin.KUBERNETES.version())
                        .build());
        registerOutputs(Map.of());
    }

    private static ResourceArgs settings(Args args) {
        if (args.connection() instanceof Connection.Context context) {
            return new ContextSettings(context.context(), args.incarnation());
        }
        var gke = (Connection.Gke) args.connection();
        return new KubeconfigSettings(
                Output.format(KUBECONFIG, gke.cluster(), gke.server().entry, gke.login().argument)
                        .asSecret(),
                args.incarnation());
    }

    /** Options of a component whose children are in the cluster, new each time: Pulumi's SDK writes into them. */
    public ComponentResourceOptions inCluster() {
        return ComponentResourceOptions.builder().providers(provider).build();
    }

    /** The SDK's own class of these lacks what is newer, and fills gaps from the environment. */
    private abstract static sealed class Settings extends ResourceArgs {
        /**
         * While it stays, another endpoint or authority of the cluster is only that. When it changes, everything is
         * made again: in the cluster that took the place of the old one, there is nothing yet.
         */
        @Import(name = "clusterIdentifier")
        private final Output<String> clusterIdentifier;

        @Import(name = "enableServerSideApply", json = true)
        private final Output<Boolean> enableServerSideApply = Output.of(true);

        /** Otherwise a changed ConfigMap is deleted before it is made again, and jobs find none. */
        @Import(name = "enableConfigMapMutable", json = true)
        private final Output<Boolean> enableConfigMapMutable = Output.of(true);

        /** The same for a Secret: a queue would have no token for a moment. */
        @Import(name = "enableSecretMutable", json = true)
        private final Output<Boolean> enableSecretMutable = Output.of(true);

        private Settings(String clusterIdentifier) {
            this.clusterIdentifier = Output.of(clusterIdentifier);
        }
    }

    private static final class KubeconfigSettings extends Settings {
        @Import(name = "kubeconfig")
        private final Output<String> kubeconfig;

        private KubeconfigSettings(Output<String> kubeconfig, String clusterIdentifier) {
            super(clusterIdentifier);
            this.kubeconfig = kubeconfig;
        }
    }

    private static final class ContextSettings extends Settings {
        @Import(name = "context")
        private final Output<String> context;

        private ContextSettings(String context, String clusterIdentifier) {
            super(clusterIdentifier);
            this.context = Output.of(context);
        }
    }
}
