package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.serviceaccount.Account;
import com.pulumi.gcp.serviceaccount.AccountArgs;
import com.pulumi.gcp.serviceaccount.IAMMember;
import com.pulumi.gcp.serviceaccount.IAMMemberArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import java.util.List;
import java.util.Map;

/**
 * A Google service account without keys: it is used from a Kubernetes service account, by nodes, or by jobs outside the
 * cluster, and by no person. What it may do is granted where the thing is, not here.
 */
public final class Identity extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:Identity";

    /**
     * What an identity is made of.
     *
     * @param account the id of the service account, 6 to 30 characters
     * @param purpose what it is for, in words
     * @param users who may act as it, besides the nodes that run as it
     */
    public record Args(Output<String> project, String account, String purpose, List<User> users) {
        public Args {
            users = List.copyOf(users);
        }
    }

    /** Who may act as an identity. */
    public sealed interface User {
        /** A Kubernetes service account, by Workload Identity. */
        record Workload(Output<String> workloadPool, String namespace, String serviceAccount) implements User {}

        /**
         * The jobs whose tokens a provider takes, by Workload Identity Federation.
         *
         * @param name what they are called among the users of the identity
         */
        record Jobs(String name, TokenProvider provider) implements User {}
    }

    private final Account account;

    public Identity(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        account = new Account(
                name + "-account",
                AccountArgs.builder()
                        .project(args.project())
                        .accountId(args.account())
                        .displayName(args.purpose())
                        .build(),
                child().build());
        args.users().forEach(user -> allow(name, user));
        registerOutputs(Map.of("email", email()));
    }

    /** Its address, which follows from its id, so that a preview knows it too. */
    public Output<String> email() {
        return Output.format("%s@%s.iam.gserviceaccount.com", account.accountId(), account.project());
    }

    /** How IAM policies name it. */
    public Output<String> member() {
        return Output.format("serviceAccount:%s", email());
    }

    private void allow(String name, User user) {
        if (user instanceof User.Workload workload) {
            grant(
                    name + "-workload",
                    Output.format(
                            "serviceAccount:%s[%s/%s]",
                            workload.workloadPool(), workload.namespace(), workload.serviceAccount()));
        } else if (user instanceof User.Jobs jobs) {
            grant(name + "-" + jobs.name(), jobs.provider().members());
        }
    }

    private void grant(String grantName, Output<String> member) {
        new IAMMember(
                grantName,
                IAMMemberArgs.builder()
                        .serviceAccountId(account.name())
                        .role("roles/iam.workloadIdentityUser")
                        .member(member)
                        .build(),
                child().build());
    }
}
