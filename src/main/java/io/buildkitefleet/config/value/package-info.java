/** The values of configuration keys, as types of their own. It imports nothing. */
package io.buildkitefleet.config.value;
