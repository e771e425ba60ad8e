/** Tests of what the whole program registers, through the offline engine. */
package io.buildkitefleet.stack;
