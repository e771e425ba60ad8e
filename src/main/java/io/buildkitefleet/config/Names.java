package io.buildkitefleet.config;

import java.util.regex.Pattern;

/** The forms of names that Google, Kubernetes and Buildkite accept. */
final class Names {
    /** A DNS label (RFC 1123), in which Kubernetes and Google agree; the lengths are checked where names are made. */
    static final Pattern LABEL = Pattern.compile("[a-z](?:[a-z0-9-]*[a-z0-9])?");

    static final String LABEL_WORDS = "lower-case letters, digits and hyphens, beginning with a letter";

    static final Pattern SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /** An account of a git host, or a group of groups, as {@code host/account}. */
    static final Pattern ACCOUNT =
            Pattern.compile("[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)+");

    static final Pattern REGION = Pattern.compile("[a-z]+-[a-z]+\\d{1,2}");

    static final Pattern ZONE = Pattern.compile("[a-z]+-[a-z]+\\d{1,2}-[a-z]");

    static final Pattern CLUSTER_LOCATION = Pattern.compile(REGION + "(?:-[a-z])?");

    /** https://cloud.google.com/compute/docs/labeling-resources#requirements */
    static final Pattern CLOUD_LABEL = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    static final String CLOUD_LABEL_WORDS = "lower-case letters, digits, _ and -, beginning with a letter";

    static final Pattern CLOUD_LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");

    /** https://cloud.google.com/resource-manager/docs/creating-managing-projects */
    static final Pattern PROJECT = Pattern.compile("[a-z][a-z0-9-]{4,28}[a-z0-9]");

    static final Pattern MACHINE_TYPE = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+){1,4}");

    /** A bucket location: a region, a dual-region or a multi-region. */
    static final Pattern LOCATION = Pattern.compile("[A-Za-z]+[A-Za-z0-9-]*");

    /** https://buildkite.com/docs/agent/cli/reference/start#setting-tags */
    static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.-]+");

    static final String TAG_WORDS = "letters, digits, _ . and -";

    static final Pattern TAG_VALUE = Pattern.compile("[A-Za-z0-9_.*/:-]+");

    static final Pattern ABSOLUTE_PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+)+");

    static final Pattern GIT_FLAGS = Pattern.compile("-[a-z]+(?: -[A-Za-z]+| --[a-z-]+(?:=[A-Za-z0-9._*/-]+)?)*");

    /** A variable that a job may be given, if nothing else has its name. */
    static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]*");

    static final String VARIABLE_WORDS = "capital letters, digits and _, not beginning with a digit";

    /** Where a secret stands, below the project's namespace; {@code fleet} itself is no secret. */
    static final Pattern SECRET_KEY = Pattern.compile("(?!fleet$)[A-Za-z][A-Za-z0-9_-]*");

    static final String SECRET_KEY_WORDS = "the NAME of a secret that is set with: pulumi config set --secret NAME";

    /** https://cloud.google.com/iam/docs/principal-identifiers, without the public ones. */
    static final Pattern MEMBER = Pattern.compile("(?:user|group|serviceAccount):[^@\\s]+@[^@\\s]+");

    /** Of those, the ones whom Kubernetes' RBAC knows by their address. */
    static final Pattern PERSON = Pattern.compile("(?:user|group):[^@\\s]+@[^@\\s]+");

    static final Pattern SECURITY_GROUP = Pattern.compile("gke-security-groups@[a-z0-9.-]+\\.[a-z]+");

    /** An image that always means the same bytes, or at least names a version: a digest, or a tag that isn't latest. */
    static final Pattern PINNED_IMAGE =
            Pattern.compile("[a-z0-9][a-z0-9._/:-]*(?:@sha256:[0-9a-f]{64}|:(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]*)");

    /** A resource's name in Pulumi, or several at once. */
    static final Pattern RESOURCE_GLOB = Pattern.compile("[A-Za-z0-9_.*-]+");

    private Names() {}
}
