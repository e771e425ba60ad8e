package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As whom a fleet is not made. */
class ProviderVariablesTest {
    private final StandInMachine machine = new StandInMachine();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GOOGLE_CREDENTIALS",
                "GOOGLE_CLOUD_KEYFILE_JSON",
                "GCLOUD_KEYFILE_JSON",
                "GOOGLE_OAUTH_ACCESS_TOKEN",
                "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT"
            })
    void anAccountOfOneHalfIsRefused(String variable) {
        machine.set(variable, "x");
        assertThat(ProviderVariables.refusal(machine::variable).orElseThrow())
                .startsWith(variable + " counts for Google's half of the fleet and not in the cluster; unset it")
                .endsWith("pulumi config set gcp:impersonateServiceAccount ACCOUNT");
    }

    @Test
    void anAccountOfBothHalvesIsNot() {
        machine.set("GOOGLE_APPLICATION_CREDENTIALS", "/home/jane/key.json");
        machine.set("GOOGLE_CREDENTIALS", "");
        assertThat(ProviderVariables.refusal(machine::variable)).isEmpty();
    }
}
