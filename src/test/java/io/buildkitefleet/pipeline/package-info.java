/** This project's own pipeline, and the scripts that its steps run. */
package io.buildkitefleet.pipeline;
