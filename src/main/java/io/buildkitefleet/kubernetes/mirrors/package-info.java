/**
 * Disks of git mirrors: what fills them, and how pods get them. It imports Pulumi's SDK,
 * {@link io.buildkitefleet.component}, {@link io.buildkitefleet.kubernetes}, {@link io.buildkitefleet.kubernetes.agent}
 * and {@link io.buildkitefleet.fleet}. Its type tokens never change.
 */
package io.buildkitefleet.kubernetes.mirrors;
