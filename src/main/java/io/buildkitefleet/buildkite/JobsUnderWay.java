package io.buildkitefleet.buildkite;

import java.util.List;

/**
 * The jobs of a queue that an agent has, or that one is being made for.
 *
 * @param count of all of them
 * @param reserved of those that no agent has yet: whoever runs the queue has taken them, and is about to start one
 * @param pages of some of them
 */
public record JobsUnderWay(int count, int reserved, List<String> pages) {
    public JobsUnderWay {
        pages = List.copyOf(pages);
    }
}
