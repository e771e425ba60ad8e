/**
 * What a person writes into {@code Pulumi.<stack>.yaml}, read strictly into records: every problem is found before
 * anything is registered. It imports gson, commons-text and, for {@link io.buildkitefleet.config.ConfigException}
 * alone, Pulumi's exception type; it knows nothing of the other packages.
 */
package io.buildkitefleet.config;
