/**
 * The values of a queue's Helm release: how Buildkite's controller makes the pod of a job, and what is in it. It
 * imports Pulumi's SDK, {@link io.buildkitefleet.kubernetes}, {@link io.buildkitefleet.cloud},
 * {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.config}, {@link io.buildkitefleet.config.value},
 * {@link io.buildkitefleet.fleet.images} and {@link io.buildkitefleet.text}. It registers nothing.
 */
package io.buildkitefleet.kubernetes.agent;
