/** The hooks that run around jobs, each by itself in the shells that it may meet. */
package io.buildkitefleet.hooks;
