package io.buildkitefleet.config.value;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody as IAM writes it: https://cloud.google.com/iam/docs/principal-identifiers. Whoever is given something here
 * is named: no form that means everybody of a domain, a pool or the internet is one.
 */
public final class Member {
    private static final String ADDRESS = "[^@\\s:]+@[^@\\s:]+";

    /** A service account of Kubernetes, as Workload Identity knows it. */
    private static final String OF_KUBERNETES =
            "serviceAccount:[a-z0-9.:-]+\\.svc\\.id\\.goog\\[[a-z0-9-]+/[a-z0-9.-]+\\]";

    private static final String POOL =
            "iam\\.googleapis\\.com/(?:projects/\\d+/locations/global/workloadIdentityPools|locations/global/workforcePools)"
                    + "/[a-z0-9-]+";

    private static final String FEDERATED = "principal://" + POOL + "/subject/[^\\s/][^\\s]*|principalSet://" + POOL
            + "/(?:group|attribute\\.[a-z0-9_]+)/[^\\s/][^\\s]*";

    private static final String OF_GOOGLE = "[^@\\s:]+@(?:[^@\\s:]+\\.)?gserviceaccount\\.com";

    private static final String FEDERATED_WORDS =
            "a federated one is principal://iam.googleapis.com/POOL/subject/SUBJECT, "
                    + "principalSet://iam.googleapis.com/POOL/group/GROUP or .../attribute.NAME/VALUE";

    private static final Flaws FLAWS = Flaws.none()
            .and("allUsers|allAuthenticatedUsers", "that is everybody there is")
            .and("deleted:.*", "that account was deleted: leave it out, and name the one that there is now")
            .and(
                    "domain:.*|@[^@\\s:]+",
                    "that is everybody of the domain: make a group of those who are meant, and name that")
            .and("principalSet://" + POOL + "/\\*", "that is everybody of the pool: name a group or an attribute")
            .and("principal(?:Set)?://.*", FEDERATED_WORDS)
            .and(
                    "project(?:Owner|Editor|Viewer):.*",
                    "it stands for whoever has a role in a project: name who is meant")
            .and("\\w+:\\s+.*", "leave out the blank behind the colon")
            .and("(?i:user|group|serviceAccount):[^@]*", "its address has no @")
            .and(
                    "(?:(?i:user|group|serviceAccount):)?(" + OF_GOOGLE + ")",
                    "that is a service account: write serviceAccount:$1")
            .and("(?i:user):(" + ADDRESS + ")", "write it as user:$1, in small letters")
            .and("(?i:group):(" + ADDRESS + ")", "write it as group:$1, in small letters")
            .and("(?i:serviceAccount):" + ADDRESS, "the address of a service account ends with gserviceaccount.com")
            .and(
                    "(?:mailto:|\\w+:)?(" + ADDRESS + ")",
                    "write user:$1 if that is a person, or group:$1 if it is a group")
            .and("[^<>]*<(" + ADDRESS + ")>", "write user:$1 if that is a person, or group:$1 if it is a group")
            .and("[^@:]*", "write who it is by an address, with user: or group: before it");

    /** One who may be given access to something of Google Cloud. */
    public static final Notation<String> NOTATION = Notation.of(
                    Pattern.compile("(?:user|group):" + notOfAServiceAccount() + ADDRESS + "|serviceAccount:" + ADDRESS
                            + "|" + OF_KUBERNETES + "|" + FEDERATED),
                    Optional::of)
            .because(FLAWS::of);

    private static final Flaws PERSON_FLAWS = Flaws.none()
            .and(
                    NOTATION.form() + "|(?:(?i:user|group|serviceAccount):)?" + OF_GOOGLE,
                    "it is nobody who can open a shell: name a user or a group");

    /** Of those, the ones whom Kubernetes' RBAC knows by their address, and who are people. */
    public static final Notation<String> PERSON = Notation.of(
                    Pattern.compile("(?:user|group):" + notOfAServiceAccount() + ADDRESS), Optional::of)
            .because(text -> PERSON_FLAWS.of(text).or(() -> FLAWS.of(text)));

    private Member() {}

    private static String notOfAServiceAccount() {
        return "(?!\\S*\\.gserviceaccount\\.com$)";
    }
}
