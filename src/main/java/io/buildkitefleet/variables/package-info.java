/**
 * Encrypted variables: values that may stand in a public pipeline file, because only the jobs of one queue can open
 * them. It imports gson and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.variables;
