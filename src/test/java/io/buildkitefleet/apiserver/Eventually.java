package io.buildkitefleet.apiserver;

/** The server learns of what it has stored a moment later: that a quota, a policy or a claim is there. */
final class Eventually {
    /** Ten a second; thousands of times what it takes on two cores. */
    private static final int TRIES = 300;

    private Eventually() {}

    interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Waits until it does.
     *
     * @param what it is, for whoever reads that it never did
     */
    static void holds(String what, Condition condition) throws Exception {
        for (int tries = 0; !condition.holds(); tries++) {
            if (tries > TRIES) {
                throw new AssertionError("after " + TRIES / 10 + " seconds it does not hold that " + what);
            }
            Thread.sleep(100);
        }
    }
}
