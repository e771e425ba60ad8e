package io.buildkitefleet.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a mirror is, and what nodes have to be granted to read it. */
class RegistryMirrorTest {
    @ParameterizedTest
    @CsvSource({
        "us-docker.pkg.dev/acme-ci/mirror, us, mirror",
        "us-west1-docker.pkg.dev/acme-ci/mirror/fleet/ci, us-west1, mirror",
        "northamerica-northeast1-docker.pkg.dev/acme-ci/my-mirror, northamerica-northeast1, my-mirror",
        "us-docker.pkg.dev/acme-ci/gcr.io, us, gcr.io"
    })
    void aRepositoryOfArtifactRegistryIsReadOffItsAddress(String address, String location, String id) {
        assertThat(RegistryMirror.parse(address)).hasValueSatisfying(mirror -> assertThat(mirror.repository())
                .hasValue(new ArtifactRepository(location, "acme-ci", id)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"us-docker.pkg.dev/example.com/acme-ci/mirror", "us-docker.pkg.dev/a.co.uk/acme-ci/mirror/x"})
    void aDomainsProjectIsWrittenWithItsDomainBeforeIt(String address) {
        var repository = RegistryMirror.parse(address).flatMap(RegistryMirror::repository);
        assertThat(repository).hasValueSatisfying(found -> {
            assertThat(found.project()).matches("(?:example\\.com|a\\.co\\.uk):acme-ci");
            assertThat(found.id()).isEqualTo("mirror");
            assertThat(address + "/").startsWith(found.address() + "/");
        });
    }

    @Test
    void aRepositorysAddressIsThatOfItsImages() {
        assertThat(new ArtifactRepository("us", "acme-ci", "mirror").address())
                .isEqualTo("us-docker.pkg.dev/acme-ci/mirror");
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.example.com", "registry.example.com:5000/mirror", "ghcr.io/acme"})
    void aRegistryElsewhereIsGrantedNothing(String address) {
        assertThat(RegistryMirror.parse(address))
                .hasValueSatisfying(mirror -> assertThat(mirror.repository()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "us-docker.pkg.dev",
                "us-docker.pkg.dev/acme-ci",
                "docker.pkg.dev/acme-ci/mirror",
                "us-docker.pkg.dev/acme/mirror",
                "us-npm.pkg.dev/acme-ci/mirror",
                "gcr.io/acme-ci",
                "eu.gcr.io/acme-ci/mirror"
            })
    void aHostOfGooglesHasToSayWhichRepositoryItIs(String address) {
        assertThat(RegistryMirror.parse(address)).isEmpty();
    }

    @Test
    void whatBeginsLikeAMirrorIsNotInIt() {
        var mirror = RegistryMirror.parse("us-docker.pkg.dev/acme-ci/mirror").orElseThrow();
        assertThat(mirror.holds("us-docker.pkg.dev/acme-ci/mirror/docker.io/library/docker:28"))
                .isTrue();
        assertThat(mirror.holds("us-docker.pkg.dev/acme-ci/mirror-of-others/docker:28"))
                .isFalse();
    }
}
