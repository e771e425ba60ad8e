package io.buildkitefleet.resources;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All types that have an entry. */
public final class ResourceTypes {
    private static final Map<String, ResourceType> BY_TOKEN =
            all().collect(Collectors.toUnmodifiableMap(ResourceType::token, Function.identity()));

    private ResourceTypes() {}

    public static Stream<ResourceType> all() {
        return Stream.<ResourceType[]>of(GoogleType.values(), KubernetesType.values(), ProviderType.values())
                .flatMap(Arrays::stream);
    }

    /** Nothing for a type that has no entry. */
    public static Optional<ResourceType> of(String token) {
        return Optional.ofNullable(BY_TOKEN.get(token));
    }

    /** As people write a type: {@code gcp:container/nodePool:NodePool} reads gcp:container:NodePool. */
    public static String brief(String token) {
        var parts = token.split(":");
        if (parts.length != 3) {
            return token;
        }
        var module = parts[0].equals("gcp") ? parts[1].replaceFirst("/.*", "") : parts[1];
        return parts[0] + ":" + module + ":" + parts[2];
    }

    /** What is lost when a resource of a type is deleted or replaced; empty if it holds nothing, or nobody knows. */
    public static String loss(String token) {
        return of(token).map(ResourceType::loss).orElse("");
    }

    /** The few inputs of a type that a reviewer looks at first, as paths of property names. */
    public static List<String> shown(String token) {
        return of(token).map(ResourceType::shown).orElse(List.of());
    }
}
