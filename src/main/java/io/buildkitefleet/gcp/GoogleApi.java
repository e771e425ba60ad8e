package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ProviderResource;
import com.pulumi.resources.ResourceArgs;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.Plugin;
import java.util.Map;

/**
 * The connection to Google Cloud that Pulumi uses: its provider of a {@link Plugin} version, with what the stack sets
 * below {@code gcp:}. The program adds nothing from its own environment; the plugin finds the credentials of whoever
 * runs it, as Google's libraries do.
 */
public final class GoogleApi extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:GoogleApi";

    private final ProviderResource provider;

    /** @param settings by their names below {@code gcp:}, at most those of the configuration's GoogleSettings */
    public GoogleApi(String name, Map<String, Output<String>> settings, ComponentResourceOptions options) {
        super(TYPE, name, options);
        provider = new ProviderResource(
                Plugin.GCP.id(),
                name + "-provider",
                new Settings(settings),
                child().version(Plugin.GCP.version()).build());
        registerOutputs(Map.of());
    }

    /** Options of a component whose children are in Google Cloud, new each time: Pulumi's SDK writes into them. */
    public ComponentResourceOptions inGoogleCloud() {
        return ComponentResourceOptions.builder().providers(provider).build();
    }

    /** The SDK's own class of these lacks what is newer, and fills gaps from the environment. */
    private static final class Settings extends ResourceArgs {
        @Import(name = "addPulumiAttributionLabel")
        private final Output<String> addPulumiAttributionLabel;

        @Import(name = "batching")
        private final Output<String> batching;

        @Import(name = "billingProject")
        private final Output<String> billingProject;

        @Import(name = "defaultLabels")
        private final Output<String> defaultLabels;

        @Import(name = "impersonateServiceAccount")
        private final Output<String> impersonateServiceAccount;

        @Import(name = "project")
        private final Output<String> project;

        @Import(name = "pulumiAttributionLabelAdditionStrategy")
        private final Output<String> pulumiAttributionLabelAdditionStrategy;

        @Import(name = "region")
        private final Output<String> region;

        @Import(name = "requestReason")
        private final Output<String> requestReason;

        @Import(name = "requestTimeout")
        private final Output<String> requestTimeout;

        @Import(name = "scopes")
        private final Output<String> scopes;

        @Import(name = "skipRegionValidation")
        private final Output<String> skipRegionValidation;

        @Import(name = "universeDomain")
        private final Output<String> universeDomain;

        @Import(name = "userProjectOverride")
        private final Output<String> userProjectOverride;

        @Import(name = "zone")
        private final Output<String> zone;

        private Settings(Map<String, Output<String>> settings) {
            addPulumiAttributionLabel = settings.get("addPulumiAttributionLabel");
            batching = settings.get("batching");
            billingProject = settings.get("billingProject");
            defaultLabels = settings.get("defaultLabels");
            impersonateServiceAccount = settings.get("impersonateServiceAccount");
            project = settings.get("project");
            pulumiAttributionLabelAdditionStrategy = settings.get("pulumiAttributionLabelAdditionStrategy");
            region = settings.get("region");
            requestReason = settings.get("requestReason");
            requestTimeout = settings.get("requestTimeout");
            scopes = settings.get("scopes");
            skipRegionValidation = settings.get("skipRegionValidation");
            universeDomain = settings.get("universeDomain");
            userProjectOverride = settings.get("userProjectOverride");
            zone = settings.get("zone");
        }
    }
}
