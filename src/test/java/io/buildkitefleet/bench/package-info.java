/**
 * Measures the command line as a whole: how long a preview takes, and how much memory its processes use. It imports
 * nothing of the project, because it starts what a person would start.
 */
package io.buildkitefleet.bench;
