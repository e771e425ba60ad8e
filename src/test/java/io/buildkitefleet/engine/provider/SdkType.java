package io.buildkitefleet.engine.provider;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What Pulumi's SDK knows of a type of resource: it is generated from the schema of the real provider.
 *
 * @param token for example {@code gcp:container/cluster:Cluster}
 * @param inputs what can be set
 * @param outputs what comes back, by name
 */
public record SdkType(String token, Map<String, Input> inputs, Map<String, Type> outputs) {
    /** What can be set. */
    public record Input(Type type, boolean required) {}

    private static final Set<String> NEWER_KINDS = Set.of(
            "kubernetes:admissionregistration.k8s.io/v1:MutatingAdmissionPolicy",
            "kubernetes:admissionregistration.k8s.io/v1:MutatingAdmissionPolicyBinding",
            "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy",
            "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding",
            "kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass");

    /** The program's own arguments of types that take what the SDK's do not know; another test compares them. */
    private static final Map<String, String> WIDER = Map.of(
            "gcp:container/cluster:Cluster", "io.buildkitefleet.gcp.GoogleCluster$Inputs",
            "gcp:container/nodePool:NodePool", "io.buildkitefleet.gcp.GoogleNodePool$Inputs",
            "gcp:storage/bucket:Bucket", "io.buildkitefleet.gcp.GoogleBucket$Inputs");

    /** What every Kubernetes object of a kind without a class may have; what it means, the kind alone knows. */
    private static final Map<String, Input> OBJECT = Map.of(
            "apiVersion", new Input(String.class, true),
            "kind", new Input(String.class, true),
            "metadata", new Input(ObjectMetaArgs.class, true),
            "spec", new Input(Object.class, false),
            "driver", new Input(String.class, false),
            "deletionPolicy", new Input(String.class, false),
            "parameters", new Input(Object.class, false));

    /** Empty for a type that the SDK does not have, unless it is a kind of Kubernetes that is newer than the SDK. */
    public static Optional<SdkType> of(String token) {
        try {
            var resource = Class.forName(className(token));
            var args = Class.forName(WIDER.getOrDefault(token, resource.getName() + "Args"));
            return Optional.of(new SdkType(token, inputsOf(args), outputsOf(resource)));
        } catch (ClassNotFoundException notInTheSdk) {
            return NEWER_KINDS.contains(token) ? Optional.of(new SdkType(token, OBJECT, Map.of())) : Optional.empty();
        }
    }

    /** The inputs of a class of arguments, which may be nested in others. */
    static Map<String, Input> inputsOf(Class<?> args) {
        var inputs = new TreeMap<String, Input>();
        for (Class<?> each = args; each != null; each = each.getSuperclass()) {
            for (var field : each.getDeclaredFields()) {
                var annotation = field.getAnnotation(Import.class);
                if (annotation != null) {
                    inputs.put(annotation.name(), new Input(value(field.getGenericType()), annotation.required()));
                }
            }
        }
        return inputs;
    }

    /** The path of each input and of what is in it, with its type; keys of maps are no inputs. */
    public Map<String, Type> paths() {
        var paths = new TreeMap<String, Type>();
        inputs.forEach((name, input) -> addPaths(name, input.type(), paths));
        return paths;
    }

    private static void addPaths(String path, Type type, Map<String, Type> paths) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            addPaths(path, generic.getActualTypeArguments()[0], paths);
            return;
        }
        paths.put(path, type);
        if (type instanceof Class<?> args) {
            inputsOf(args).forEach((name, input) -> addPaths(path + "." + name, input.type(), paths));
        }
    }

    private static Map<String, Type> outputsOf(Class<?> resource) {
        var outputs = new TreeMap<String, Type>();
        for (var field : resource.getDeclaredFields()) {
            var annotation = field.getAnnotation(Export.class);
            if (annotation != null) {
                outputs.put(annotation.name(), value(field.getGenericType()));
            }
        }
        return outputs;
    }

    /** {@code T} of {@code Output<T>}. */
    private static Type value(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Output.class
                ? value(generic.getActualTypeArguments()[0])
                : type;
    }

    /**
     * {@code gcp:container/cluster:Cluster} is {@code com.pulumi.gcp.container.Cluster}, and
     * {@code kubernetes:rbac.authorization.k8s.io/v1:Role} is {@code com.pulumi.kubernetes.rbac.v1.Role}.
     */
    private static String className(String token) {
        var parts = token.split(":");
        var module = parts[1].split("/");
        var version = parts[0].equals("kubernetes") ? "." + module[1] : "";
        return "com.pulumi." + parts[0] + "." + module[0].split("\\.")[0] + version + "." + parts[2];
    }
}
