/**
 * How configuration is read: a section, its fields, the form of each, and every problem with its place. It imports
 * gson, commons-text, {@link io.buildkitefleet.config.value}, {@link io.buildkitefleet.pulumi},
 * {@link io.buildkitefleet.text} and Pulumi's SDK, of which it needs the exception type alone.
 */
package io.buildkitefleet.config.read;
