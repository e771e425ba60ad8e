package io.buildkitefleet.engine;

import io.buildkitefleet.engine.provider.Cloud;
import java.util.List;
import java.util.Set;

/** What an update did to a cloud, as {@code Update pool-big-nodes}. */
final class Changes {
    private static final Set<String> CHANGING = Set.of("Create", "Update", "Delete");

    private Changes() {}

    static List<String> in(Cloud cloud) {
        return cloud.calls().stream()
                .filter(call -> CHANGING.contains(call.method()))
                .map(call -> call.method() + " " + call.name())
                .toList();
    }
}
