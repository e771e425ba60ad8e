package io.buildkitefleet.rules.rights;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rights that something of the fleet uses, and what for.
 *
 * @param group of the API; empty for the core
 */
record Use(String group, Set<String> resources, Set<String> verbs) {
    private static final String CORE = "";

    private static final Set<String> READ = Set.of("get", "list", "watch");

    private static final Set<String> WRITE = Set.of("create", "update", "patch", "delete");

    private static final Set<String> MANAGE = union(READ, WRITE);

    /** What kubectl and helm need where jobs deploy. */
    static final List<Use> DEPLOYING = List.of(
            use(CORE, MANAGE, "configmaps", "persistentvolumeclaims", "pods", "serviceaccounts", "services", "secrets"),
            use(CORE, READ, "endpoints", "events", "limitranges", "pods/log", "resourcequotas"),
            use("apps", MANAGE, "daemonsets", "deployments", "replicasets", "statefulsets"),
            use("apps", Set.of("get", "update", "patch"), "deployments/scale", "statefulsets/scale"),
            use("batch", MANAGE, "cronjobs", "jobs"),
            use("autoscaling", MANAGE, "horizontalpodautoscalers"),
            use("networking.k8s.io", MANAGE, "ingresses", "networkpolicies"),
            use("policy", MANAGE, "poddisruptionbudgets"));

    /** What people need who look into a queue's jobs: a shell is a request to read, or to create. */
    static final List<Use> DEBUGGING = List.of(
            use(CORE, READ, "pods"),
            use(CORE, Set.of("get"), "pods/log"),
            use(CORE, Set.of("get", "create"), "pods/attach", "pods/exec"),
            use(CORE, Set.of("patch"), "pods/ephemeralcontainers"));

    /** What makes and fills the disk of a queue's git mirrors. */
    static final List<Use> MIRRORING = List.of(
            use(CORE, union(READ, Set.of("create", "patch", "delete")), "persistentvolumeclaims"),
            use("snapshot.storage.k8s.io", union(READ, Set.of("create", "patch", "delete")), "volumesnapshots"),
            use("batch", union(READ, Set.of("create", "patch", "delete")), "jobs"),
            use("batch", Set.of("get"), "cronjobs"),
            use(CORE, Set.of("get", "patch"), "configmaps"),
            use(CORE, Set.of("list"), "pods"));

    /** Whether a disk of git mirrors is still in use by a node is said by no namespace. */
    static final List<Use> EVERYWHERE = List.of(use("storage.k8s.io", Set.of("list"), "volumeattachments"));

    boolean covers(String wantedGroup, String resource, String verb) {
        return group.equals(wantedGroup) && resources.contains(resource) && verbs.contains(verb);
    }

    private static Use use(String group, Set<String> verbs, String... resources) {
        return new Use(group, Set.of(resources), verbs);
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
