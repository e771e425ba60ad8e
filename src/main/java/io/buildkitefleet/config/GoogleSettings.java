package io.buildkitefleet.config;

import java.util.List;

/**
 * The settings of Pulumi's Google provider that a stack may make, each as {@code gcp:NAME}:
 * https://www.pulumi.com/registry/packages/gcp/installation-configuration/
 */
public final class GoogleSettings {
    public static final String NAMESPACE = "gcp:";

    public static final List<String> NAMES = List.of(
            "accessToken",
            "addPulumiAttributionLabel",
            "batching",
            "billingProject",
            "credentials",
            "defaultLabels",
            "impersonateServiceAccount",
            "impersonateServiceAccountDelegates",
            "project",
            "pulumiAttributionLabelAdditionStrategy",
            "region",
            "requestReason",
            "requestTimeout",
            "scopes",
            "skipRegionValidation",
            "universeDomain",
            "userProjectOverride",
            "zone");

    private GoogleSettings() {}
}
