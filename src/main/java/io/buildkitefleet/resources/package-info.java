/**
 * What the program knows of each type of resource that it registers: one entry for each, which diffs, reports and rules
 * read. It imports gson and {@link io.buildkitefleet.text}.
 */
package io.buildkitefleet.resources;
