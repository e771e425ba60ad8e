package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.config.DeployerConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.OnlyConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.Mirror;
import io.buildkitefleet.fleet.NamespaceBounds;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.fleet.StepSignatures;
import io.buildkitefleet.fleet.images.Images;
import io.buildkitefleet.text.Listing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the {@link Queue}s of their configurations; those whose pool is not known stay out. */
final class QueueResolver {
    private final FleetConfig config;
    private final Map<String, Pool> pools;
    private final Problems problems;
    private final Map<String, JobSize> sizes;
    private final PoolShares shares;
    private final Images images;

    QueueResolver(FleetConfig config, Map<String, Pool> pools, Problems problems) {
        this.config = config;
        this.pools = pools;
        this.problems = problems;
        this.sizes = sizes();
        this.images = new ResourceNames(config).images();
        this.shares = new PoolShares(config, pools, sizes, problems);
    }

    List<Queue> resolve() {
        var queues = new ArrayList<Queue>();
        sizes.forEach((name, size) -> shares.ofQueue(name)
                .ifPresent(nodes -> queues.add(queue(name, config.queues().get(name), size, nodes))));
        return queues;
    }

    /** What the queues deploy into, as far as its pool is known. */
    List<NamespaceBounds> namespaces() {
        var namespaces = new ArrayList<NamespaceBounds>();
        config.deployPools().forEach((name, pool) -> shares.ofNamespace(name)
                .ifPresent(nodes ->
                        namespaces.add(new NamespaceBounds(name, config.namespace(name), pools.get(pool), nodes))));
        return namespaces;
    }

    /** How much each queue's job gets, for those whose pool is known. */
    private Map<String, JobSize> sizes() {
        var sizes = new LinkedHashMap<String, JobSize>();
        config.queues().forEach((name, queue) -> {
            var pool = Optional.ofNullable(pools.get(queue.pool()));
            if (pool.isPresent()) {
                new JobSizer(problems.at("queues", name), pool.get(), queue, problems)
                        .size()
                        .ifPresent(size -> sizes.put(name, size));
            } else if (!isPoolInDoubt(name, queue)) {
                problems.at("queues", name, "pool")
                        .add("is not a pool, got \"" + queue.pool() + "\"; there are: "
                                + Listing.of(config.pools().keySet()));
            }
        });
        return sizes;
    }

    /** Whether the pool is there but wrong, or what the queue or the pools say of it is. */
    private boolean isPoolInDoubt(String name, QueueConfig queue) {
        return config.pools().containsKey(queue.pool())
                || config.pools().isEmpty()
                || problems.at("queues", name).isRefused()
                || problems.at("queues", name, "pool").isInDoubt();
    }

    private Queue queue(String name, QueueConfig queue, JobSize size, int nodes) {
        var most = nodes * size.jobsPerNode();
        var account = queue.trust() == Trust.TRUSTED
                ? Optional.of(new ResourceNames(config).account(name))
                : Optional.<String>empty();
        return new Queue(
                name,
                queue,
                Optional.of(pools.get(queue.pool())),
                size.pod(),
                size.jobsPerNode(),
                queue.maxInFlight().orElse(most),
                account,
                gitMirror(name, queue),
                images,
                StepSignatures.of(config.signing(), name, queue),
                only(name, queue));
    }

    /**
     * What the queue has deploys the stack, so its jobs are those of the pipeline that does, unless others are named.
     */
    private Optional<OnlyConfig> only(String name, QueueConfig queue) {
        var named = queue.only();
        if (named.filter(only -> !only.pipelines().isEmpty()).isPresent()) {
            return named;
        }
        return config.deployer()
                .flatMap(DeployerConfig::buildkite)
                .flatMap(DeployerConfig.Buildkite::up)
                .filter(jobs -> jobs.queue().equals(name))
                .map(jobs ->
                        new OnlyConfig(named.map(OnlyConfig::branches).orElse(List.of()), List.of(jobs.pipeline())))
                .or(() -> named);
    }

    /** What an untrusted job left on a node would be there for the next, and private code may be on a disk. */
    private Optional<Mirror> gitMirror(String name, QueueConfig queue) {
        if (queue.trust() == Trust.UNTRUSTED) {
            return Optional.empty();
        }
        var pool = pools.get(queue.pool());
        return switch (config.checkout().gitMirror()) {
            case NONE -> Optional.empty();
            // A sandbox is kept from the node's paths.
            case NODE ->
                Optional.<Mirror>of(new Mirror.OnNode(ResourceNames.gitMirror(name)))
                        .filter(mirror -> pool.config().sandbox() == Sandbox.NONE);
            case DISK ->
                Stream.of(pool.config().zones(), config.zones())
                        .filter(zones -> !zones.isEmpty())
                        .map(zones -> zones.get(0))
                        .findFirst()
                        .map(Mirror.OnDisk::new);
        };
    }
}
