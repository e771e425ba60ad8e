package io.buildkitefleet.buildkite;

import java.util.Set;

/**
 * What Buildkite says of the token that it was asked with.
 *
 * @param scopes what it may do; {@code graphql} among them opens the GraphQL API
 * @param user whose it is, by name
 */
public record AccessToken(Set<String> scopes, String user) {
    public AccessToken {
        scopes = Set.copyOf(scopes);
    }
}
