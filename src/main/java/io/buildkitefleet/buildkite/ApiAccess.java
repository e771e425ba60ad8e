package io.buildkitefleet.buildkite;

import io.buildkitefleet.buildkite.BuildkiteException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Where Buildkite's API is, and the token with which it is asked. The token comes from the environment alone: a command
 * line is seen by everybody on the machine.
 *
 * @param token never shown, see {@link #toString}
 * @param rest without a slash at its end
 */
public record ApiAccess(String token, URI rest, URI graphql) {
    public static final String TOKEN = "BUILDKITE_API_TOKEN";
    public static final String REST = "BUILDKITE_API_URL";
    public static final String GRAPHQL = "BUILDKITE_GRAPHQL_URL";

    /** Where a person makes a token. */
    public static final String TOKENS_PAGE = "https://buildkite.com/user/api-access-tokens";

    private static final URI BUILDKITE_REST = URI.create("https://api.buildkite.com");
    private static final URI BUILDKITE_GRAPHQL = URI.create("https://graphql.buildkite.com/v1");

    /** What may stand in a header, and is not a quote or a blank that a shell left there. */
    private static final Pattern TOKEN_FORM = Pattern.compile("[A-Za-z0-9._~+/=-]+");

    /** https://buildkite.com/docs/platform/security/tokens: what agents have; it opens another API. */
    private static final String AGENT_TOKEN = "bkct_";

    private static final List<String> LOOPBACK = List.of("localhost", "[::1]");

    /**
     * What the environment says. A stand-in serves both APIs at one address, unless the other is named as well.
     *
     * @param variable the value of a variable, none if it is not set or empty
     * @throws BuildkiteException if the token is missing, or one of them is none
     */
    public static ApiAccess of(Function<String, Optional<String>> variable) {
        var rest = variable.apply(REST).map(text -> address(REST, text));
        var graphql = variable.apply(GRAPHQL)
                .map(text -> address(GRAPHQL, text))
                .or(() -> rest.map(base -> URI.create(base + "/v1")));
        return new ApiAccess(
                token(variable.apply(TOKEN)), rest.orElse(BUILDKITE_REST), graphql.orElse(BUILDKITE_GRAPHQL));
    }

    private static String token(Optional<String> given) {
        var token = given.orElseThrow(() -> problem(TOKEN + " is not set; make an API access token at " + TOKENS_PAGE
                + " and export it, and never write it on a command line"));
        if (token.startsWith(AGENT_TOKEN)) {
            throw problem(TOKEN + " holds an agent token (" + AGENT_TOKEN + "...), which opens no API; make an API "
                    + "access token at " + TOKENS_PAGE);
        }
        if (!TOKEN_FORM.matcher(token).matches()) {
            throw problem(TOKEN + " holds something that is no token: it has blanks, quotes, line ends or other marks "
                    + "that no token has");
        }
        return token;
    }

    private static URI address(String variable, String text) {
        try {
            var uri = new URI(text.replaceFirst("/+$", ""));
            if (uri.getHost() == null || uri.getRawUserInfo() != null) {
                throw problem(
                        variable + " must be an address like " + BUILDKITE_REST + ", without a user, got: " + text);
            }
            if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw problem(variable + " must be an address without ? and #, got: " + text);
            }
            var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(uri.getHost()))) {
                throw problem(variable + " must begin with https://, or with http:// on this machine itself "
                        + "(127.0.0.1), since the token goes there; got: " + text);
            }
            return uri;
        } catch (URISyntaxException wrong) {
            throw new BuildkiteException(
                    Reason.ACCESS, variable + " must be an address like " + BUILDKITE_REST + ", got: " + text, wrong);
        }
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.contains(host) || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static BuildkiteException problem(String message) {
        return new BuildkiteException(Reason.ACCESS, message);
    }

    /** Without the token: a record's own text would have it. */
    @Override
    public String toString() {
        return "ApiAccess[" + rest + ", " + graphql + "]";
    }
}
