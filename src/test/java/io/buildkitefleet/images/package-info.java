/** The Dockerfile of the agent's image, held to what makes its content certain; it imports nothing. */
package io.buildkitefleet.images;
