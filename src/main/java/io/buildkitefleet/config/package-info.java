/**
 * What a person writes into {@code Pulumi.<stack>.yaml}, read strictly into records: every problem is found before
 * anything is registered. It imports gson, commons-text and Pulumi's SDK, of which it needs the exception type alone.
 */
package io.buildkitefleet.config;
