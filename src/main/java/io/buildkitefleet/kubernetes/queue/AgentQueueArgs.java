package io.buildkitefleet.kubernetes.queue;

import com.pulumi.core.Output;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.SafeBuilds;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@link AgentQueue} is made of.
 *
 * @param safeBuilds which builds may run on it, if it is a trusted one
 * @param controlPlane the range of the control plane's addresses
 * @param artifactBucket the bucket of artifacts, for queues with an identity
 * @param imageRegistry what names of the fleet's own images begin with, for queues that can push
 * @param identity the address of the queue's Google service account; none for an untrusted queue
 * @param agentToken the Buildkite agent token
 * @param agentTokenVersion changes with the token and says nothing of it
 * @param checkoutKey the private ssh key for checkouts
 * @param secrets environment variable to its value
 * @param variablesKey the id of its key for encrypted variables
 * @param deployNamespaces the names of its deploy namespaces, each known once the namespace exists
 * @param cache where its own cache entries are kept, as {@code gs://bucket/queue/}
 * @param caches the cache servers that its jobs may use
 * @param mirrorDisks what its disk of git mirrors is like, if it has one
 */
public record AgentQueueArgs(
        Queue queue,
        SafeBuilds safeBuilds,
        String controlPlane,
        Output<String> artifactBucket,
        Output<String> imageRegistry,
        Optional<Output<String>> identity,
        Output<String> agentToken,
        Output<String> agentTokenVersion,
        Optional<Output<String>> checkoutKey,
        Map<String, Output<String>> secrets,
        Optional<Output<String>> variablesKey,
        Map<String, Output<String>> deployNamespaces,
        Optional<Output<String>> cache,
        List<CacheServer> caches,
        Optional<MirrorDisks> mirrorDisks) {}
