/**
 * Text as its reader takes it, whether a person, a shell or a policy: what somebody else wrote, what of it nobody
 * should read, counts, and the files in the jar. It imports nothing.
 */
package io.buildkitefleet.text;
