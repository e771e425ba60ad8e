package io.buildkitefleet.rules.admission;

import io.buildkitefleet.text.BundledFile;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What this version's policies are wherever no configuration changes them, as somebody has read and agreed to it: a
 * program that makes others does not agree with it.
 */
final class RecordedPolicies {
    /** Before the name of a policy, where the nodes are no pools of the fleet. */
    static final String WITHOUT_POOLS = "without-pools/";

    /** Lines of a policy's name, a part and a digest. */
    private static final String FILE = "/admission/digests.txt";

    private static final Map<String, SortedMap<String, String>> PARTS = read();

    private RecordedPolicies() {}

    /** The parts of a policy and of its binding, with their digests; nothing if the fleet has none of the name. */
    static Optional<SortedMap<String, String>> parts(String policy, boolean isLocal) {
        return Stream.of(WITHOUT_POOLS + policy, policy)
                .filter(name -> isLocal || !name.startsWith(WITHOUT_POOLS))
                .filter(PARTS::containsKey)
                .findFirst()
                .map(PARTS::get);
    }

    private static Map<String, SortedMap<String, String>> read() {
        var parts = new TreeMap<String, SortedMap<String, String>>();
        BundledFile.text(FILE).lines().map(line -> line.split(" ")).forEach(line -> parts.computeIfAbsent(
                        line[0], unused -> new TreeMap<>())
                .put(line[1], line[2]));
        return parts;
    }
}
