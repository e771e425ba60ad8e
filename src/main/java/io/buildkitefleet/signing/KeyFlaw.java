package io.buildkitefleet.signing;

/**
 * What is wrong with a key.
 *
 * @param member the member of the key where it is; empty where it is the key as a whole
 * @param message what was got, what is allowed, and what to do
 */
public record KeyFlaw(String member, String message) {
    /** In a sentence about the key. */
    @Override
    public String toString() {
        return member.isEmpty() ? message : "its " + member + " " + message;
    }
}
