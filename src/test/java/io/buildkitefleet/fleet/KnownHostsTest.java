package io.buildkitefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.buildkitefleet.config.value.HostKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KnownHostsTest {
    private static final HostKey OWN = HostKey.parse("git.example.com ssh-ed25519 "
                    + "AAAAC3NzaC1lZDI1NTE5AAAAIHaSw601QLuAPAILOu5mzYiHEjI06gxucUPArdc/9DHt")
            .orElseThrow();

    /** Those of github.com and gitlab.com, where their owners publish them: see {@code ssh/known-hosts.txt}. */
    @Test
    void thePublishedKeysHaveTheFingerprintsThatTheirOwnersPublish() throws NoSuchAlgorithmException {
        var fingerprints = new TreeMap<String, String>();
        for (var key : KnownHosts.of(List.of()).keys()) {
            fingerprints.put(key.host() + " " + key.type(), fingerprint(key));
        }
        assertThat(fingerprints)
                .contains(
                        entry("github.com ssh-ed25519", "+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU"),
                        entry("github.com ecdsa-sha2-nistp256", "p2QAMXNIC1TJYWeIOttrVc98/R1BUFWu3/LiyKgUfQM"),
                        entry("gitlab.com ssh-ed25519", "eUXGGm1YGsMAS7vkcx6JOJdOGHPem5gQp4taiCfCLB8"),
                        entry("gitlab.com ecdsa-sha2-nistp256", "HbW3g8zUjNSksFbqTiUWPWg2Bq1x8xdGUrliXFzSnUw"))
                .containsKeys("bitbucket.org ssh-ed25519", "bitbucket.org ecdsa-sha2-nistp256")
                .hasSize(6);
    }

    @Test
    void aServerOfOnesOwnComesToThem() {
        var known = KnownHosts.of(List.of(OWN));
        assertThat(known.has("git.example.com")).isTrue();
        assertThat(known.has("[git.example.com]:2222")).isFalse();
        assertThat(known.text()).endsWith(OWN.line() + "\n").contains("github.com ssh-ed25519 ");
    }

    @Test
    void whoeverListsKeysOfAServerHasThoseAlone() {
        var own = new HostKey("github.com", OWN.type(), OWN.key());
        assertThat(KnownHosts.of(List.of(own)).keys())
                .filteredOn(key -> key.host().equals("github.com"))
                .containsExactly(own);
    }

    private static String fingerprint(HostKey key) throws NoSuchAlgorithmException {
        var digest =
                MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(key.key()));
        return Base64.getEncoder().withoutPadding().encodeToString(digest);
    }
}
