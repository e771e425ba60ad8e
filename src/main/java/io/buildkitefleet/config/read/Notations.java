package io.buildkitefleet.config.read;

import io.buildkitefleet.config.value.Flaws;
import io.buildkitefleet.config.value.FormFlaw;
import io.buildkitefleet.config.value.Notation;
import java.util.Optional;
import java.util.regex.Pattern;

/** How names are written that others gave, with what people write in place of them: the forms are {@link Forms}'. */
public final class Notations {
    private static final Flaws LOCATION_FLAWS =
            Flaws.none().and("[a-z]+(?:-[a-z]+)+-\\d", "Google Cloud has no hyphen before the number of a region");

    /** A region of Google Cloud. */
    public static final Notation<String> REGION = text(
            Forms.REGION,
            LOCATION_FLAWS.and(
                    "(" + Forms.REGION + ")-(?:[a-z]|ai\\d{1,2}[a-z])", "that is a zone, and its region is $1"));

    /** A zone of one. */
    public static final Notation<String> ZONE = text(
            Forms.ZONE,
            Flaws.none()
                    .and("[a-z]", "write its whole name, with that of the region")
                    .and(Forms.REGION.pattern(), "that is a region, and a zone of it has a letter behind that"));

    /** Where a cluster is. */
    public static final Notation<String> CLUSTER_LOCATION = text(Forms.CLUSTER_LOCATION, LOCATION_FLAWS);

    /** A version of Kubernetes. */
    public static final Notation<String> KUBERNETES_VERSION = text(
            Forms.KUBERNETES_VERSION, Flaws.none().and("[vV](" + Forms.KUBERNETES_VERSION + ")", "leave out the v"));

    private static final String ORGANIZATION = "(?:https?://)?(?:www\\.)?buildkite\\.com/(?:organizations/)?";

    /** The slug of an organization. */
    public static final Notation<String> ORGANIZATION_SLUG =
            text(Forms.SLUG, Flaws.none().and(ORGANIZATION + "(" + Forms.SLUG + ")(?:/.*)?", "its slug is $1"));

    /** A pipeline by its slug, or by its whole id. */
    public static final Notation<String> PIPELINE =
            Notation.of(Forms.PIPELINE, Optional::of).because(text -> FormFlaw.of(text, Forms.BUILDKITE_SLUG));

    private static final Flaws REF_FLAWS = Flaws.none()
            .and(".*\\s.*", "blanks are not allowed")
            .and("refs/heads/(.+)", "leave out refs/heads/")
            .and("refs/.*", "that is no branch, but another ref")
            .and("HEAD|@", "that is whichever commit is checked out, and no branch");

    /** A branch by its whole name. */
    public static final Notation<String> BRANCH =
            text(Forms.BRANCH, REF_FLAWS.and(".*\\*.*", "a branch is written out here: a pattern is no name"));

    /** A branch, or a pattern of some. */
    public static final Notation<String> BRANCH_PATTERN =
            text(Forms.BRANCH_PATTERN, REF_FLAWS.and(".*\\*.*\\*.*", "it has more than one asterisk"));

    /** An account with its host. */
    public static final Notation<String> ACCOUNT = text(
            Forms.ACCOUNT,
            Flaws.none()
                    .and("https?://(" + Forms.ACCOUNT + ")/?", "write it as $1")
                    .and("(" + Forms.ACCOUNT + ")/+", "leave out the slash at its end")
                    .and("@?[A-Za-z0-9_.-]+", "both the host and the account are needed, with a slash between them")
                    .and("([a-z0-9-]+(?:\\.[a-z0-9-]+)+):([A-Za-z][A-Za-z0-9_-]*)", "write it as $1/$2")
                    .and("[A-Za-z0-9.-]*[A-Z][A-Za-z0-9.-]*/.*", "its host is written in small letters"));

    private static final String HOW_PINNED = "write NAME:VERSION or NAME@sha256:DIGEST";

    /** An image that is pinned. */
    public static final Notation<String> PINNED_IMAGE = text(
            Forms.PINNED_IMAGE,
            Flaws.none()
                    .and("[a-z]+://.*", "an image's name has no scheme such as https:// before it")
                    .and(
                            "(.+):latest",
                            "latest is refused, as it is another image from day to day: write $1:VERSION "
                                    + "or $1@sha256:DIGEST")
                    .and("[^@]+@(?!sha256:).*", "a digest is sha256: and 64 characters of 0-9 and a-f")
                    .and(
                            "[^@]+@sha256:(?![0-9a-f]{64}\\z).*",
                            "a digest has 64 characters of 0-9 and a-f behind sha256:")
                    .and(
                            "[A-Za-z0-9][A-Za-z0-9._/-]*(?::\\d{1,5}/[A-Za-z0-9._/-]+)?",
                            "it has no version, which is latest then: " + HOW_PINNED)
                    .and("(.+):", "its version is missing behind the colon")
                    .and(".*[A-Z].*:.*", "an image's name is written in small letters"));

    /** What people write around a registry's name. */
    public static final Flaws REGISTRY_FLAWS = Flaws.none()
            .and("https?://.*", "leave out what stands before the host")
            .and("docker://.*", "leave out what stands before the host")
            .and("(" + Forms.IMAGE_REGISTRY + ")/+", "leave out the slash at its end")
            .and("(?:index|registry-1|registry|hub)\\.docker\\.(?:io|com)(?:/.*)?", "Docker Hub is docker.io here");

    /** A registry that images may come from, or a part of one. */
    public static final Notation<String> IMAGE_REGISTRY = text(
            Forms.IMAGE_REGISTRY,
            REGISTRY_FLAWS
                    .and("(" + Forms.IMAGE_REGISTRY + ")/\\*+", "leave out the asterisk: whatever is below it is meant")
                    .and(
                            "(" + Forms.IMAGE_REGISTRY + ")[:@].*",
                            "that is one version of an image: without what names that, all versions are meant")
                    .and("[a-z0-9_-]+(?:/[a-z0-9_-]+)*", "its host is missing, which is docker.io for Docker Hub"));

    /** The address of a service account, without what IAM has before it. */
    public static final Notation<String> SERVICE_ACCOUNT = text(
            Forms.SERVICE_ACCOUNT,
            Flaws.none()
                    .and("(?i:serviceAccount):(" + Forms.SERVICE_ACCOUNT + ")", "leave out what stands before $1")
                    .and(
                            "(?!.*gserviceaccount\\.com).*",
                            "the address of a service account ends with gserviceaccount.com"));

    private Notations() {}

    private static Notation<String> text(Pattern form, Flaws flaws) {
        return Notation.of(form, Optional::of).because(flaws::of);
    }
}
