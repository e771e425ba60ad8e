package io.buildkitefleet.config;

import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.Cpu;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.config.value.Trust;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Buildkite queue and what its jobs get.
 *
 * @param pool the pool whose nodes run the jobs
 * @param can what the jobs may do beyond running commands
 * @param docker how images are built, if not in the usual way
 * @param namespaces the namespaces that kubectl and helm may manage
 * @param clusters clusters elsewhere that the jobs deploy to
 * @param jobsPerNode how many jobs share a node
 * @param cpu CPU of a job, if less than its share of the node
 * @param memory memory of a job, if less than its share of the node
 * @param maxInFlight jobs at a time, if less than the pool holds
 * @param timeoutMinutes how long a job may take
 * @param image the image of jobs that name none
 * @param tags further agent tags
 * @param secrets environment variable to the secret key that holds its value
 * @param warm what jobs leave on a node for the next ones: a name of each, to where jobs see it
 * @param gitCleanFlags what git clean is told before a job
 * @param variablesKey the version of its key for encrypted variables; none without such a key
 * @param debuggers people and groups, as IAM members, who may open a shell in its jobs
 */
public record QueueConfig(
        String pool,
        Trust trust,
        List<Capability> can,
        Optional<DockerConfig> docker,
        List<String> namespaces,
        List<TargetCluster> clusters,
        int jobsPerNode,
        Optional<Cpu> cpu,
        Optional<Memory> memory,
        Optional<Integer> maxInFlight,
        int timeoutMinutes,
        Optional<String> image,
        Map<String, String> tags,
        Map<String, String> secrets,
        Optional<Integer> variablesKey,
        List<String> debuggers,
        Map<String, String> warm,
        Optional<String> gitCleanFlags) {
    public boolean can(Capability capability) {
        return can.contains(capability);
    }
}
