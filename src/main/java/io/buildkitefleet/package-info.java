/**
 * Where the program starts. It imports gson, {@link io.buildkitefleet.sdk}, {@link io.buildkitefleet.stack} and, for
 * what is handed to Pulumi's plugin manager, {@link io.buildkitefleet.fleet}.
 */
package io.buildkitefleet;
