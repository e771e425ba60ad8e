package io.buildkitefleet.apiserver;

/**
 * A script that has run.
 *
 * @param output all that it said
 */
record Run(int status, String output) {
    boolean succeeded() {
        return status == 0;
    }
}
