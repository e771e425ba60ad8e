package io.buildkitefleet.config.value;

/** What the jobs of a queue may do beyond running commands. */
public enum Capability {
    /** Build and run containers, and push images to the fleet's repository. */
    DOCKER,
    /** Manage workloads in the queue's deploy namespaces. */
    KUBECTL,
    /** As kubectl, and manage the Secrets in which Helm keeps its releases. */
    HELM
}
