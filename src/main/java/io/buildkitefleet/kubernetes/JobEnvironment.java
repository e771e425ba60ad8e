package io.buildkitefleet.kubernetes;

import com.pulumi.core.Output;
import io.buildkitefleet.config.Capability;
import java.util.Map;
import java.util.TreeMap;

/** The variables that every job of a queue finds. */
final class JobEnvironment {
    private JobEnvironment() {}

    static Map<String, Output<String>> of(AgentQueueArgs args) {
        var queue = args.queue();
        var variables = new TreeMap<String, Output<String>>();
        variables.put("FLEET_QUEUE", Output.of(queue.name()));
        if (queue.isTrusted()) {
            variables.put(
                    "FLEET_ARTIFACTS", Output.format("gs://%s/%s", args.artifactBucket(), queue.artifactPrefix()));
        }
        if (queue.can(Capability.DOCKER)) {
            variables.put("DOCKER_HOST", Output.of(DockerDaemon.HOST));
            variables.put("FLEET_IMAGES", args.imageRegistry());
        }
        if (!queue.deployNamespaces().isEmpty()) {
            variables.put("FLEET_DEPLOY_NAMESPACES", Output.of(String.join(" ", queue.deployNamespaces())));
        }
        return variables;
    }
}
