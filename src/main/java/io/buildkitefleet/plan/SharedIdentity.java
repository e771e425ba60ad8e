package io.buildkitefleet.plan;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.pulumi.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An identity that pods of two stacks have. The pool of Workload Identity is a project's, not a cluster's, and knows a
 * service account of Kubernetes by its namespace and its name: what one stack grants to its queue, the other stack's
 * queue of that name has, too:
 * https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#identity_sameness
 *
 * @param account namespace and name, as {@code buildkite-big/job}
 * @param stack the other one
 */
public record SharedIdentity(String account, String stack) {
    /** Those of a stack and of the others of its project that are in the same project of Google Cloud. */
    public static List<SharedIdentity> of(Project project, FleetConfig config) {
        if (config.local().isPresent()) {
            return List.of();
        }
        var own = accounts(config);
        var shared = new ArrayList<SharedIdentity>();
        for (var stack : project.stacksBeside(config.stack())) {
            var other = Previews.configOf(stack);
            if (other.project().equals(config.project())) {
                accounts(other).stream()
                        .filter(own::contains)
                        .forEach(account -> shared.add(new SharedIdentity(account, stack.name())));
            }
        }
        return List.copyOf(shared);
    }

    private static Set<String> accounts(FleetConfig config) {
        var accounts = new TreeSet<String>();
        config.queues().forEach((name, queue) -> {
            if (queue.trust() == Trust.TRUSTED) {
                accounts.add(ResourceNames.namespace(name) + "/" + Queue.SERVICE_ACCOUNT);
            }
        });
        config.caches().ifPresent(caches -> {
            caches.bazel().ifPresent(server -> accounts.add(account(CacheServer.Kind.BAZEL)));
            caches.go().ifPresent(server -> accounts.add(account(CacheServer.Kind.GO)));
        });
        return accounts;
    }

    private static String account(CacheServer.Kind kind) {
        return CacheServer.NAMESPACE + "/" + kind.id();
    }
}
