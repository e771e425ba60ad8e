package io.buildkitefleet.fleet;

import io.buildkitefleet.pins.Pins;

/**
 * The provider plugins that make the fleet, which are newer than the SDKs of the same names: Google's and Kubernetes'
 * APIs have moved on since those were published, and Maven Central has no newer ones. A plugin of the SDK's own version
 * would replace the cluster at the second {@code pulumi up}
 * (https://github.com/hashicorp/terraform-provider-google-beta/pull/7147) and make every Secret anew at each one
 * (https://github.com/pulumi/pulumi-kubernetes/issues/2511).
 */
public enum Plugin {
    /** Of Terraform's google-beta 7.45.0. */
    GCP("gcp"),
    /** Of June 2026, with the libraries of Kubernetes 1.36. */
    KUBERNETES("kubernetes");

    private final String id;

    Plugin(String id) {
        this.id = id;
    }

    /** The name of the package, as in {@code gcp:storage/bucket:Bucket}. */
    public String id() {
        return id;
    }

    /** The version that Pulumi runs. */
    public String version() {
        return Pins.pluginVersion(id);
    }
}
