/**
 * What is written for a person: files that they name, and stdout. It imports {@link io.buildkitefleet.text} and
 * {@link io.buildkitefleet.pulumi}, of which it needs the exception and the words for what goes wrong.
 */
package io.buildkitefleet.output;
