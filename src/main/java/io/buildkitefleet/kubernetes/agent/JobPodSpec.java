package io.buildkitefleet.kubernetes.agent;

import io.buildkitefleet.cloud.Architecture;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the fleet adds to the pod of every job. It never names a command container: the patch would add one without an
 * image to jobs that name their own.
 */
final class JobPodSpec {
    private JobPodSpec() {}

    static Map<String, Object> patch(Queue queue) {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("serviceAccountName", Queue.SERVICE_ACCOUNT);
        spec.put("automountServiceAccountToken", !queue.config().namespaces().isEmpty());
        // Service variables would hand jobs the addresses of the cluster's services.
        spec.put("enableServiceLinks", false);
        spec.put("securityContext", Map.of("seccompProfile", Map.of("type", "RuntimeDefault")));
        queue.pool().map(JobPodSpec::placement).ifPresent(spec::putAll);
        var volumes = volumes(queue);
        if (!volumes.isEmpty()) {
            spec.put("volumes", volumes);
        }
        ImageBuilder.of(queue).ifPresent(builder -> spec.put("initContainers", List.of(builder.container())));
        return spec;
    }

    /** What brings it onto the nodes of its pool. */
    private static Map<String, Object> placement(Pool pool) {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("nodeSelector", Map.of(Pool.LABEL, pool.name()));
        spec.put("tolerations", tolerations(pool));
        if (pool.fallback().isPresent()) {
            spec.put("affinity", Map.of("nodeAffinity", preferred(pool)));
        }
        if (pool.config().sandbox() == Sandbox.GVISOR) {
            spec.put("runtimeClassName", "gvisor");
        }
        return spec;
    }

    private static List<Map<String, Object>> volumes(Queue queue) {
        var volumes = new ArrayList<Map<String, Object>>();
        ImageBuilder.of(queue).ifPresent(builder -> {
            volumes.addAll(builder.volumes());
            if (queue.pushesImages()) {
                volumes.add(RegistryLogin.volume());
            }
        });
        // The controller adds it with the checkout; a job without one has the command's mount all the same.
        queue.gitMirror().ifPresent(mirror -> volumes.add(GitMirror.volume(mirror)));
        if (!queue.config().warm().isEmpty()) {
            volumes.add(WarmCaches.volume());
        }
        return volumes;
    }

    private static List<Map<String, Object>> tolerations(Pool pool) {
        var tolerations = new ArrayList<Map<String, Object>>();
        tolerations.add(tolerate(Pool.LABEL, pool.name()));
        if (pool.config().accelerator().isPresent()) {
            // GKE taints nodes that have a GPU.
            tolerations.add(tolerate("nvidia.com/gpu", "present"));
        }
        if (pool.config().sandbox() == Sandbox.GVISOR) {
            // GKE taints nodes that have the sandbox.
            tolerations.add(tolerate("sandbox.gke.io/runtime", "gvisor"));
        }
        if (pool.isArmTainted()) {
            tolerations.add(tolerate("kubernetes.io/arch", Architecture.ARM64.label()));
        }
        return tolerations;
    }

    private static Map<String, Object> tolerate(String key, String value) {
        return Map.of("key", key, "operator", "Equal", "value", value, "effect", "NoSchedule");
    }

    /** The pool proper first, its fallback when there is no room; the autoscaler too grows the cheaper one first. */
    private static Map<String, Object> preferred(Pool pool) {
        var capacity = Spelling.of(pool.primary().capacity());
        return Map.of(
                "preferredDuringSchedulingIgnoredDuringExecution",
                List.of(Map.of(
                        "weight",
                        100,
                        "preference",
                        Map.of(
                                "matchExpressions",
                                List.of(Map.of(
                                        "key", Pool.CAPACITY_LABEL, "operator", "In", "values", List.of(capacity)))))));
    }
}
