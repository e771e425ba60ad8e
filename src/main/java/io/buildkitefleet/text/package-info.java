/**
 * Text as its reader takes it, whether a person, a shell or a policy: what somebody else wrote, and counts. It imports
 * nothing.
 */
package io.buildkitefleet.text;
