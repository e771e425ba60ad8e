package io.buildkitefleet.config.read;

import io.buildkitefleet.config.value.Pipeline;
import java.util.regex.Pattern;

/** The forms of names that Google, Kubernetes and Buildkite accept. */
public final class Forms {
    /** A DNS label (RFC 1123), in which Kubernetes and Google agree; the lengths are checked where names are made. */
    public static final Pattern LABEL = Pattern.compile("[a-z](?:[a-z0-9-]*[a-z0-9])?");

    public static final String LABEL_WORDS = "lower-case letters, digits and hyphens, beginning with a letter";

    public static final Pattern SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

    /**
     * A branch as git has it, or a pattern with one asterisk, as a refspec may have:
     * https://git-scm.com/docs/git-check-ref-format
     */
    public static final Pattern BRANCH_PATTERN =
            Pattern.compile("(?!refs/|HEAD$|@$|[-/.])(?!.*(?:\\.\\.|@\\{|//|/\\.|\\.lock(?:/|$)|\\*.*\\*))"
                    + "[^\\s\\p{Cntrl}~^:?\\[\\\\]*[^\\s\\p{Cntrl}~^:?\\[\\\\/.]");

    /** The slug of a pipeline or of a team, or an id, at Buildkite. */
    public static final Pattern BUILDKITE_SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9_-]*[a-z0-9_])?");

    public static final Pattern UUID = Pipeline.UUID;

    /** A pipeline's slug or id; an id that lacks a digit is no slug that somebody chose. */
    public static final Pattern PIPELINE = Pattern.compile(
            UUID.pattern() + "|(?!(?=.{30,40}$)(?:[0-9a-f]+-){4}[0-9a-f]+$)" + BUILDKITE_SLUG.pattern());

    public static final String UUID_WORDS = "a UUID in lower case, such as bb3125de-4dc9-44cf-ad18-65d2b71a5a34";

    /** A branch by its whole name, as git has it. */
    public static final Pattern BRANCH = Pattern.compile("(?!.*\\*)" + BRANCH_PATTERN.pattern());

    /** An account of a git host, or a group of groups, as {@code host/account}. */
    public static final Pattern ACCOUNT =
            Pattern.compile("[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)+");

    public static final Pattern REGION = Pattern.compile("[a-z]+-[a-z]+\\d{1,2}");

    /** A letter, or a name such as ai1a: https://cloud.google.com/compute/docs/regions-zones/ai-zones */
    private static final String ZONE_OF_REGION = "-(?:[a-z]|ai\\d{1,2}[a-z])";

    public static final Pattern ZONE = Pattern.compile(REGION + ZONE_OF_REGION);

    public static final Pattern CLUSTER_LOCATION = Pattern.compile(REGION + "(?:" + ZONE_OF_REGION + ")?");

    /** https://cloud.google.com/kubernetes-engine/versioning#versioning_scheme */
    public static final Pattern KUBERNETES_VERSION =
            Pattern.compile("1\\.[2-9]\\d(?:\\.\\d{1,3}(?:-gke\\.\\d{1,10})?)?");

    public static final String KUBERNETES_VERSION_WORDS =
            "a version of Kubernetes in quotes, such as \"1.36\" or \"1.36.4-gke.1082000\"";

    /** https://cloud.google.com/compute/docs/labeling-resources#requirements */
    public static final Pattern CLOUD_LABEL = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    public static final String CLOUD_LABEL_WORDS = "lower-case letters, digits, _ and -, beginning with a letter";

    public static final String CLOUD_LABEL_VALUE_WORDS = "lower-case letters, digits, _ and -";

    public static final Pattern CLOUD_LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");

    /**
     * The address of a service account, whoever made it:
     * https://github.com/hashicorp/terraform-provider-google/blob/main/google/verify/validation.go. A project of a
     * domain has that in its accounts' addresses, after its own name.
     */
    public static final Pattern SERVICE_ACCOUNT = Pattern.compile(
            "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+gserviceaccount\\.com");

    public static final Pattern MACHINE_TYPE = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+){1,4}");

    /** A bucket location: a region, a dual-region or a multi-region. */
    public static final Pattern LOCATION = Pattern.compile("[A-Za-z]+[A-Za-z0-9-]*");

    /** https://buildkite.com/docs/agent/cli/reference/start#setting-tags */
    public static final Pattern TAG = Pattern.compile("[A-Za-z0-9_.-]+");

    public static final String TAG_WORDS = "letters, digits, _ . and -";

    public static final Pattern TAG_VALUE = Pattern.compile("[A-Za-z0-9_.*/:-]+");

    public static final Pattern ABSOLUTE_PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+)+");

    public static final Pattern GIT_FLAGS =
            Pattern.compile("-[a-z]+(?: -[A-Za-z]+| --[a-z-]+(?:=[A-Za-z0-9._*/-]+)?)*");

    /** A variable that a job may be given, if nothing else has its name. */
    public static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]*");

    public static final String VARIABLE_WORDS = "capital letters, digits and _, not beginning with a digit";

    /** Where a secret stands, below the project's namespace; {@code fleet} itself is no secret. */
    static final Pattern SECRET_KEY = Pattern.compile("(?!fleet$)[A-Za-z][A-Za-z0-9_-]*");

    public static final String SECRET_KEY_WORDS =
            "the NAME of a secret that is set with: pulumi config set --secret " + ConfigSource.NAMESPACE + "NAME";

    public static final Pattern SECURITY_GROUP = Pattern.compile("gke-security-groups@[a-z0-9.-]+\\.[a-z]+");

    /** https://github.com/distribution/reference/blob/main/regexp.go */
    private static final String IMAGE_TAG = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";

    /**
     * An image that always means the same bytes, or at least names a version: a digest, beside which any tag may stand,
     * or a tag that isn't latest.
     */
    public static final Pattern PINNED_IMAGE = Pattern.compile("[a-z0-9][a-z0-9._-]*(?:(?::\\d{1,5})?/[a-z0-9._/-]*)?"
            + "(?:(?::" + IMAGE_TAG + ")?@sha256:[0-9a-f]{64}|:(?!latest$)" + IMAGE_TAG + ")");

    /** A registry, or a part of one. Docker Hub has one name here, that of its images. */
    public static final Pattern IMAGE_REGISTRY =
            Pattern.compile("(?!(?:index|registry-1)\\.docker\\.io|hub\\.docker\\.com)"
                    + "(?:[a-z0-9-]+(?:\\.[a-z0-9-]+)+|localhost)(?::\\d{1,5})?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*");

    /** A resource's name in Pulumi, or several at once. */
    public static final Pattern RESOURCE_GLOB = Pattern.compile("[A-Za-z0-9_.*-]+");

    private Forms() {}
}
