package io.buildkitefleet.kubernetes.agent;

import io.buildkitefleet.fleet.Mirror;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.kubernetes.NodeDirectory;
import java.util.Map;

/** A queue's git mirrors as its pods use them. */
public final class GitMirror {
    /** The volume of a pod, and the claim of a node's directory that it may be made of. */
    public static final String NAME = "git-mirrors";

    /** Where the controller mounts it by default. */
    static final String PATH = "/buildkite/git-mirrors";

    private GitMirror() {}

    /** What the chart's checkouts are told, of a queue that has mirrors. */
    static Map<String, Object> checkout(Mirror mirror) {
        // Without it the agent would want to write the disk; where there is no mirror it clones.
        return mirror instanceof Mirror.OnDisk
                ? Map.of("path", PATH, "volume", volume(mirror), "skipUpdate", true)
                : Map.of("path", PATH, "volume", volume(mirror));
    }

    /** A disk takes the place of the empty directory when the pod is admitted. */
    static Map<String, Object> volume(Mirror mirror) {
        return mirror instanceof Mirror.OnDisk ? AgentStack.emptyDir(NAME, "1Mi") : NodeDirectory.volume(NAME);
    }

    /** A checkout borrows the mirror's objects, so git needs them as long as the checkout lives. */
    static Map<String, Object> readOnlyMount() {
        return Map.of("name", NAME, "mountPath", PATH, "readOnly", true);
    }

    public static boolean isOnDisk(Queue queue) {
        return queue.gitMirror().filter(Mirror.OnDisk.class::isInstance).isPresent();
    }
}
