package io.buildkitefleet.config.value;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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

    private record Reason(Predicate<String> holds, String words) {}

    private static final List<Reason> REASONS = List.of(
            new Reason(
                    text -> text.equals("allUsers") || text.equals("allAuthenticatedUsers"),
                    "that is everybody there is"),
            new Reason(
                    text -> text.startsWith("deleted:"),
                    "that account was deleted: leave it out, and name the one that there is now"),
            new Reason(
                    text -> text.startsWith("domain:"),
                    "that is everybody of the domain: make a group of those who are meant, and name that"),
            new Reason(
                    text -> text.matches("principalSet://" + POOL + "/\\*"),
                    "that is everybody of the pool: name a group or an attribute"),
            new Reason(
                    text -> text.startsWith("principal://") || text.startsWith("principalSet://"),
                    "a federated one is principal://iam.googleapis.com/POOL/subject/SUBJECT, "
                            + "principalSet://iam.googleapis.com/POOL/group/GROUP or .../attribute.NAME/VALUE"),
            new Reason(
                    text -> text.matches("project(?:Owner|Editor|Viewer):.*"),
                    "it stands for whoever has a role in a project: name who is meant"),
            new Reason(
                    text -> text.matches(ADDRESS),
                    "what it is stands before the address: user:, group: or serviceAccount:"),
            new Reason(
                    text -> text.matches("(?i:user|group|serviceAccount):" + ADDRESS),
                    "what stands before the address is user, group or serviceAccount, with just these capitals"),
            new Reason(text -> text.matches("\\w+:\\s+.*"), "leave out the blank behind the colon"),
            new Reason(text -> text.matches("(?:user|group|serviceAccount):[^@]*"), "its address has no @"));

    /** One who may be given access to something of Google Cloud. */
    public static final Notation<String> NOTATION = Notation.of(
                    Pattern.compile("(?:user|group):" + notOfAServiceAccount() + ADDRESS + "|serviceAccount:" + ADDRESS
                            + "|" + OF_KUBERNETES + "|" + FEDERATED),
                    Optional::of)
            .because(Member::flaw);

    /** Of those, the ones whom Kubernetes' RBAC knows by their address, and who are people. */
    public static final Notation<String> PERSON = Notation.of(
                    Pattern.compile("(?:user|group):" + notOfAServiceAccount() + ADDRESS), Optional::of)
            .because(
                    text -> flaw(text).or(() -> Optional.of("it is nobody who can open a shell: name a user or a group")
                            .filter(machine -> NOTATION.form().matcher(text).matches())));

    private Member() {}

    private static String notOfAServiceAccount() {
        return "(?!\\S*\\.gserviceaccount\\.com$)";
    }

    private static Optional<String> flaw(String text) {
        if (text.matches("(?:user|group):" + ADDRESS) && text.endsWith(".gserviceaccount.com")) {
            return Optional.of("that is a service account: write serviceAccount: before its address");
        }
        return REASONS.stream()
                .filter(reason -> reason.holds().test(text)
                        && !NOTATION.form().matcher(text).matches())
                .map(Reason::words)
                .findFirst();
    }
}
