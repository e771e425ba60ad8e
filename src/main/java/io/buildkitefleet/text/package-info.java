/** Text from elsewhere: names, values and reasons that somebody else wrote. It imports nothing. */
package io.buildkitefleet.text;
