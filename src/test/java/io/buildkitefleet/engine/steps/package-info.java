/** Documents that lead somewhere, step by step: their commands are run under the real engine. */
package io.buildkitefleet.engine.steps;
