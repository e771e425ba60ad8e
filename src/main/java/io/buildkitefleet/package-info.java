/**
 * Where the program starts. It imports Pulumi's SDK, gson, {@link io.buildkitefleet.stack} and, for what is handed to
 * Pulumi's plugin manager, {@link io.buildkitefleet.fleet}.
 */
package io.buildkitefleet;
