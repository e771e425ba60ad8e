package io.buildkitefleet.cost;

import java.math.BigDecimal;

/**
 * Another machine type for a pool, at least as large and provided in the same way.
 *
 * @param machineType the present type, for the first one of a pool
 * @param hour price of an hour
 * @param month cost of the pool's machines at its load
 * @param saving of the month against the present type; negative if it costs more
 * @param job what a job of the pool's first queue gets there
 */
public record Alternative(
        String pool, String machineType, Price hour, BigDecimal month, BigDecimal saving, String job) {}
