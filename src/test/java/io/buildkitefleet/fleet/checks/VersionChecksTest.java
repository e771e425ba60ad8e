package io.buildkitefleet.fleet.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cloud.KubernetesReleases;
import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.config.value.ReleaseChannel;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VersionChecksTest {
    private static final Stacks DISKS = Stacks.minimal()
            .with("pools.big.zones", "[us-west1-a]")
            .with("checkout.gitMirror", "disk")
            .with("checkout.mirrorDisk", "{image: 'a:1', repositories: ['https://github.com/a/b']}");

    @ParameterizedTest
    @EnumSource
    void everyChannelHasVersions(ReleaseChannel channel) {
        var minors = KubernetesReleases.of(channel);

        assertThat(minors.have(minors.ofNewClusters())).isTrue();
        assertThat(KubernetesReleases.with(minors.newest())).contains(channel);
    }

    @ParameterizedTest
    @CsvSource({
        "rapid, 1.37, ''",
        "regular, 1.36.4-gke.1082000, ''",
        "stable, 1.36, 'is \"1.36\", and the channel stable had 1.34 to 1.35; GKE refuses what it does not have; the list'",
        "regular, 1.33, 'is \"1.33\", and the channel regular had 1.34 to 1.36;'",
        "extended, 1.33, ''"
    })
    void aVersionThatTheChannelDidNotHaveIsAWarning(String channel, String version, String warning) {
        var stack =
                Stacks.minimal().with("cluster.releaseChannel", channel).with("cluster.version", "\"" + version + "\"");

        assertThat(warnings(stack))
                .satisfies(found -> assertThat(found).hasSize(warning.isEmpty() ? 0 : 1))
                .allSatisfy(found -> assertThat(found).startsWith(warning));
    }

    @ParameterizedTest
    @CsvSource({
        "regular, 'is left out, and checkout.gitMirror: disk needs Kubernetes 1.36: a new cluster of the channel regular "
                + "got 1.35; set version: \"1.36\"; the list is of '",
        "stable, 'is left out, and checkout.gitMirror: disk needs Kubernetes 1.36: a new cluster of the channel stable "
                + "got 1.35; set version: \"1.36\" and another releaseChannel, rapid or regular or extended; the list is of '"
    })
    void disksOfGitMirrorsNeedAVersionThatNewClustersDoNotHave(String channel, String warning) {
        assertThat(warnings(DISKS.with("cluster.releaseChannel", channel)))
                .singleElement()
                .asString()
                .startsWith(warning);
    }

    @Test
    void disksOfGitMirrorsAreServedByANewerVersion() {
        assertThat(warnings(DISKS.with("cluster.version", "\"1.36\""))).isEmpty();
        assertThat(warnings(DISKS.with("cluster.releaseChannel", "rapid"))).isEmpty();
    }

    @Test
    void aVersionThatIsTooOldForThemIsRefused() {
        BadStack.of(
                        "an old version",
                        DISKS.with("cluster.version", "\"1.35\""),
                        "cluster.version",
                        "must be \"1.36\" or later, since checkout.gitMirror: disk needs Kubernetes 1.36, got \"1.35\"")
                .isReportedOnce();
    }

    @ParameterizedTest
    @EnumSource
    void aVersionThatLacksWhatEachClusterIsGivenIsRefused(ReleaseChannel channel) {
        BadStack.of(
                        "an ancient version",
                        Stacks.minimal()
                                .with("cluster.releaseChannel", Spelling.of(channel))
                                .with("cluster.version", "\"1.20\""),
                        "cluster.version",
                        "must be \"1.30\" or later, whose policies of admission hold the borders of queues, got \"1.20\"; "
                                + "the channel " + Spelling.of(channel) + " had 1.")
                .isReportedOnce();
    }

    private static List<String> warnings(Stacks stack) {
        return FleetResolver.resolve(stack).warnings().stream()
                .map(Problem::message)
                .toList();
    }
}
