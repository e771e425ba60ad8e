package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Rule.CIS;
import static io.buildkitefleet.rules.Severity.HIGH;
import static io.buildkitefleet.rules.Severity.MEDIUM;
import static io.buildkitefleet.rules.plan.Subject.flawIf;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who may do what in Google Cloud. */
final class IamRules {
    /** Writing logs and metrics, which Google lets nodes do by a role on the project only. */
    private static final String NODE_ROLE = "roles/container.defaultNodeServiceAccount";

    /** Using the service that streams images, which opens none of them; Google wants it on the project. */
    private static final String STREAMING_ROLE = "roles/serviceusage.serviceUsageConsumer";

    /** What finding a cluster elsewhere takes; there is no smaller role with container.clusters.get. */
    private static final String VISITOR_ROLE = "roles/container.clusterViewer";

    private static final Set<String> ANYBODY = Set.of("allUsers", "allAuthenticatedUsers");

    private static final Pattern GRANT = Pattern.compile("gcp:.*I[Aa][Mm](Member|Binding|Policy)");

    private static final Pattern WIDE_GRANT =
            Pattern.compile("gcp:(projects|folder|organizations)/i[Aa][Mm](Member|Binding|Policy):.*");

    private static final Pattern OVERRIDING_GRANT = Pattern.compile("gcp:.*I[Aa][Mm](Binding|Policy)");

    private static final String KEY = "gcp:serviceaccount/key:Key";

    private IamRules() {}

    static List<Rule> rules() {
        return List.of(
                Rule.named("iam-public", HIGH, "Nothing is granted to everybody")
                        .why("allUsers and allAuthenticatedUsers are the whole internet")
                        .mend("name the member")
                        .source(CIS + "5.1.2", "CKV_GCP_28", "CKV_GCP_101", "CKV_GCP_112", "CKV2_GCP_6", "CKV2_GCP_8")
                        .check(Check.each(stack -> matching(stack, GRANT), IamRules::publicGrant)),
                Rule.named("iam-project-roles", HIGH, "Nobody has a role on a whole project that opens what is in it")
                        .why("a role on the project opens what is put there later, too")
                        .mend("grant the role on the bucket, secret, key or repository itself")
                        .source("CKV_GCP_41", "CKV_GCP_42", "CKV_GCP_46", "CKV_GCP_49", "CKV_GCP_117")
                        .check(stack -> Check.each(
                                        found -> matching(found, WIDE_GRANT), grant -> projectRole(stack, grant))
                                .of(stack)),
                Rule.named("iam-additive", MEDIUM, "A grant takes nothing from others")
                        .why("a binding or policy removes every grant that the program does not know of")
                        .mend("use the resource's IAMMember")
                        .check(Check.each(
                                stack -> matching(stack, GRANT),
                                grant -> flawIf(isOf(grant, OVERRIDING_GRANT), "replaces what others have granted"))),
                Rule.named("iam-keys", HIGH, "No service account has a key")
                        .why("a key works from anywhere, for whoever copied it, until somebody notices")
                        .mend("use Workload Identity, or Workload Identity Federation")
                        .check(Check.each(
                                stack -> stack.ofTypes(GoogleType.ACCOUNT.token(), KEY),
                                subject -> flawIf(
                                        subject.resource().type().equals(KEY), "is a key of a service account"))),
                Rule.named("iam-other-stacks", HIGH, "No other stack's pods act as this stack's identities")
                        .why("Google knows a pod by project, namespace and service account, whichever cluster it is in")
                        .mend("give each stack a project of its own, or call the queue otherwise in one of them")
                        .check(IamRules::otherStacks),
                Rule.named("iam-image-writers", MEDIUM, "Only jobs push images")
                        .why("an image that a person pushed was built by nobody knows what")
                        .mend("grant roles/artifactregistry.writer to a queue's account")
                        .source(CIS + "5.1.2")
                        .check(Check.each(GoogleType.REPOSITORY_MEMBER, IamRules::personWrites)),
                Rule.named("iam-image-readers", MEDIUM, "Nodes pull images and cannot push any")
                        .why("a job that becomes its node could replace the images of every other")
                        .mend("grant the nodes' account roles/artifactregistry.reader")
                        .source(CIS + "5.1.3")
                        .check(Check.each(IamRules::nodeGrants, IamRules::nodeWrites)),
                Rule.named("image-scanning", MEDIUM, "Images are scanned when they are pushed")
                        .why("known holes in them stay unnoticed")
                        .mend("turn on containerscanning.googleapis.com")
                        .source(CIS + "5.1.1", "CKV2_GCP_11")
                        .check(stack -> among(
                                stack.ofType(GoogleType.REPOSITORY),
                                stack.ofType(GoogleType.SERVICE).stream().anyMatch(service -> service.at("service")
                                        .is("containerscanning.googleapis.com")),
                                "its images are not scanned: containerscanning.googleapis.com is off")),
                Rule.named("image-policy", MEDIUM, "The project's image policy refuses something")
                        .why("a cluster that asks a policy which allows everything might as well not ask")
                        .mend("add a binaryauthorization Policy whose default is not ALWAYS_ALLOW")
                        .source(CIS + "5.1.4", CIS + "4.5.1")
                        .check(stack -> among(
                                stack.ofType(GoogleType.CLUSTER),
                                stack.ofType("gcp:binaryauthorization/policy:Policy").stream()
                                        .anyMatch(policy -> !policy.at("defaultAdmissionRule.evaluationMode")
                                                .is("ALWAYS_ALLOW")),
                                "no policy of Binary Authorization refuses an image")));
    }

