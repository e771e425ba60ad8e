package io.buildkitefleet.resources;

import java.util.List;
import java.util.Optional;

/** A type of resource that the program registers. */
public sealed interface ResourceType permits GoogleType, KubernetesType, ProviderType {
    /** What is known of it. */
    Entry entry();

    /** Pulumi's name of it, for example {@code gcp:container/cluster:Cluster}. */
    default String token() {
        return entry().token();
    }

    /** Terraform's name of it; none if its provider is not made from one of Terraform's. */
    default Optional<String> terraformName() {
        return Optional.of(entry().terraformName()).filter(name -> !name.isEmpty());
    }

    /** What is lost when a resource of it is deleted or replaced; empty for a type that holds nothing. */
    default String loss() {
        return entry().loss();
    }

    /** The few inputs that a reviewer looks at first, as paths of property names. */
    default List<String> shown() {
        return entry().shown();
    }
}
