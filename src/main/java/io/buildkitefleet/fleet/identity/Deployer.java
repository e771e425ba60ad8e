package io.buildkitefleet.fleet.identity;

import io.buildkitefleet.cloud.DeployerRole;
import io.buildkitefleet.text.CelLiteral;
import java.util.List;
import java.util.Optional;

/**
 * Who deploys the stack from a pipeline, as a service account that nobody has a key of. It may do what a fleet needs
 * and nothing that would let it do more: neither change its roles, nor say who it is.
 *
 * @param account the id of the service account
 * @param pool the id of the pool of those who act as it
 * @param tokens of whom
 */
public record Deployer(DeployerRole role, String account, String pool, List<FederatedTokens> tokens, List<Role> roles) {
    /** Roles that a condition may name: https://cloud.google.com/iam/docs/setting-limits-on-granting-roles */
    private static final int MOST_GRANTED = 10;

    /**
     * A role of its own, on the project.
     *
     * @param name what it is called among those of a deployer
     * @param id as Google knows it, of letters, digits, dots and underscores
     * @param grants the roles that it may be used to grant; empty if it grants none on the project
     */
    public record Role(String name, String id, String title, List<String> permissions, List<String> grants) {
        public Role {
            permissions = List.copyOf(permissions);
            grants = List.copyOf(grants);
            if (grants.size() > MOST_GRANTED) {
                throw new IllegalArgumentException(
                        "a condition names " + MOST_GRANTED + " roles, got " + grants.size());
            }
        }

        /**
         * The condition of its binding, if it grants roles: no others, whoever gets them.
         *
         * @see <a href="https://cloud.google.com/iam/docs/setting-limits-on-granting-roles">limits on granting</a>
         */
        public Optional<String> condition() {
            return Optional.of(grants).filter(some -> !some.isEmpty()).map(Role::onlyGranting);
        }

        private static String onlyGranting(List<String> grants) {
            return GRANTS_ONLY + CelLiteral.of(grants) + ")";
        }
    }

    /** How a condition on what is granted begins, before the list of roles and a bracket. */
    public static final String GRANTS_ONLY = "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(";

    public Deployer {
        tokens = List.copyOf(tokens);
        roles = List.copyOf(roles);
    }

    /** What it has in the cluster, by a role on the project. */
    public String clusterRole() {
        return role == DeployerRole.UP ? ProjectRoles.CLUSTER_ADMIN : ProjectRoles.CLUSTER_VIEWER;
    }
}
