package io.buildkitefleet.config.value;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
                    [git.example.com] ssh-ed25519 KEY => a server in brackets has a port
                    [git.example.com]: ssh-ed25519 KEY => a server in brackets has a port
                    [git.example.com]:0 ssh-ed25519 KEY => a port is a number from 1 to 65535
                    [git.example.com]:022 ssh-ed25519 KEY => a port is a number from 1 to 65535
                    [git.example.com]:65536 ssh-ed25519 KEY => a port is a number from 1 to 65535
                    [git.example.com]:99999 ssh-ed25519 KEY => a port is a number from 1 to 65535
                    git.example.com\\tssh-ed25519 KEY => write blanks instead of tabs
                    git.example.com ssh-ed25519\\tKEY => write blanks instead of tabs
                    git.example.com ssh-ed25519 KEY\\t => leave out blanks
                    git.example.com ssh-ed25519 KEY\\n => leave out blanks and line ends around it
                    # git.example.com ssh-ed25519 KEY => it is a comment
                    """)
    void whatMayMeanMoreOrAnotherKeyIsNotAndItIsSaidWhy(String written, String flaw) {
        var line = written.replace("KEY", KEY).replace("\\n", "\n").replace("\\t", "\t");

        assertThat(HostKey.parse(line)).isEmpty();
        assertThat(HostKey.NOTATION.flaw(line))
                .hasValueSatisfying(words -> assertThat(words).startsWith(flaw));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void anEmptyLineIsNone(String line) {
        assertThat(HostKey.parse(line)).isEmpty();
        assertThat(HostKey.NOTATION.flaw(line)).contains("it is empty: leave it out");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyIsTakenWholeAndInNoOtherForm(String type, byte[] key) {
        var text = Base64.getEncoder().encodeToString(key);
        var line = "git.example.com " + type + " ";
        var bytes = Base64.getEncoder();

        assertThat(HostKey.parse(line + text)).isPresent();
        for (int end = 0; end < key.length; end++) {
            isNotWhole(line + bytes.encodeToString(Arrays.copyOf(key, end)));
        }
        for (int end = 1; end < text.length(); end++) {
            isNotWhole(line + text.substring(0, end));
        }
        isNotWhole(line + bytes.encodeToString(Arrays.copyOf(key, key.length + 1)));
        isNotWhole(line + text + "AAAA");
        isNotWhole(line + text + text);
    }

    private static void isNotWhole(String line) {
        assertThat(HostKey.parse(line)).as(line).isEmpty();
        assertThat(HostKey.NOTATION.flaw(line).orElseThrow()).as(line).startsWith("its key is ");
    }

    static Stream<Arguments> keys() {
        var modulus = new byte[257];
        Arrays.fill(modulus, 1, modulus.length, (byte) 0x9d);
        return Stream.of(
                arguments("ssh-ed25519", Base64.getDecoder().decode(KEY)),
                arguments("ssh-rsa", fields("ssh-rsa".getBytes(US_ASCII), new byte[] {1, 0, 1}, modulus)),
                arguments("ecdsa-sha2-nistp256", ecdsa("nistp256", 32)),
                arguments("ecdsa-sha2-nistp384", ecdsa("nistp384", 48)),
                arguments("ecdsa-sha2-nistp521", ecdsa("nistp521", 66)));
    }

    /** Each would be taken by its length alone. */
    @Test
    void theFieldsOfAKeyAreThoseOfItsKind() {
        var negative = new byte[256];
        Arrays.fill(negative, (byte) 0x9d);
        var padded = new byte[257];
        padded[1] = 1;
        var compressed = new byte[65];
        compressed[0] = 2;
        var rsa = "ssh-rsa".getBytes(US_ASCII);
        var exponent = new byte[] {1, 0, 1};

        isNotWhole(line("ssh-rsa", fields(rsa, exponent, negative)));
        isNotWhole(line("ssh-rsa", fields(rsa, exponent, padded)));
        isNotWhole(line("ssh-rsa", fields(rsa, exponent, Arrays.copyOf(exponent, 127))));
        isNotWhole(line("ssh-rsa", fields(rsa, new byte[0], Arrays.copyOf(exponent, 256))));
        isNotWhole(line("ssh-ed25519", fields("ssh-ed25519".getBytes(US_ASCII), new byte[31])));
        isNotWhole(line("ssh-ed25519", fields("ssh-ed25519".getBytes(US_ASCII), new byte[32], new byte[0])));
        isNotWhole(line("ecdsa-sha2-nistp256", fields("ecdsa-sha2-nistp256".getBytes(US_ASCII), compressed)));
        isNotWhole(line(
                "ecdsa-sha2-nistp256",
                fields("ecdsa-sha2-nistp256".getBytes(US_ASCII), "nistp256".getBytes(US_ASCII), compressed)));
        isNotWhole(line(
                "ecdsa-sha2-nistp256",
                fields("ecdsa-sha2-nistp256".getBytes(US_ASCII), "nistp384".getBytes(US_ASCII), point(32))));
    }

    private static String line(String type, byte[] key) {
        return "git.example.com " + type + " " + Base64.getEncoder().encodeToString(key);
    }

    private static byte[] ecdsa(String curve, int coordinate) {
        return fields(("ecdsa-sha2-" + curve).getBytes(US_ASCII), curve.getBytes(US_ASCII), point(coordinate));
    }

    private static byte[] point(int coordinate) {
        var point = new byte[1 + 2 * coordinate];
        Arrays.fill(point, (byte) 7);
        point[0] = 4;
        return point;
    }

    private static byte[] fields(byte[]... fields) {
        var key = ByteBuffer.allocate(Stream.of(fields)
                .mapToInt(field -> Integer.BYTES + field.length)
                .sum());
        Stream.of(fields).forEach(field -> key.putInt(field.length).put(field));
        return key.array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"git_example.com ssh-ed25519 KEY", "2001:db8::1 ssh-ed25519 KEY"})
    void whateverElseIsRefusedToo(String line) {
        assertThat(HostKey.parse(line.replace("KEY", KEY))).isEmpty();
    }
}
