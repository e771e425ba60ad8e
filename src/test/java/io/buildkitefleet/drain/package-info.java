/** Tests of updates that wait for jobs: with the stand-in of Buildkite, and real processes and signals. */
package io.buildkitefleet.drain;
