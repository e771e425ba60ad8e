package io.buildkitefleet.apiserver;

/** The server learns of what it has stored a moment later: that a quota, a policy or a claim is there. */
public final class Eventually {
    /** Ten a second; thousands of times what it takes on two cores. */
    private static final int TRIES = 300;

    private Eventually() {}

    /** @param <E> what else may happen while one looks */
    public interface Condition<E extends Exception> {
        boolean holds() throws E, InterruptedException;
    }

    /**
     * Waits until it does.
     *
     * @param what it is, for whoever reads that it never did
     */
    public static <E extends Exception> void holds(String what, Condition<E> condition) throws E, InterruptedException {
        for (int tries = 0; !condition.holds(); tries++) {
            if (tries > TRIES) {
                throw new AssertionError("after " + TRIES / 10 + " seconds it does not hold that " + what);
            }
            Thread.sleep(100);
        }
    }
}
