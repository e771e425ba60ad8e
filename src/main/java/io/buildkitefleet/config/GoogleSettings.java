package io.buildkitefleet.config;

import java.util.List;
import java.util.Map;

/**
 * The settings of Pulumi's Google provider that a stack may make, each as {@code gcp:NAME}:
 * https://www.pulumi.com/registry/packages/gcp/installation-configuration/
 */
public final class GoogleSettings {
    public static final String NAMESPACE = "gcp:";

    /** The service account that both halves of the fleet are made as. */
    public static final String IMPERSONATE = "impersonateServiceAccount";

    /** Labels on everything that takes labels. */
    public static final String DEFAULT_LABELS = "defaultLabels";

    public static final List<String> NAMES = List.of(
            "addPulumiAttributionLabel",
            "batching",
            "billingProject",
            DEFAULT_LABELS,
            IMPERSONATE,
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

    /**
     * Those that would say for Google's half of the fleet alone as whom it is made, and what to do instead: what asks
     * the Kubernetes API knows none of them.
     */
    static final Map<String, String> OF_ONE_HALF = Map.of(
            "accessToken",
            "leave it out, and log in: gcloud auth application-default login",
            "credentials",
            "leave it out, and name the file in the variable GOOGLE_APPLICATION_CREDENTIALS",
            "impersonateServiceAccountDelegates",
            "leave it out, and let whoever runs pulumi act as the service account itself");

    private GoogleSettings() {}
}
