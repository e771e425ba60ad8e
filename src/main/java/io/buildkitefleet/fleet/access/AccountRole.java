package io.buildkitefleet.fleet.access;

/**
 * A role that an account of the fleet has.
 *
 * @param member the account as IAM names it
 * @param role with {@code roles/} before it
 * @param on the kind of what it is on and its name, as {@code bucket acme-ci-artifacts}
 */
public record AccountRole(String member, String role, String on) {
    public static String bucket(String name) {
        return "bucket " + name;
    }

    /** @param name what Pulumi calls it: the name in Google Cloud is made up with it */
    public static String key(String name) {
        return "key " + name;
    }

    public static String repository(String project, String location, String id) {
        return "repository " + project + "/" + location + "/" + id;
    }

    public static String project(String id) {
        return "project " + id;
    }
}
