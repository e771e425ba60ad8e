package io.buildkitefleet.fleet;

/**
 * A Compute Engine quota that the fleet needs, and of which not enough is known to hold it against a project.
 *
 * @param what is counted, or the quota's name
 * @param reason what is not known
 */
public record UnknownQuota(String what, String reason) {}
