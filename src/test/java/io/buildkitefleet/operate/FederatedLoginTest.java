package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As whom a pipeline acts in Google Cloud. */
class FederatedLoginTest {
    private static final String URL = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/";

    @TempDir
    private Path directory;

    @Test
    void theAccountIsTheOneWhoseTokensAreAskedFor() throws IOException {
        assertThat(account("{\"service_account_impersonation_url\": \"" + URL
                        + "up@p.iam.gserviceaccount.com:generateAccessToken\"}"))
                .contains("up@p.iam.gserviceaccount.com");
    }

    @Test
    void aLoginOfItsOwnIsNobodyElse() throws IOException {
        assertThat(account("{\"type\": \"authorized_user\"}")).isEmpty();
        assertThat(account("{\"service_account_impersonation_url\": {}}")).isEmpty();
        assertThat(account("no json")).isEmpty();
    }

    @Test
    void withoutALoginThereIsNone() {
        assertThat(FederatedLogin.account(name -> Optional.empty())).isEmpty();
        assertThat(FederatedLogin.account(name -> Optional.of("/no/such/file"))).isEmpty();
        assertThat(FederatedLogin.account(name -> Optional.of("\0"))).isEmpty();
    }

    private Optional<String> account(String credentials) throws IOException {
        var file = Files.writeString(directory.resolve("credentials.json"), credentials);
        return FederatedLogin.account(name -> Optional.of(file.toString()));
    }
}
