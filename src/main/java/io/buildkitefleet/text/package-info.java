/** Words for a person: text from elsewhere that somebody else wrote, and counts. It imports nothing. */
package io.buildkitefleet.text;
