/**
 * A queue in the cluster: its namespace, network, access, and the release of its agents. It imports Pulumi's SDK,
 * {@link io.buildkitefleet.component}, {@link io.buildkitefleet.kubernetes},
 * {@link io.buildkitefleet.kubernetes.admission}, {@link io.buildkitefleet.kubernetes.agent},
 * {@link io.buildkitefleet.kubernetes.mirrors}, {@link io.buildkitefleet.fleet} and
 * {@link io.buildkitefleet.config.value}. Its type tokens never change.
 */
package io.buildkitefleet.kubernetes.queue;
