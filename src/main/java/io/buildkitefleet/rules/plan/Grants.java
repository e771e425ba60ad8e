package io.buildkitefleet.rules.plan;

import io.buildkitefleet.fleet.access.AccountRole;
import io.buildkitefleet.fleet.identity.ProjectRoles;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Urn;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.ResourceTypes;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What gives somebody a right in Google Cloud. */
public final class Grants {
    /** What each node has on the project, because Google wants it. */
    public static final String NODE_ROLE = ProjectRoles.NODES;

    /** Using the service that streams images, which opens none of them; Google wants it on the project. */
    public static final String STREAMING_ROLE = ProjectRoles.STREAMING;

    private static final String KEY_ID = "cryptoKeyId";

    private static final Pattern GRANT = Pattern.compile("gcp:.*I[Aa][Mm](Member|Binding|Policy)");

    private static final Pattern WIDE =
            Pattern.compile("gcp:(projects|folder|organizations)/i[Aa][Mm](Member|Binding|Policy):.*");

    private static final Pattern OVERRIDING = Pattern.compile("gcp:.*I[Aa][Mm](Binding|Policy)");

    private static final Set<String> EVERYBODY = Set.of("allUsers", "allAuthenticatedUsers");

    private Grants() {}

    /** Every one. */
    public static List<Subject> all(PlannedStack stack) {
        return stack.matching("grant in Google Cloud", GRANT.asMatchPredicate());
    }

    /** Those on a whole project, folder or organization. */
    public static List<Subject> wide(PlannedStack stack) {
        return stack.matching("grant on a project", WIDE.asMatchPredicate());
    }

    /** Those on resources of which the type begins so, as {@code secretmanager/} or {@code serviceaccount/}. */
    public static List<Subject> on(PlannedStack stack, String what, String kind) {
        return stack.matching(
                what,
                type -> type.startsWith("gcp:" + kind) && GRANT.matcher(type).matches());
    }

    /** Whether it is on a resource of which the type begins so. */
    public static boolean isOn(Subject grant, String kind) {
        return grant.resource().type().startsWith("gcp:" + kind);
    }

    /** To whom it is. */
    public static Stream<String> members(Subject grant) {
        return given(grant).map(Given::member);
    }

    /** What it gives: a member gives one role to one, a binding one to many, and a policy many to many. */
    public static Stream<Given> given(Subject grant) {
        var policy = grant.at("policyData");
        if (policy.exists()) {
            return InputValue.parse(policy.text()).stream()
                    .flatMap(parsed -> parsed.key("bindings").items().stream())
                    .flatMap(Grants::given);
        }
        return given(grant.value());
    }

    private static Stream<Given> given(InputValue binding) {
        var members = Stream.concat(Stream.of(binding.key("member")), binding.key("members").items().stream());
        return members.filter(InputValue::exists)
                .map(member -> new Given(
                        binding.key("role").text(),
                        member.text(),
                        binding.at("condition.expression").text()));
    }

    /**
     * A role that somebody is given.
     *
     * @param member as IAM knows it; {@link PropertyValues#UNKNOWN} before it is made
     * @param condition an expression; empty for none
     */
    public record Given(String role, String member, String condition) {
        public boolean isToEverybody() {
            return EVERYBODY.contains(member);
        }

        public boolean isToUnknown() {
            return member.equals(PropertyValues.UNKNOWN);
        }
    }

    /** The service accounts of a plan, as IAM members. */
    public static Set<String> ownAccounts(PlannedStack stack) {
        return stack.ofType(GoogleType.ACCOUNT).stream()
                .map(account -> "serviceAccount:" + address(account))
                .collect(Collectors.toSet());
    }

    /** The address of a service account. */
    public static String address(Subject account) {
        return account.at("accountId").text() + "@" + account.at("project").text() + ".iam.gserviceaccount.com";
    }

    /**
     * Whether what a grant says of its member follows from resources of these types. Of one that is not known yet,
     * Pulumi's own plan does not say all that it follows from: there it may.
     */
    public static boolean isMemberOf(PlannedStack stack, Subject grant, GoogleType... types) {
        var origins = grant.resource().propertyDependencies().getOrDefault("member", List.of());
        return stack.isPulumis() && grant.at("member").isUnknown()
                || origins.stream()
                        .anyMatch(urn -> Stream.of(types).anyMatch(type -> urn.contains(type.token() + "::")));
    }

    /** Whether it replaces what others have granted. */
    public static boolean isOverriding(Subject grant) {
        return OVERRIDING.matcher(grant.resource().type()).matches();
    }

    /** Whether it opens nothing that is the fleet's: what Google wants nodes to have on the project. */
    public static boolean isForAnyNode(Subject grant) {
        return WIDE.matcher(grant.resource().type()).matches()
                && (grant.at("role").is(NODE_ROLE) || grant.at("role").is(STREAMING_ROLE));
    }

    /** What a grant is on, as {@link AccountRole} says it; {@code secret NAME} of one in Secret Manager. */
    public static String on(Subject grant) {
        if (isOn(grant, "storage/bucketI")) {
            return AccountRole.bucket(last(grant, "bucket"));
        }
        if (isOn(grant, "artifactregistry/repositoryI")) {
            return AccountRole.repository(
                    grant.at("project").text(), grant.at("location").text(), last(grant, "repository"));
        }
        if (isOn(grant, "kms/cryptoKeyI")) {
            return AccountRole.key(key(grant));
        }
        if (isOn(grant, "secretmanager/secretI")) {
            return "secret " + last(grant, "secretId");
        }
        return isOn(grant, "projects/iAM")
                ? AccountRole.project(grant.at("project").text())
                : ResourceTypes.brief(grant.resource().type()).replaceFirst("I[Aa][Mm](Member|Binding|Policy)$", "");
    }

    private static String last(Subject grant, String input) {
        return grant.at(input).text().replaceFirst(".*/", "");
    }

    /** The name in Google Cloud is known after up, with digits of Pulumi's; which resource it is of, the plan says. */
    private static String key(Subject grant) {
        var keys = grant.resource().propertyDependencies().getOrDefault(KEY_ID, List.of());
        if (keys.size() != 1) {
            return last(grant, KEY_ID);
        }
        var called = Urn.name(keys.get(0));
        if (grant.at(KEY_ID).isUnknown()) {
            return called;
        }
        var name = last(grant, KEY_ID);
        return Urn.isGivenName(called, name) ? called : name;
    }
}
