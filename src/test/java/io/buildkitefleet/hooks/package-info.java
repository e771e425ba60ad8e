/**
 * The hooks that run around jobs: each by itself in the shells that it may meet, and all of them under the real agent,
 * with a stand-in for Buildkite's Agent API. Needs, for the latter, the agent that {@code tools/install} builds.
 */
package io.buildkitefleet.hooks;
