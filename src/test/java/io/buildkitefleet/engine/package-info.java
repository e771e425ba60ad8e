/**
 * The program under the real engine of Pulumi, with {@link io.buildkitefleet.engine.provider stand-ins} for the
 * providers and a state in a temporary directory; some of it with the real plugin for Kubernetes and a real cluster.
 * Needs the tools that {@code tools/install} builds.
 */
package io.buildkitefleet.engine;
