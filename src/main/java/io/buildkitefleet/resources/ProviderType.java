package io.buildkitefleet.resources;

/** Pulumi's own types that the program registers: the providers, which are resources too. */
public enum ProviderType implements ResourceType {
    /** By nothing: https://github.com/pulumi/pulumi-gcp/blob/v9.35.0/provider/resources.go marks no input so. */
    GOOGLE(Entry.of("pulumi:providers:gcp")),
    KUBERNETES(Entry.of("pulumi:providers:kubernetes")
            .replacedBy(KubernetesType.source("provider.go#L490"), "clusterIdentifier")
            // Only without an identifier of the cluster.
            .perhapsReplacedBy(KubernetesType.source("provider.go#L533"), "renderYamlToDirectory")
            .follows(
                    "kubeconfig",
                    "https://github.com/hashicorp/terraform-provider-google-beta/blob/v7.45.0/website/docs/r/container_cluster.html.markdown",
                    GoogleType.CLUSTER.token(),
                    "privateClusterConfig.enablePrivateEndpoint"));

    private final Entry entry;

    ProviderType(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
