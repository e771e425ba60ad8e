package io.buildkitefleet.buildkite;

/**
 * A job that an agent has, or that one is being made for.
 *
 * @param id its UUID
 * @param queue the key of its queue
 * @param state as the GraphQL API names it, such as {@code RUNNING}
 * @param url its page
 */
public record QueueJob(String id, String queue, String state, String url) {
    /** Whether it has no agent yet: whoever runs the queue has taken it, and is about to start one. */
    public boolean isReserved() {
        return state.equals("RESERVED");
    }
}
