package io.buildkitefleet.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    @CsvSource(delimiterString = " => ", textBlock = """
                    ssh-ed25519 KEY => its server is missing
                    git.example.com => its kind of key and its key are missing
                    git.example.com KEY => its kind of key must be one of ssh-ed25519, ecdsa
                    git.example.com ssh-ed25519 => its key is missing
                    git.example.com,git2.example.com ssh-ed25519 KEY => it names several servers: write a line for each
                    *.example.com ssh-ed25519 KEY => its server is a pattern
                    git?.example.com ssh-ed25519 KEY => its server is a pattern
                    @cert-authority git.example.com ssh-ed25519 KEY => it begins with a marker
                    @revoked git.example.com ssh-ed25519 KEY => it begins with a marker
                    |1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-ed25519 KEY => its server is hashed
                    git.example.com:2222 ssh-ed25519 KEY => a server with a port is written [git.example.com]:2222
                    Git.example.com ssh-ed25519 KEY => a server is written in lower case
                    git.example.com ssh-rsa KEY => its key is of another kind than the line says
                    git.example.com ssh-dss KEY => its kind of key must be one of
                    git.example.com ssh-ed25519 AAAA => its key is not whole
                    git.example.com ssh-ed25519 =KEY => its key is not whole
                    git.example.com ssh-ed25519 KEY KEY => leave out what stands behind the key
                    git.example.com ssh-ed25519 KEY\\nother.example.com ssh-ed25519 KEY => it is several lines
                    git.example.com ssh-ed25519 KEY\\n => leave out blanks and line ends around it
                    # git.example.com ssh-ed25519 KEY => it is a comment
                    """)
    void whatMayMeanMoreOrAnotherKeyIsNotAndItIsSaidWhy(String written, String flaw) {
        var line = written.replace("KEY", KEY).replace("\\n", "\n");

        assertThat(HostKey.parse(line)).isEmpty();
        assertThat(HostKey.flaw(line))
                .hasValueSatisfying(words -> assertThat(words).startsWith(flaw));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "git_example.com ssh-ed25519 KEY", "2001:db8::1 ssh-ed25519 KEY"})
    void whateverElseIsRefusedToo(String line) {
        assertThat(HostKey.parse(line.replace("KEY", KEY))).isEmpty();
    }
}
