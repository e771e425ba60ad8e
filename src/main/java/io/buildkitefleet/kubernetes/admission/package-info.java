/**
 * What the API server admits into the namespaces of queues: the policies, which are files of {@code admission} in the
 * resources, and what differs from queue to queue. It imports Pulumi's SDK, {@link io.buildkitefleet.component},
 * {@link io.buildkitefleet.kubernetes} and {@link io.buildkitefleet.fleet}. Its type tokens never change.
 */
package io.buildkitefleet.kubernetes.admission;
