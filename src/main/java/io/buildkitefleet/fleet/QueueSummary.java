package io.buildkitefleet.fleet;

import io.buildkitefleet.config.OnlyConfig;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.config.value.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a person wants to know of a queue before sending jobs to it.
 *
 * @param tags what a step may ask for
 * @param pool the pool whose nodes run its jobs; empty in a local fleet, of which nothing is said of nodes
 * @param capacity how Google provides the nodes
 * @param fallback what serves the jobs when Google has none
 * @param minNodes fewest nodes of the pool
 * @param maxNodes most nodes of the pool
 * @param cpu CPU of a job
 * @param memory memory of a job
 * @param gpus GPUs of a job
 * @param signedSteps whether it runs signed steps alone
 * @param signs whether its jobs upload pipelines and sign their steps
 * @param privateApis the private ranges of the control planes of other clusters that its jobs deploy to
 * @param imageRegistries what names of its jobs' images may begin with; empty: any
 * @param onlyFor branches, one of which must have a job's commit, and pipelines; empty: any
 */
public record QueueSummary(
        String queue,
        List<String> tags,
        String trust,
        List<String> can,
        String pool,
        String machineType,
        String capacity,
        String fallback,
        int minNodes,
        int maxNodes,
        String cpu,
        String memory,
        int gpus,
        int jobsPerNode,
        int maxInFlight,
        boolean signedSteps,
        boolean signs,
        List<String> privateApis,
        List<String> imageRegistries,
        List<String> onlyFor) {
    public static QueueSummary of(Queue queue) {
        var pool = queue.pool();
        var nodes = pool.map(Pool::primary);
        var job = queue.job();
        return new QueueSummary(
                queue.name(),
                queue.tags(),
                Spelling.of(queue.config().trust()),
                queue.config().can().stream().sorted().map(Spelling::of).toList(),
                pool.map(Pool::name).orElse(""),
                pool.map(found -> found.machine().name()).orElse(""),
                nodes.map(group -> Spelling.of(group.capacity())).orElse(""),
                pool.flatMap(Pool::fallback)
                        .map(group -> Spelling.of(group.capacity()))
                        .orElse("none"),
                nodes.map(NodeGroup::min).orElse(0),
                nodes.map(NodeGroup::max).orElse(0),
                job.command().cpu().toString(),
                job.command().memory().toString(),
                job.gpus(),
                queue.jobsPerNode(),
                queue.maxInFlight(),
                queue.signatures().map(StepSignatures::required).orElse(false),
                queue.signs(),
                queue.config().clusters().stream()
                        .flatMap(cluster -> cluster.controlPlane().stream())
                        .map(Cidr::toString)
                        .distinct()
                        .toList(),
                queue.config().imageRegistries(),
                queue.only().map(QueueSummary::onlyFor).orElse(List.of()));
    }

    private static List<String> onlyFor(OnlyConfig only) {
        var pipelines = only.pipelines().stream().map(pipeline -> "pipeline " + pipeline);
        return Stream.concat(only.branches().stream(), pipelines).toList();
    }

    /** In the order of the record, for whoever writes it down. */
    public Map<String, Object> asMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("queue", queue);
        map.put("tags", tags);
        map.put("trust", trust);
        map.put("can", can);
        if (!pool.isEmpty()) {
            map.put("pool", pool);
            map.put("machineType", machineType);
            map.put("capacity", capacity);
            map.put("fallback", fallback);
            map.put("minNodes", minNodes);
            map.put("maxNodes", maxNodes);
        }
        map.put("cpu", cpu);
        map.put("memory", memory);
        map.put("gpus", gpus);
        if (!pool.isEmpty()) {
            map.put("jobsPerNode", jobsPerNode);
        }
        map.put("maxInFlight", maxInFlight);
        if (signedSteps) {
            map.put("signedSteps", true);
        }
        if (signs) {
            map.put("signs", true);
        }
        if (!privateApis.isEmpty()) {
            map.put("privateApis", privateApis);
        }
        if (!imageRegistries.isEmpty()) {
            map.put("imageRegistries", imageRegistries);
        }
        if (!onlyFor.isEmpty()) {
            map.put("onlyFor", onlyFor);
        }
        return map;
    }
}
