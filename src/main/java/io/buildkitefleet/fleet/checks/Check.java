package io.buildkitefleet.fleet.checks;

/** Something that must hold in a fleet; what does not is told to the problems. */
interface Check {
    void run();
}
