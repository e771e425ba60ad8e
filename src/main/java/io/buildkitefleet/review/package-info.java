/**
 * What is worth saying of a change before it is merged: what it does to each stack, and which findings it adds and
 * mends. It imports {@link io.buildkitefleet.diff} and {@link io.buildkitefleet.rules}; how it is told is not its
 * business.
 */
package io.buildkitefleet.review;
