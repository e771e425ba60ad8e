package io.buildkitefleet.kubernetes.agent;

import io.buildkitefleet.fleet.KnownHosts;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.SafeBuilds;
import io.buildkitefleet.text.BundledFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What runs around every job of a trusted queue. The hooks and the policy that they keep are one volume, which is read
 * only for a job. Its place is outside of the working directory: what is mounted in there, a container that the job
 * starts could move away.
 */
public final class JobHooks {
    /** The name of the ConfigMap and of the volume that is made of it. */
    public static final String NAME = "hooks";

    private static final String PATH = "/buildkite/hooks";

    /** Everybody may read and run them, nobody may write. */
    private static final int MODE = 0555;

    private static final List<String> FILES = List.of(
            "pre-bootstrap",
            "lib.sh",
            "decide.sh",
            "facts.sh",
            "forbidden-variables.txt",
            "environment",
            "check-commit",
            "branches.sh",
            "renew-checkout",
            "renew-mirrors",
            "open-variable",
            "reserved-variables.txt",
            "post-checkout",
            "pre-command",
            "pre-exit",
            "with-timeout");

    /** What the queue that signs steps has besides. */
    private static final List<String> UPLOAD_FILES = List.of("upload", "upload-command.sh");

    /** The agent runs this in place of a job's command. */
    private static final String COMMAND = "command";

    private JobHooks() {}

    /** The files of a queue by their names. */
    public static Map<String, String> files(SafeBuilds safeBuilds, KnownHosts knownHosts, Queue queue) {
        var files = new TreeMap<String, String>();
        FILES.forEach(file -> files.put(file, read(file)));
        files.put(SafeBuilds.FILE, safeBuilds.policyOf(queue));
        files.put(KnownHosts.FILE, knownHosts.text());
        if (queue.signs()) {
            UPLOAD_FILES.forEach(file -> files.put(file.equals("upload") ? COMMAND : file, read(file)));
        }
        return files;
    }

    /**
     * What the chart is told of them. An untrusted queue has none, and no place for any either: where the controller
     * would look for them by default, its jobs could put some for the agent beside them, which holds the agent token.
     */
    static Map<String, Object> agentConfig(Queue queue) {
        if (!queue.isTrusted()) {
            return Map.of("hooks-path", PATH);
        }
        return Map.of(
                "hooks-path",
                PATH,
                "hooksVolume",
                Map.of("name", NAME, "configMap", Map.of("name", NAME, "defaultMode", MODE)));
    }

    private static String read(String file) {
        return BundledFile.text("/hooks/" + file);
    }
}
