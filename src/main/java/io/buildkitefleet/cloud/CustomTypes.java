package io.buildkitefleet.cloud;

import io.buildkitefleet.config.value.Memory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What Google makes of a series in sizes that a person chooses. Memory always comes in steps of 256 MiB.
 *
 * @param vcpus the numbers of vCPUs that there are; empty if they are not known, and then no limit is
 * @param leastMebibytes of memory a vCPU; not whole where Google says it in gigabytes, such as 0.9
 * @param mostMebibytes of memory a vCPU, without the extended memory of types whose names end in {@code -ext}
 * @param most all memory of one without extended memory, if that is bounded, too
 * @param mostExtended all memory of one with extended memory, as far as it is known; none of it if there is none
 * @param sharedCore the least and the most MiB of types that share a core, by the last word of their name
 */
record CustomTypes(
        List<Steps> vcpus,
        BigDecimal leastMebibytes,
        long mostMebibytes,
        Optional<Memory> most,
        Optional<Memory> mostExtended,
        Map<String, List<Long>> sharedCore) {
    private static final int STEP_MEBIBYTES = 256;

    /** Every {@code step}th number from the one to the other, both included. */
    record Steps(int from, int to, int step) {
        private boolean has(int number) {
            return number >= from && number <= to && (number - from) % step == 0;
        }

        private String text() {
            return from == to ? String.valueOf(from) : from + " to " + to + " in steps of " + step;
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
        var bound = extended ? mostExtended : most;
        return vcpus.stream().anyMatch(steps -> steps.has(cpus))
                && BigDecimal.valueOf(mebibytes).compareTo(leastMebibytes.multiply(BigDecimal.valueOf(cpus))) >= 0
                && (extended || mebibytes <= cpus * mostMebibytes)
                && bound.filter(limit -> mebibytes > limit.mebibytes()).isEmpty();
    }

    boolean allowSharedCore(String word, long mebibytes) {
        return sharedCore.containsKey(word)
                && mebibytes % STEP_MEBIBYTES == 0
                && mebibytes >= sharedCore.get(word).get(0)
                && mebibytes <= sharedCore.get(word).get(1);
    }

    /** What they may be, for a person whose type is none of these. */
    String text() {
        return "as vCPUs " + vcpus.stream().map(Steps::text).collect(Collectors.joining(", or "))
                + "; as memory a multiple of "
                + STEP_MEBIBYTES + " MiB, " + leastMebibytes + " to " + mostMebibytes + " for each vCPU"
                + most.map(limit -> ", at most " + limit.mebibytes() + " in all")
                        .orElse("") + ", and " + extendedText();
    }

    private String extendedText() {
        if (mostExtended.isEmpty()) {
            return "more with -ext behind the name";
        }
        var limit = mostExtended.get().mebibytes();
        return limit == 0 ? "no extended memory (-ext)" : "at most " + limit + " in all with -ext behind the name";
    }
}
