/**
 * The values of a queue's Helm release: how Buildkite's controller makes the pod of a job, and what is in it. It
 * imports Pulumi's SDK, {@link io.buildkitefleet.kubernetes}, {@link io.buildkitefleet.fleet},
 * {@link io.buildkitefleet.config} and {@link io.buildkitefleet.config.value}. It registers nothing.
 */
package io.buildkitefleet.kubernetes.agent;
