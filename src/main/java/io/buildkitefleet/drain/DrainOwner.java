package io.buildkitefleet.drain;

/**
 * Whose a drain is. The name of a stack alone is not enough: a fork of the project in the same organization at
 * Buildkite has a stack {@code dev} too, and what it is called at Pulumi depends on how that is written.
 *
 * @param stack as {@code project/stack}
 * @param fleet which no other stack is, without blanks, such as {@code bk-dev@acme-ci-dev}; empty if that is not known
 */
public record DrainOwner(String stack, String fleet) {
    /**
     * That of a fleet in Google Cloud, where two of one name cannot be in one project.
     *
     * @param name what the names of everything there begin with
     */
    public static DrainOwner inCloud(String stack, String name, String googleProject) {
        return new DrainOwner(stack, name + "@" + googleProject);
    }

    /** That of a local fleet, by the context of its cluster. */
    public static DrainOwner local(String stack, String context) {
        return new DrainOwner(stack, "local@" + context);
    }

    @Override
    public String toString() {
        return fleet.isEmpty() ? stack : stack + " (" + fleet + ")";
    }
}
