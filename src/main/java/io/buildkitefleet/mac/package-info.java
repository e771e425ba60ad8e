/**
 * The mac agent outside the cluster: its identity and what it may reach. It imports Pulumi's SDK,
 * {@link io.buildkitefleet.component}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.fleet.identity} and
 * {@link io.buildkitefleet.gcp}; nothing of it is in the cluster. Its type token never changes.
 */
package io.buildkitefleet.mac;
