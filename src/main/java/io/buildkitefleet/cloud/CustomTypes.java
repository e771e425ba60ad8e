package io.buildkitefleet.cloud;

import io.buildkitefleet.config.value.Memory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Google makes of a series in sizes that a person chooses. Memory always comes in steps of 256 MiB.
 *
 * @param vcpus the numbers of vCPUs that there are; empty if they are not known, and then no limit is
 * @param leastMebibytes of memory a vCPU
 * @param mostMebibytes of memory a vCPU, without the extended memory of types whose names end in {@code -ext}
 * @param mostExtended all memory of one with extended memory, as far as it is known
 * @param sharedCore the least and the most MiB of types that share a core, by the last word of their name
 */
record CustomTypes(
        List<Steps> vcpus,
        long leastMebibytes,
        long mostMebibytes,
        Optional<Memory> mostExtended,
        Map<String, List<Long>> sharedCore) {
    private static final int STEP_MEBIBYTES = 256;

    /** Every {@code step}th number from the one to the other, both included. */
    record Steps(int from, int to, int step) {
        private boolean has(int number) {
            return number >= from && number <= to && (number - from) % step == 0;
        }
    }

    /** Whether it is known how much memory there may be. */
    boolean areKnown(boolean extended) {
        return areKnown() && (!extended || mostExtended.isPresent());
    }

    boolean areKnown() {
        return !vcpus.isEmpty();
    }

    boolean allow(int cpus, long mebibytes, boolean extended) {
        if (cpus < 1 || mebibytes < 1 || mebibytes % STEP_MEBIBYTES != 0) {
            return false;
        }
        if (!areKnown()) {
            return true;
        }
        return vcpus.stream().anyMatch(steps -> steps.has(cpus))
                && mebibytes >= cpus * leastMebibytes
                && (extended
                        ? mostExtended
                                .filter(most -> mebibytes > most.mebibytes())
                                .isEmpty()
                        : mebibytes <= cpus * mostMebibytes);
    }

    boolean allowSharedCore(String word, long mebibytes) {
        return sharedCore.containsKey(word)
                && mebibytes % STEP_MEBIBYTES == 0
                && mebibytes >= sharedCore.get(word).get(0)
                && mebibytes <= sharedCore.get(word).get(1);
    }
}
