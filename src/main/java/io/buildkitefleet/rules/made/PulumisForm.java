package io.buildkitefleet.rules.made;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.diff.InputPaths;
import io.buildkitefleet.kubernetes.agent.AgentStack;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Urn;
import io.buildkitefleet.resources.GoogleDefaults;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Pulumi's own plan says otherwise. Before the update Pulumi does not know what follows from another resource;
 * after it, it knows more than the program. Providers complete and rewrite what they are given.
 *
 * @see <a
 *     href="https://github.com/pulumi/pulumi-terraform-bridge/blob/0079b829191f7ea79bb1122f36fc847708ce4a7b/pkg/tfbridge/schema.go">applyDefaults,
 *     of Google's provider</a>
 * @see <a
 *     href="https://github.com/pulumi/pulumi-kubernetes/blob/94977969d64112b04e19945818a7d5d5f38f631d/provider/pkg/provider/provider.go">normalizeInputs,
 *     of Kubernetes'</a>
 * @see <a
 *     href="https://github.com/pulumi/pulumi-kubernetes/blob/94977969d64112b04e19945818a7d5d5f38f631d/provider/pkg/provider/helm_release.go">Check,
 *     of its releases</a>
 */
final class PulumisForm implements InputForm {
    /** Beside inputs of Google's provider stand the names of those that have its defaults. */
    private static final String DEFAULTS = "__defaults";

    private static final String NAME = "name";

    /** Of a local fleet it follows from the token, which the program does not have here. */
    private static final String TOKEN_VERSION = InputPaths.below("values.annotations", AgentStack.TOKEN_VERSION);

    /** Inputs that say where a resource is, or of which kind: others say the same without taking it from there. */
    private static final Set<String> SHARED = Set.of("project", "location", "region", "apiVersion", "kind");

    private static final String DATA = "data";
    private static final String TEXT_DATA = "stringData";

    /** Their values are texts of their own, or a chart's: the API server's types say nothing of them. */
    private static final List<KubernetesType> UNTYPED =
            List.of(KubernetesType.CONFIG_MAP, KubernetesType.SECRET, KubernetesType.RELEASE);

    private final Registration made;
    private final Map<String, Registration> madeByUrn;
    private final LaterValues later;
    private final List<String> ignored;

    /**
     * @param madeByUrn all that the program makes, on which it may depend
     * @param later what the plan may say where the program knows nothing yet
     * @param isAdded whether Pulumi is to make it, so that nothing is there whose inputs it keeps
     */
    PulumisForm(Registration made, Map<String, Registration> madeByUrn, LaterValues later, boolean isAdded) {
        this.made = made;
        this.madeByUrn = madeByUrn;
        this.later = later;
        this.ignored = isAdded ? List.of() : made.options().ignoreChanges();
    }

    /** What a Secret says in text, the API server keeps encoded; a plan shows neither. */
    @Override
    public JsonObject read(JsonObject planned) {
        var isEncoded = is(KubernetesType.SECRET)
                && made.inputs().has(TEXT_DATA)
                && !made.inputs().has(DATA)
                && !planned.has(TEXT_DATA)
                && planned.has(DATA)
                && PropertyValues.isMask(planned.get(DATA));
        if (!isEncoded) {
            return planned;
        }
        var read = planned.deepCopy();
        read.add(TEXT_DATA, read.remove(DATA));
        return read;
    }

    @Override
    public boolean isSame(String path, JsonElement planned, JsonElement value) {
        return PropertyValues.isUnknown(value) && later.hold(made, path, planned)
                || PropertyValues.isUnknown(planned) && follows(path, value)
                || InputPaths.cover(ignored, path)
                || is(KubernetesType.RELEASE) && path.equals(TOKEN_VERSION) && isDigest(planned) && isDigest(value)
                || isTyped() && (isDropped(path, planned, value) || areSameAmount(planned, value));
    }

    @Override
    public boolean isAdded(String path, String name, JsonObject planned) {
        var value = planned.get(name);
        if (made.type().startsWith("gcp:")) {
            return name.equals(DEFAULTS)
                    || isDefault(path, name, planned)
                    || path.isEmpty() && name.equals(NAME) && isGivenName(value);
        }
        return is(KubernetesType.RELEASE) && path.isEmpty() && isDefaultOfReleases(value);
    }

    private boolean is(KubernetesType type) {
        return made.type().equals(type.token());
    }

    private boolean isTyped() {
        return made.type().startsWith("kubernetes:") && UNTYPED.stream().noneMatch(this::is);
    }

    /**
     * Whether a text is what another resource says of itself, on which its input depends: Pulumi takes that from the
     * other's outputs.
     */
    private boolean follows(String path, JsonElement value) {
        return value instanceof JsonPrimitive text
                && made.propertyDependencies().getOrDefault(InputPaths.input(path), List.of()).stream()
                        .flatMap(urn -> Stream.ofNullable(madeByUrn.get(urn)))
                        .flatMap(PulumisForm::own)
                        .anyMatch(text.getAsString()::equals);
    }

    /** What a resource says of itself alone: many say the same of where they are. */
    private static Stream<String> own(Registration other) {
        return other.inputs().asMap().entrySet().stream()
                .filter(input -> !SHARED.contains(input.getKey()))
                .flatMap(input -> texts(input.getValue()));
    }

    private static Stream<String> texts(JsonElement value) {
        if (value instanceof JsonObject object) {
            return object.asMap().values().stream().flatMap(PulumisForm::texts);
        }
        if (value instanceof JsonArray list) {
            return list.asList().stream().flatMap(PulumisForm::texts);
        }
        return value instanceof JsonPrimitive text && text.isString() ? Stream.of(text.getAsString()) : Stream.empty();
    }

    /** An empty list, label or annotation is not there once the object has been one of the API server's types. */
    private static boolean isDropped(String path, JsonElement planned, JsonElement value) {
        return planned.isJsonNull()
                && (value instanceof JsonArray list && list.isEmpty()
                        || value instanceof JsonObject object
                                && object.isEmpty()
                                && path.matches(".*\\.(labels|annotations)"));
    }

    private static boolean isDigest(JsonElement value) {
        return value instanceof JsonPrimitive text && text.getAsString().matches("[0-9a-f]{8}");
    }

    private static boolean areSameAmount(JsonElement planned, JsonElement value) {
        return planned.isJsonPrimitive()
                && value.isJsonPrimitive()
                && amount(planned).isPresent()
                && amount(planned).equals(amount(value));
    }

    private static Optional<BigDecimal> amount(JsonElement value) {
        return Quantity.of(value.getAsString())
                .map(quantity -> quantity.amount().stripTrailingZeros());
    }

    /** One that the provider is known to have: the plan may call anything a default. */
    private boolean isDefault(String path, String name, JsonObject planned) {
        return planned.get(DEFAULTS) instanceof JsonArray defaults
                && defaults.contains(new JsonPrimitive(name))
                && planned.get(name) instanceof JsonPrimitive value
                && GoogleDefaults.LIST.has(
                        made.type(), InputPaths.withoutPlaces(InputPaths.below(path, name)), value.getAsString());
    }

    private boolean isGivenName(JsonElement value) {
        return value.isJsonPrimitive() && Urn.isGivenName(made.name(), value.getAsString());
    }

    /** Each flag, number and text that is not set. */
    private static boolean isDefaultOfReleases(JsonElement value) {
        return value.isJsonPrimitive() && List.of("", "false", "0").contains(value.getAsString());
    }
}
