/**
 * Where the program starts and its table of contents. It imports Pulumi's SDK and gson, and
 * {@link io.buildkitefleet.config}, {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.gcp},
 * {@link io.buildkitefleet.kubernetes} and {@link io.buildkitefleet.mac}; the command line and the preview run the
 * program and are no part of it.
 */
package io.buildkitefleet;
