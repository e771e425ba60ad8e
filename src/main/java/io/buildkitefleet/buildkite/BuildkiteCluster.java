package io.buildkitefleet.buildkite;

/**
 * One of an organization's clusters at Buildkite: pipelines, agents and the queues between them.
 *
 * @param id its UUID
 */
public record BuildkiteCluster(String organization, String id, String name) {}
