/**
 * What a registry mirror of a fleet holds, and the script that fills and checks it. It imports
 * {@link io.buildkitefleet.fleet}, {@link io.buildkitefleet.fleet.images} and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.registry;
