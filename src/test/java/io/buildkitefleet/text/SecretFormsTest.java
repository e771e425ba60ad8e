package io.buildkitefleet.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFormsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghp_abcdefghijklmnopqrstuvwxyz0123456789",
                "AKIAIOSFODNN7EXAMPLE",
                "sk-proj-abcdefghij0123456789klmn",
                "bkct_abcdefghijklmnop0123",
                "d41d8cd98f00b204e9800998ecf8427e",
                "a3f2504e-4f89-11d3-9a0c-0305e82c3301",
                "wJ4lrX8tnF2MIK7MDENG9bPxRfiCY"
            })
    void aSecretIsNoNameOfOne(String name) {
        assertThat(SecretForms.inName(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "npmToken",
                "checkoutKey",
                "untrusted-agent-token",
                "deploy-key-2024-11-30",
                "k8s-e2e-token",
                "ArtifactoryDeployKey2024",
                "nexusRepositoryToken2ForCI",
                "sk-admin-of-the-whole-company",
                "AWS_SECRET_ACCESS_KEY_PROD_1",
                "oauth2ProxyClientSecretForProd"
            })
    void aNameOfASecretMayHaveNumbers(String name) {
        assertThat(SecretForms.inName(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://bob:hunter2@github.com/acme/app.git, https://***@github.com/acme/app.git",
        "https://bob:a/b@c@github.com/acme/app.git, https://***@github.com/acme/app.git",
        "https://hunter2@github.com/acme, https://***@github.com/acme",
        "ssh://git:hunter2@github.com/acme, ssh://***@github.com/acme",
        "bob:hunter2@github.com/acme/app, ***@github.com/acme/app",
        "https://ghp_abcdefghijklmnopqrstuvwxyz0123456789@github.com/a, https://***@github.com/a",
        "ghp_abcdefghijklmnopqrstuvwxyz0123456789abc, ***",
        "the key AKIAIOSFODNN7EXAMPLE is, the key *** is"
    })
    void whatOpensSomethingIsHidden(String text, String shown) {
        assertThat(SecretForms.hidden(text)).isEqualTo(shown);
    }

    @Test
    void ofAPrivateKeyNothingIsShown() {
        assertThat(SecretForms.hidden("got -----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r ZXk\n-----END"))
                .isEqualTo("got ***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git@github.com:acme/app.git",
                "ssh://git@github.com/acme/app.git",
                "https://github.com/acme/app@v1",
                "user:jane@acme.com",
                "serviceAccount:ci@acme-ci.iam.gserviceaccount.com",
                "https://registry.example.com:5000/acme/ci@v1",
                "registry.example.com:5000/ci:1.2@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "pulumi config set --secret buildkite-fleet:agentToken --stack dev"
            })
    void whatOpensNothingIsShown(String text) {
        assertThat(SecretForms.hidden(text)).isEqualTo(text);
    }
}
