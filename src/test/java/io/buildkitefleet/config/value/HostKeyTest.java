package io.buildkitefleet.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostKeyTest {
    private static final String KEY = "AAAAC3NzaC1lZDI1NTE5AAAAIHaSw601QLuAPAILOu5mzYiHEjI06gxucUPArdc/9DHt";

    @ParameterizedTest
    @ValueSource(strings = {"git.example.com", "10.0.0.7", "[git.example.com]:2222"})
    void aLineOfOneServerIsTaken(String host) {
        assertThat(HostKey.parse(host + "  ssh-ed25519 " + KEY)).contains(new HostKey(host, "ssh-ed25519", KEY));
        assertThat(new HostKey(host, "ssh-ed25519", KEY).line()).isEqualTo(host + " ssh-ed25519 " + KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh-ed25519 KEY",
                "git.example.com KEY",
                "git.example.com,git2.example.com ssh-ed25519 KEY",
                "*.example.com ssh-ed25519 KEY",
                "@cert-authority git.example.com ssh-ed25519 KEY",
                "@revoked git.example.com ssh-ed25519 KEY",
                "|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-ed25519 KEY",
                "git.example.com:2222 ssh-ed25519 KEY",
                "git.example.com ssh-rsa KEY",
                "git.example.com ssh-dss KEY",
                "git.example.com ssh-ed25519 AAAA",
                "git.example.com ssh-ed25519 KEY KEY",
                "git.example.com ssh-ed25519 KEY\nother.example.com ssh-ed25519 KEY",
                "git.example.com ssh-ed25519 =KEY",
                "# git.example.com ssh-ed25519 KEY"
            })
    void whatMayMeanMoreOrAnotherKeyIsNot(String line) {
        assertThat(HostKey.parse(line.replace("KEY", KEY))).isEmpty();
    }
}
