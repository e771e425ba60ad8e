package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import java.util.List;

/**
 * What an {@link Identity} is made of.
 *
 * @param account the id of the service account, 6 to 30 characters
 * @param purpose what it is for, in words
 * @param users who may act as it, besides the nodes that run as it
 */
public record IdentityArgs(Output<String> project, String account, String purpose, List<User> users) {
    /** Who may act as an identity. */
    public sealed interface User {
        /** A Kubernetes service account, by Workload Identity. */
        record Workload(Output<String> workloadPool, String namespace, String serviceAccount) implements User {}

        /** A person, a group or another service account, as an IAM member, with credentials that expire. */
        record Member(String member) implements User {}
    }

    public IdentityArgs {
        users = List.copyOf(users);
    }
}
