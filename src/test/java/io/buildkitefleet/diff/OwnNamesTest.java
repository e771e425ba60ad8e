package io.buildkitefleet.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.testing.Stacks;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnNamesTest {
    private static final OwnNames NAMES = new OwnNames(
            Map.of("dev", "prod", "bk-dev", "ci", "acme-ci-dev", "acme-builds"), "acme-ci-dev", "acme-builds");

    @ParameterizedTest
    @CsvSource({
        "dev, prod",
        "dev, dev",
        "acme-ci-dev-bk-dev-artifacts, acme-builds-ci-artifacts",
        "bk-dev-big@acme-ci-dev.iam.gserviceaccount.com, ci-big@acme-builds.iam.gserviceaccount.com",
        "/dev/disk/by-id/dev, /dev/disk/by-id/prod",
        "a.b+c(dev, a.b+c(prod",
        "'$dev\\E', '$prod\\E'",
    })
    void namesThatDifferInTheStacksOwnNamesAreTheSame(String base, String stack) {
        assertThat(NAMES.areSame(base, stack)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "development, production",
        "devel-dev, prodel-dev",
        "prod, dev",
        "bk-dev-big, bk-prod-small",
        "dev, staging",
        "acme-ci-dev, acme-ci-prod"
    })
    void otherNamesAreNot(String base, String stack) {
        assertThat(NAMES.areSame(base, stack)).isFalse();
    }

    @Test
    void theyAreOfTheConfigurationAndNoneThatBothShare() {
        var dev = FleetConfigReader.read(Stacks.minimal(), new Problems("dev"));
        var prod = FleetConfigReader.read(Stacks.minimal().named("prod").with("name", "ci"), new Problems("prod"));
        assertThat(OwnNames.of(dev, prod).pairs()).containsOnly(Map.entry("dev", "prod"), Map.entry("bk-dev", "ci"));
        assertThat(OwnNames.of(dev, prod).sentences()).containsExactly("bk-dev and ci", "dev and prod");
    }
}
