/**
 * Kubernetes' Pod Security Standards: which fields of a pod each level restricts, from which version on, and what it
 * allows there. It knows no plan, and imports gson and {@link io.buildkitefleet.pulumi}.
 */
package io.buildkitefleet.pods.security;
