/** What each level of Pod Security says of pods, and pods that try every field that one restricts. */
package io.buildkitefleet.pods.security;
