package io.buildkitefleet.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnIdsTest {
    private static final OwnIds IDS = new OwnIds(
            Map.of(
                    "bk-dev", "ci",
                    "bk-dev-big", "ci-big",
                    "acme-ci-dev-bk-dev-artifacts", "acme-builds-ci-artifacts",
                    "acme-ci-dev", "acme-builds"),
            "acme-ci-dev");

    @ParameterizedTest
    @CsvSource({
        "bk-dev-big@acme-ci-dev.iam.gserviceaccount.com, ci-big@acme-builds.iam.gserviceaccount.com",
        "projects/acme-ci-dev/locations/us-west1/clusters/bk-dev, projects/acme-builds/locations/us-west1/clusters/ci",
        "gs://acme-ci-dev-bk-dev-artifacts/big/, gs://acme-builds-ci-artifacts/big/",
    })
    void whatNamesAResourceByItsProjectIsTheSame(String base, String stack) {
        assertThat(IDS.areSame(base, stack, false)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "dev, prod",
        "ghcr.io/acme/app:dev, ghcr.io/acme/app:prod",
        "ghcr.io/acme/bk-dev:1, ghcr.io/acme/ci:1",
        "bk-dev, ci",
        "only-branch dev, only-branch prod",
        "us-docker.pkg.dev/acme-ci-dev/bk-dev/app:dev, us-docker.pkg.dev/acme-builds/ci/app:prod",
    })
    void whatSomebodyWroteIsNoId(String base, String stack) {
        assertThat(IDS.areSame(base, stack, false)).isFalse();
    }

    @Test
    void whereResourcesAreNamedAnIdIsOne() {
        assertThat(IDS.areSame("bk-dev", "ci", true)).isTrue();
        assertThat(IDS.areSame("dev", "prod", true)).isFalse();
    }

    @Test
    void idsOfOneProjectAreToldByIt() {
        var ids = new OwnIds(Map.of("bk-dev-big", "bk-prod-big"), "acme-ci");
        assertThat(ids.areSame("bk-dev-big@acme-ci.example", "bk-prod-big@acme-ci.example", false))
                .isTrue();
        assertThat(ids.areSame("bk-dev-big", "bk-prod-big", false)).isFalse();
    }

    @Test
    void aStackBesideItselfHasNone() {
        assertThat(OwnIds.NONE.areSame("dev", "prod", true)).isFalse();
    }
}
