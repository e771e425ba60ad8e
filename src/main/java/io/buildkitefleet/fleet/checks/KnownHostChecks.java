package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.MirrorDiskConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Repository;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.KnownHosts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the servers of the repositories that are reached over ssh are known: from others nothing is checked out. */
final class KnownHostChecks implements Check {
    private final FleetConfig config;
    private final KnownHosts knownHosts;
    private final Problems problems;

    KnownHostChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.knownHosts = fleet.knownHosts();
        this.problems = problems;
    }

    @Override
    public void run() {
        var checkout = problems.at("checkout");
        if (checkout.isRefused() || checkout.isInDoubt("knownHosts")) {
            return;
        }
        check(
                problems.at("repositories"),
                config.safeBuilds().repositories().stream().map(Optional::of).toList());
        check(
                problems.at("checkout", "mirrorDisk", "repositories"),
                config.checkout().mirrorDisk().map(MirrorDiskConfig::repositories).stream()
                        .flatMap(List::stream)
                        .map(Repository::parse)
                        .toList());
    }

    private void check(Place at, List<Optional<Repository>> repositories) {
        for (int i = 0; i < repositories.size(); i++) {
            var place = at.item(i);
            repositories.get(i).flatMap(Repository::sshServer).filter(server -> !knownHosts.has(server)).stream()
                    .flatMap(server -> Stream.of(refusal(server)))
                    .forEach(place::add);
        }
    }

    private static String refusal(String server) {
        return "is on a server that nobody knows by its key, got " + server + "; add its line to checkout.knownHosts: "
                + KnownHosts.scan(server);
    }
}
