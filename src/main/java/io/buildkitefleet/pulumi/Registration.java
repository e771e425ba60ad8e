package io.buildkitefleet.pulumi;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One resource as the program registered it.
 *
 * <p>The JSON objects are in Pulumi's own form, see {@link PropertyValues}; they are shared, not copied, and must not
 * be changed.
 *
 * @param urn the name that Pulumi gives the resource
 * @param type type token, for example {@code kubernetes:core/v1:Namespace}
 * @param name logical name
 * @param custom whether a provider makes it; a component is not custom
 * @param parent URN of the parent, empty for the stack
 * @param inputs what the program passed
 * @param options resource options, with what is inherited from the parent
 * @param provider reference of its provider ({@code urn::id}), empty for components and providers
 * @param version of the provider's package, empty if the program named none
 * @param readId the id of a resource that is only read, empty for one that is created
 * @param dependencies URNs, in alphabetical order
 * @param propertyDependencies URNs by input property
 * @param outputs what the program registered as outputs of a component
 * @param outputsRegistered whether it did so at all
 */
public record Registration(
        String urn,
        String type,
        String name,
        boolean custom,
        String parent,
        JsonObject inputs,
        Options options,
        String provider,
        String version,
        String readId,
        List<String> dependencies,
        Map<String, List<String>> propertyDependencies,
        JsonObject outputs,
        boolean outputsRegistered) {
    public static final String STACK_TYPE = "pulumi:pulumi:Stack";
    private static final String PROVIDER_TYPE = "pulumi:providers:";

    /** Whether this is the stack itself, the root of the tree. */
    public boolean isStack() {
        return type.equals(STACK_TYPE);
    }

    /** Whether this is a provider that the program configures itself. */
    public boolean isProvider() {
        return isProviderType(type);
    }

    public static boolean isProviderType(String type) {
        return type.startsWith(PROVIDER_TYPE);
    }

    public static String providerType(String packageName) {
        return PROVIDER_TYPE + packageName;
    }

    /** URN of its provider; empty for components and providers. */
    public String providerUrn() {
        return provider.replaceFirst("::[^:]*$", "");
    }

    public Registration withInputs(JsonObject others) {
        return with(others, outputs, outputsRegistered);
    }

    public Registration withOutputs(JsonObject registered) {
        return with(inputs, registered, true);
    }

    private Registration with(JsonObject newInputs, JsonObject newOutputs, boolean registered) {
        return new Registration(
                urn,
                type,
                name,
                custom,
                parent,
                newInputs,
                options,
                provider,
                version,
                readId,
                dependencies,
                propertyDependencies,
                newOutputs,
                registered);
    }

    /**
     * The options of a resource.
     *
     * @param protect whether Pulumi refuses to delete it
     * @param retainOnDelete whether deleting it only forgets it
     * @param deletedWith URN of the resource whose deletion deletes this one too, empty for none
     * @param ignoreChanges paths of inputs
     * @param replaceOnChanges paths of inputs
     * @param deleteBeforeReplace whether a replacement deletes first
     * @param aliases other names under which the resource may be known
     * @param timeouts how long creating, updating and deleting may take
     * @param additionalSecretOutputs names of outputs
     * @param importId id of an existing resource to take over, empty for none
     */
    public record Options(
            boolean protect,
            boolean retainOnDelete,
            String deletedWith,
            List<String> ignoreChanges,
            List<String> replaceOnChanges,
            boolean deleteBeforeReplace,
            List<Alias> aliases,
            Timeouts timeouts,
            List<String> additionalSecretOutputs,
            String importId) {
        public static final Options NONE =
                new Options(false, false, "", List.of(), List.of(), false, List.of(), Timeouts.DEFAULT, List.of(), "");
    }

    /**
     * A name under which a resource may be known: a whole URN, or what differs from the present one; the rest is empty.
     *
     * @param parent URN of the other parent
     * @param noParent whether it was at the root
     */
    public record Alias(
            String urn, String name, String type, String stack, String project, String parent, boolean noParent) {}

    /** How long an operation may take; zero leaves it to the provider. */
    public record Timeouts(Duration create, Duration update, Duration delete) {
        public static final Timeouts DEFAULT = new Timeouts(Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}
