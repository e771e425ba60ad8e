/**
 * A stand-in of Buildkite's API on loopback, which answers with what {@code providers/buildkite-answers.yaml} says, and
 * the tests of what asks it.
 */
package io.buildkitefleet.buildkite;
