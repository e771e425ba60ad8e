/**
 * Buildkite's REST and GraphQL API, as much of it as the fleet's own commands use: one place for the token, the pages
 * of a list, and what is tried again. It imports gson and nothing of the project.
 */
package io.buildkitefleet.buildkite;