    private static Outcome otherStacks(PlannedStack stack) {
        if (stack.ofType(GoogleType.ACCOUNT_MEMBER).isEmpty()) {
            return new Outcome.NotApplicable();
        }
        if (stack.fleet().isEmpty()) {
            return new Outcome.NotChecked(QueueRules.NOT_OUR_PLAN);
        }
        var shared = stack.fleet().get().sharedIdentities();
        return Check.each(GoogleType.ACCOUNT_MEMBER, grant -> shared.stream()
                        .filter(identity -> grant.at("member").text().endsWith("[" + identity.account() + "]"))
                        .findFirst()
                        .map(identity -> "lets " + identity.account() + " of stack " + identity.stack()
                                + " act as it, too: both are in one project"))
                .of(stack);
    }

    /** The first subject stands for what is missing beside it. */
    private static Outcome among(List<Subject> subjects, boolean good, String flaw) {
        if (subjects.isEmpty()) {
            return new Outcome.NotApplicable();
        }
        return new Outcome.Looked(
                good ? List.of() : List.of(new Flaw(subjects.get(0).resource(), flaw)));
    }

    private static List<Subject> matching(PlannedStack stack, Pattern type) {
        return stack.ofTypes("gcp:").stream()
                .filter(subject -> isOf(subject, type))
                .toList();
    }

    /** Every grant in Google Cloud. */
    static Stream<Subject> grants(PlannedStack stack) {
        return matching(stack, GRANT).stream();
    }

    /** To whom it is. */
    static Stream<String> members(Subject grant) {
        return Stream.concat(Stream.of(grant.at("member").text()), grant.at("members").texts().stream());
    }

    /** Whether it opens nothing that is the fleet's: what Google wants nodes to have on the project. */
    static boolean isForAnyNode(Subject grant) {
        return isOf(grant, WIDE_GRANT)
                && (grant.at("role").is(NODE_ROLE) || grant.at("role").is(STREAMING_ROLE));
    }

    private static boolean isOf(Subject subject, Pattern type) {
        return type.matcher(subject.resource().type()).find();
    }

    private static Optional<String> publicGrant(Subject grant) {
        return members(grant)
                .filter(ANYBODY::contains)
                .findFirst()
                .map(member -> "grants " + grant.at("role").text() + " to " + member);
    }

    private static Optional<String> projectRole(PlannedStack stack, Subject grant) {
        var role = grant.at("role");
        var needed = role.is(NODE_ROLE)
                || role.is(STREAMING_ROLE) && streamsImages(stack, grant)
                || role.is(VISITOR_ROLE) && isElsewhere(stack, grant);
        return flawIf(!needed, "grants " + role.described() + " on the whole project");
    }

    /** Whether a grant is to the account of nodes that stream images. */
    private static boolean streamsImages(PlannedStack stack, Subject grant) {
        return NodeRules.nodes(stack).stream()
                .filter(node -> node.at("gcfsConfig.enabled").isTrue())
                .anyMatch(node -> grant.at("member").is(member(node)));
    }

    /** The nodes of a pool as IAM names them. */
    static String memberOfPool(Subject nodePool) {
        return member(nodePool.part("nodeConfig"));
    }

    private static String member(Subject node) {
        return "serviceAccount:" + node.at("serviceAccount").text();
    }

    /** Whether a grant is on a project that has no cluster of the fleet. */
    private static boolean isElsewhere(PlannedStack stack, Subject grant) {
        return stack.ofType(GoogleType.CLUSTER).stream()
                .noneMatch(cluster ->
                        cluster.at("project").text().equals(grant.at("project").text()));
    }

    private static Optional<String> personWrites(Subject grant) {
        var person = grant.at("member").text().matches("(user|group|domain):.*");
        return flawIf(
                person && !grant.at("role").is("roles/artifactregistry.reader"),
                grant.at("member").text() + " may push");
    }

    /** Grants on repositories to the accounts of nodes. */
    private static List<Subject> nodeGrants(PlannedStack stack) {
        var accounts = NodeRules.nodes(stack).stream().map(IamRules::member).toList();
        return stack.ofType(GoogleType.REPOSITORY_MEMBER).stream()
                .filter(grant -> accounts.contains(grant.at("member").text()))
                .toList();
    }

    private static Optional<String> nodeWrites(Subject grant) {
        var role = grant.at("role");
        return flawIf(!role.is("roles/artifactregistry.reader"), "grants " + role.described() + " to nodes");
    }
}
