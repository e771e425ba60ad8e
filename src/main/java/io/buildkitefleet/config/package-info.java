/**
 * What a person writes into {@code Pulumi.<stack>.yaml}, a file for each part of it, read strictly into records: every
 * problem is found before anything is registered. It imports gson, {@link io.buildkitefleet.cloud},
 * {@link io.buildkitefleet.config.read}, {@link io.buildkitefleet.config.value}, {@link io.buildkitefleet.pulumi} and
 * {@link io.buildkitefleet.signing}.
 */
package io.buildkitefleet.config;
