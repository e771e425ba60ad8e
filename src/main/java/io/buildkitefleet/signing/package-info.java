/**
 * The keys of signed pipelines in the form that the agent reads, JSON Web Keys: what is wrong with one, whether two are
 * halves of a pair, and how a pair is made. It imports gson and nothing of the project.
 */
package io.buildkitefleet.signing;
