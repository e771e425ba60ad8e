/**
 * What a plan must not be: rules with their reasons and sources, and what comes of holding a plan against them. It
 * imports gson, {@link io.buildkitefleet.config}, {@link io.buildkitefleet.fleet} and, because rules read a plan as the
 * data that it is, {@link io.buildkitefleet.preview}; how findings are told is not its business.
 */
package io.buildkitefleet.rules;
