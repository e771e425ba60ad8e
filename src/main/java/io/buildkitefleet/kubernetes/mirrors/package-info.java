/**
 * Disks of git mirrors: what fills them, and how pods get them. It imports Pulumi's SDK,
 * {@link io.buildkitefleet.component}, {@link io.buildkitefleet.kubernetes},
 * {@link io.buildkitefleet.kubernetes.agent}, {@link io.buildkitefleet.fleet} and {@link io.buildkitefleet.text}. Its
 * type tokens never change.
 */
package io.buildkitefleet.kubernetes.mirrors;
