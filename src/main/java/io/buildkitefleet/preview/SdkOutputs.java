package io.buildkitefleet.preview;

import com.pulumi.core.annotations.Export;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The outputs that a resource has, as its class in Pulumi's SDK declares them. A provider answers a preview with each
 * of them, unknown if it is yet to be computed; without that the SDK would forget on which resource a value depends.
 */
final class SdkOutputs {
    private final Map<String, Set<String>> byType = new ConcurrentHashMap<>();

    /** Names of outputs; none for a type whose class is not there. */
    Set<String> of(String type) {
        return byType.computeIfAbsent(
                type, token -> classOf(token).map(SdkOutputs::exported).orElse(Set.of()));
    }

    private static Set<String> exported(Class<?> resource) {
        return Arrays.stream(resource.getDeclaredFields())
                .map(field -> field.getAnnotation(Export.class))
                .filter(annotation -> annotation != null)
                .map(Export::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Class<?>> classOf(String type) {
        try {
            return Optional.of(Class.forName(className(type), false, SdkOutputs.class.getClassLoader()));
        } catch (ClassNotFoundException notInTheSdk) {
            return Optional.empty();
        }
    }

    /**
     * {@code gcp:container/cluster:Cluster} is {@code com.pulumi.gcp.container.Cluster}, and
     * {@code kubernetes:rbac.authorization.k8s.io/v1:Role} is {@code com.pulumi.kubernetes.rbac.v1.Role}.
     */
    private static String className(String type) {
        var parts = type.split(":");
        if (parts.length != 3) {
            return type;
        }
        var module = parts[1].split("/");
        var group = module[0].split("\\.")[0];
        var version = parts[0].equals("kubernetes") && module.length > 1 ? "." + module[1] : "";
        return "com.pulumi." + parts[0] + "." + group + version + "." + parts[2];
    }
}
