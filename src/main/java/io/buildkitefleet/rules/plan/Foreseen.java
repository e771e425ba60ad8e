package io.buildkitefleet.rules.plan;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.resources.ResourceType;
import java.util.List;
import java.util.stream.Stream;

/**
 * Values that the program itself cannot know before the update. No rule waits for them, as long as they follow from
 * what the plan makes and other rules judge.
 */
enum Foreseen {
    /** Google says which account one of its services acts as. */
    USER_OF_A_KEY("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "member", GoogleType.SERVICE_IDENTITY.token()),
    /** The number of the project is in it. */
    JOBS_OF_A_POOL(GoogleType.ACCOUNT_MEMBER.token(), "member", GoogleType.IDENTITY_POOL.token()),
    /** The key of the disks is in it. */
    DISKS(KubernetesType.STORAGE_CLASS, "parameters", Origins.KEY),
    /** The key of the queue's variables is in it. */
    VARIABLES(KubernetesType.CONFIG_MAP, "data", Origins.KEY);

    /** What a value follows from. */
    private static final class Origins {
        /** Whoever uses a key waits until Google's service may use it. */
        private static final String KEY = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";
    }

    /** The only ConfigMap in which a key is named. */
    private static final String MAP = "variables";

    private final String type;
    private final String path;
    private final String origin;

    Foreseen(ResourceType type, String path, String origin) {
        this(type.token(), path, origin);
    }

    Foreseen(String type, String path, String origin) {
        this.type = type;
        this.path = path;
        this.origin = origin;
    }

    /**
     * Whether a value is one of these.
     *
     * @param isPulumis whether the plan is Pulumi's own, which does not always say what a value follows from
     */
    static boolean holds(Subject subject, String path, boolean isPulumis) {
        return Stream.of(values()).anyMatch(value -> value.is(subject, path, isPulumis));
    }

    private boolean is(Subject subject, String place, boolean isPulumis) {
        var resource = subject.resource();
        var origins = resource.propertyDependencies().getOrDefault(path, List.of());
        return resource.type().equals(type)
                && path.equals(place)
                && (this != VARIABLES || subject.at("metadata.name").is(MAP))
                && (isPulumis || origins.stream().anyMatch(urn -> urn.contains("$" + origin + "::")));
    }
}
