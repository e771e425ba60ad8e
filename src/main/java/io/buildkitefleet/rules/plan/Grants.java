package io.buildkitefleet.rules.plan;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What gives somebody a right in Google Cloud. */
public final class Grants {
    /** What each node has on the project, because Google wants it. */
    public static final String NODE_ROLE = "roles/container.defaultNodeServiceAccount";

    /** Using the service that streams images, which opens none of them; Google wants it on the project. */
    public static final String STREAMING_ROLE = "roles/serviceusage.serviceUsageConsumer";

    private static final Pattern GRANT = Pattern.compile("gcp:.*I[Aa][Mm](Member|Binding|Policy)");

    private static final Pattern WIDE =
            Pattern.compile("gcp:(projects|folder|organizations)/i[Aa][Mm](Member|Binding|Policy):.*");

    private static final Pattern OVERRIDING = Pattern.compile("gcp:.*I[Aa][Mm](Binding|Policy)");

    private Grants() {}

    /** Every one. */
    public static List<Subject> all(PlannedStack stack) {
        return stack.matching("grant in Google Cloud", GRANT.asMatchPredicate());
    }

    /** Those on a whole project, folder or organization. */
    public static List<Subject> wide(PlannedStack stack) {
        return stack.matching("grant on a project", WIDE.asMatchPredicate());
    }

    /** To whom it is. */
    public static Stream<String> members(Subject grant) {
        return Stream.concat(Stream.of(grant.at("member").text()), grant.at("members").texts().stream());
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
}
