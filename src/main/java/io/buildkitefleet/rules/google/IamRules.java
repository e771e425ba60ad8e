package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.LOW;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who may do what in Google Cloud. */
public final class IamRules {
    /** What finding a cluster elsewhere takes; there is no smaller role with container.clusters.get. */
    private static final String VISITOR_ROLE = "roles/container.clusterViewer";

    private static final Pattern AUDIT =
            Pattern.compile("gcp:(projects/iAMAuditConfig|folder/iamAuditConfig|organizations/iamAuditConfig):.*");

    private static final String REPOSITORIES = "artifactregistry/";

    private static final String KEY = "gcp:serviceaccount/key:Key";

    private IamRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("iam-public", HIGH, "Nothing is granted to everybody")
                        .why("allUsers and allAuthenticatedUsers are the whole internet")
                        .mend("name the member")
                        .source(CIS + "5.1.2", "CKV_GCP_28", "CKV_GCP_101", "CKV_GCP_112", "CKV2_GCP_6", "CKV2_GCP_8")
                        .check(Check.each(Grants::all, IamRules::publicGrant)),
                Rule.named("iam-project-roles", HIGH, "Nobody has a role on a whole project that opens what is in it")
                        .why("a role on the project opens what is put there later, too")
                        .mend("grant the role on the bucket, secret, key or repository itself")
                        .source("CKV_GCP_41", "CKV_GCP_42", "CKV_GCP_46", "CKV_GCP_49", "CKV_GCP_117")
                        .check(stack -> Check.each(Grants::wide, grant -> projectRole(stack, grant))
                                .of(stack)),
                Rule.named("iam-additive", MEDIUM, "A grant takes nothing from others")
                        .why("a binding or policy removes every grant that the program does not know of")
                        .mend("use the resource's IAMMember")
                        .check(Check.each(
                                Grants::all,
                                grant -> flawIf(Grants.isOverriding(grant), "replaces what others have granted"))),
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
                Rule.named("iam-image-writers", HIGH, "Only jobs push images")
                        .why("an image that somebody else pushed was built from nobody knows what, and jobs run it")
                        .mend("grant roles/artifactregistry.writer to a queue's account")
                        .source(CIS + "5.1.2")
                        .check(stack -> {
                            var own = Grants.ownAccounts(stack);
                            return Check.each(
                                            found -> Grants.on(found, "grant on a repository", REPOSITORIES),
                                            grant -> strangerWrites(own, grant))
                                    .of(stack);
                        }),
                Rule.named("iam-image-readers", MEDIUM, "Nodes pull images and cannot push any")
                        .why("a job that becomes its node could replace the images of every other")
                        .mend("grant the nodes' account roles/artifactregistry.reader")
                        .source(CIS + "5.1.3")
                        .check(Check.each(IamRules::nodeGrants, IamRules::nodeWrites)),
                Rule.named("audit-log", LOW, "Nobody is left out of audit logs")
                        .why("what an exempted account read leaves no trace")
                        .mend("leave out exemptedMembers")
                        .source("GCP-0079")
                        .check(Check.each(
                                stack -> stack.matching("audit log configuration", AUDIT.asMatchPredicate()),
                                IamRules::exempted)),
                Rule.named("image-scanning", MEDIUM, "Images are scanned when they are pushed")
                        .why("known holes in them stay unnoticed")
                        .mend("turn on containerscanning.googleapis.com")
                        .source(CIS + "5.1.1", "CKV2_GCP_11")
                        .check(stack -> among(
                                stack,
                                stack.ofType(GoogleType.REPOSITORY),
                                stack.ofType(GoogleType.SERVICE).stream().anyMatch(service -> service.at("service")
                                        .is("containerscanning.googleapis.com")),
                                "its images are not scanned: containerscanning.googleapis.com is off")),
                Rule.named("image-policy", MEDIUM, "The project's image policy refuses something")
                        .why("a cluster that asks a policy which allows everything might as well not ask")
                        .mend("add a binaryauthorization Policy whose default is not ALWAYS_ALLOW")
                        .source(CIS + "5.1.4", CIS + "4.5.1")
                        .check(stack -> among(
                                stack,
                                stack.ofType(GoogleType.CLUSTER),
                                stack.ofType("gcp:binaryauthorization/policy:Policy").stream()
                                        .anyMatch(IamRules::refusesImages),
                                "no policy of Binary Authorization refuses an image")));
    }

    /** In a dry run it only notes what it would refuse. */
    private static boolean refusesImages(Subject policy) {
        var rule = policy.at("defaultAdmissionRule");
        return !rule.at("evaluationMode").is("ALWAYS_ALLOW")
                && !rule.at("enforcementMode").is("DRYRUN_AUDIT_LOG_ONLY");
    }

    private static Outcome otherStacks(PlannedStack stack) {
        if (stack.ofType(GoogleType.ACCOUNT_MEMBER).isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        if (stack.fleet().isEmpty()) {
            return new Outcome.NotChecked(Outcome.NotChecked.NOT_OUR_PLAN);
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
    private static Outcome among(PlannedStack stack, List<Subject> subjects, boolean good, String flaw) {
        if (subjects.isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        return new Outcome.Looked(
                good ? List.of() : List.of(new Flaw(subjects.get(0).resource(), flaw)));
    }

    private static Optional<String> exempted(Subject audit) {
        return audit.at("auditLogConfigs").items().stream()
                .flatMap(config -> config.at("exemptedMembers").texts().stream())
                .findFirst()
                .map(member -> "leaves out " + member);
    }

    private static Optional<String> publicGrant(Subject grant) {
        return Grants.given(grant)
                .filter(Grants.Given::isToEverybody)
                .findFirst()
                .map(given -> "grants " + given.role() + " to " + given.member());
    }

    static Optional<String> projectRole(PlannedStack stack, Subject grant) {
        var role = grant.at("role");
        var needed = role.is(Grants.NODE_ROLE) && isToOwnAccounts(stack, grant)
                || DeployerRules.isDeployers(stack, grant)
                || role.is(Grants.STREAMING_ROLE) && streamsImages(stack, grant)
                || role.is(VISITOR_ROLE) && isElsewhere(stack, grant) && isToOwnAccounts(stack, grant);
        return flawIf(!needed, "grants " + role.described() + " on the whole project");
    }

    /** Accounts of the plan, known or not. */
    private static boolean isToOwnAccounts(PlannedStack stack, Subject grant) {
        var own = Grants.ownAccounts(stack);
        return Grants.given(grant)
                .allMatch(given -> own.contains(given.member())
                        || given.isToUnknown() && Grants.isMemberOf(stack, grant, GoogleType.ACCOUNT));
    }

    /** Whether a grant is to the account of nodes that stream images. */
    private static boolean streamsImages(PlannedStack stack, Subject grant) {
        return NodeRules.nodes(stack).stream()
                .filter(node -> node.at("gcfsConfig.enabled").isTrue())
                .anyMatch(node -> grant.at("member").is(Nodes.member(node)));
    }

    /** Whether a grant is on a project that has no cluster of the fleet. */
    private static boolean isElsewhere(PlannedStack stack, Subject grant) {
        return stack.ofType(GoogleType.CLUSTER).stream()
                .noneMatch(cluster ->
                        cluster.at("project").text().equals(grant.at("project").text()));
    }

    private static Optional<String> strangerWrites(Set<String> own, Subject grant) {
        return Grants.given(grant)
                .filter(given -> isPush(grant, given) && !given.isToEverybody() && !given.isToUnknown())
                .filter(given -> !own.contains(given.member()))
                .findFirst()
                .map(given -> given.member() + " may push");
    }

    /** Whether it lets somebody do more with images than read them. */
    static boolean isPush(Subject grant, Grants.Given given) {
        return Grants.isOn(grant, REPOSITORIES) && !given.role().equals("roles/artifactregistry.reader");
    }

    /** Grants on repositories to the accounts of nodes. */
    static List<Subject> nodeGrants(PlannedStack stack) {
        var accounts = NodeRules.nodes(stack).stream().map(Nodes::member).toList();
        return stack.ofType(GoogleType.REPOSITORY_MEMBER).stream()
                .filter(grant -> accounts.contains(grant.at("member").text()))
                .toList();
    }

    static Optional<String> nodeWrites(Subject grant) {
        var role = grant.at("role");
        return flawIf(!role.is("roles/artifactregistry.reader"), "grants " + role.described() + " to nodes");
    }
}
