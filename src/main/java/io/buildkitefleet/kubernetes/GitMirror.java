package io.buildkitefleet.kubernetes;

import java.util.Map;

/** A queue's git mirrors on each node that its jobs run on, as its pods use them. */
final class GitMirror {
    /** The claim, and the volume of a pod that is made of it. */
    static final String NAME = "git-mirrors";

    /** Where the controller mounts it by default. */
    static final String PATH = "/buildkite/git-mirrors";

    private GitMirror() {}

    static Map<String, Object> volume() {
        return NodeDirectory.volume(NAME);
    }

    /** A checkout borrows the mirror's objects, so git needs them as long as the checkout lives. */
    static Map<String, Object> readOnlyMount() {
        return Map.of("name", NAME, "mountPath", PATH, "readOnly", true);
    }
}
