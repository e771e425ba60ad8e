package io.buildkitefleet.config;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A rule that the stack may break.
 *
 * @param rule the rule's id
 * @param resource the names of the resources that may, in which {@code *} stands for anything; all if there is none
 * @param reason why they may
 * @param until the last day, in UTC, on which they may
 */
public record Waiver(String rule, Optional<String> resource, String reason, LocalDate until) {}
