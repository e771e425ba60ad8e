package io.buildkitefleet.plan;

import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.kubernetes.agent.JobHooks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What the hooks of a fleet's queues are, told by their digests. */
public final class HookDigests {
    private HookDigests() {}

    /** By the queue and the file; an untrusted queue has none. */
    static Map<String, Map<String, String>> of(Fleet fleet) {
        var digests = new TreeMap<String, Map<String, String>>();
        fleet.queues().stream().filter(Queue::isTrusted).forEach(queue -> digests.put(queue.name(), of(fleet, queue)));
        return digests;
    }

    private static Map<String, String> of(Fleet fleet, Queue queue) {
        var digests = new TreeMap<String, String>();
        JobHooks.files(fleet.safeBuilds(), fleet.knownHosts(), queue)
                .forEach((file, text) -> digests.put(file, of(text)));
        return digests;
    }

    /** The SHA-256 of a file, in hexadecimal. */
    public static String of(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Java has no SHA-256", absent);
        }
    }
}
