package io.buildkitefleet.buildkite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the API is, and with which token it is asked. */
class ApiAccessTest {
    private static final String TOKEN = "bkua_secret";

    private static ApiAccess access(Map<String, String> variables) {
        return ApiAccess.of(name -> Optional.ofNullable(variables.get(name)));
    }

    @Test
    void withATokenAloneItIsBuildkitesOwn() {
        var access = access(Map.of("BUILDKITE_API_TOKEN", TOKEN));
        assertThat(access.rest()).isEqualTo(URI.create("https://api.buildkite.com"));
        assertThat(access.graphql()).isEqualTo(URI.create("https://graphql.buildkite.com/v1"));
    }

    @Test
    void aStandInServesBothApisAtOneAddress() {
        var access = access(Map.of("BUILDKITE_API_TOKEN", TOKEN, "BUILDKITE_API_URL", "http://127.0.0.1:8080/"));
        assertThat(access.rest()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(access.graphql()).isEqualTo(URI.create("http://127.0.0.1:8080/v1"));
    }

    @Test
    void theOtherApiMayBeNamedAsWell() {
        var access = access(Map.of(
                "BUILDKITE_API_TOKEN", TOKEN,
                "BUILDKITE_API_URL", "https://buildkite.acme.example",
                "BUILDKITE_GRAPHQL_URL", "https://graphql.acme.example/v1"));
        assertThat(access.graphql()).isEqualTo(URI.create("https://graphql.acme.example/v1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://api.acme.example", "http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"})
    void theTokenGoesOverTlsOrNowhereElse(String address) {
        assertThat(access(Map.of("BUILDKITE_API_TOKEN", TOKEN, "BUILDKITE_API_URL", address))
                        .rest())
                .hasToString(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://api.buildkite.com           | must begin with https://
            http://127.0.0.1.acme.example      | must begin with https://
            http://127.0.0.1@acme.example      | without a user
            ftp://127.0.0.1                    | must begin with https://
            https://jane:x@api.buildkite.com   | without a user
            https://api.buildkite.com?a=b      | without ? and #
            https://api.buildkite.com#a        | without ? and #
            api.buildkite.com                  | must be an address
            https://                           | must be an address
            """)
    void anAddressThatWouldGiveTheTokenAwayIsRefused(String address, String reason) {
        assertThatThrownBy(() -> access(Map.of("BUILDKITE_API_TOKEN", TOKEN, "BUILDKITE_API_URL", address)))
                .isInstanceOf(BuildkiteException.class)
                .hasMessageStartingWith("BUILDKITE_API_URL ")
                .hasMessageContaining(reason);
    }

    @Test
    void withoutATokenItIsSaidWhereToMakeOne() {
        assertThatThrownBy(() -> access(Map.of()))
                .hasMessageStartingWith("BUILDKITE_API_TOKEN is not set")
                .hasMessageContaining("https://buildkite.com/user/api-access-tokens");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'bkua_secret'", "bkua_secret\n", "bkua secret", "bkua_sécret", "Bearer bkua_secret"})
    void whatIsNoTokenIsRefusedAndNotShown(String text) {
        assertThatThrownBy(() -> access(Map.of("BUILDKITE_API_TOKEN", text)))
                .hasMessageStartingWith("BUILDKITE_API_TOKEN holds something that is no token")
                .hasMessageNotContaining("cret");
    }

    @Test
    void anAgentTokenIsToldFromOneOfTheApi() {
        assertThatThrownBy(() -> access(Map.of("BUILDKITE_API_TOKEN", "bkct_secret")))
                .hasMessageContaining("holds an agent token")
                .hasMessageNotContaining("secret");
    }

    @Test
    void itsTextDoesNotShowTheToken() {
        assertThat(access(Map.of("BUILDKITE_API_TOKEN", TOKEN)).toString())
                .doesNotContain(TOKEN)
                .contains("https://api.buildkite.com");
    }
}
