package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import java.util.List;
import java.util.function.BiFunction;

/** What must hold between the parts of a fleet, whoever wrote them. */
public final class FleetChecks {
    /** In this order: what only follows from what one has found is not said by those after it. */
    private static final List<BiFunction<Fleet, Problems, Check>> IN_GOOGLE_CLOUD = List.of(
            PresenceChecks::new,
            PoolChecks::new,
            MachineChecks::new,
            WarmChecks::new,
            LocationChecks::new,
            NetworkChecks::new,
            DockerNetworkChecks::new,
            TrustChecks::new,
            SharedPoolChecks::new,
            AgentChecks::new,
            OnlyChecks::new,
            OwnImageChecks::new,
            RegistryMirrorChecks::new,
            NameChecks::new,
            CapabilityChecks::new,
            NamespaceChecks::new,
            DebugChecks::new,
            CacheChecks::new,
            MirrorChecks::new,
            KnownHostChecks::new,
            SigningChecks::new,
            MacChecks::new,
            DeployerChecks::new,
            ClusterChecks::new,
            MaintenanceChecks::new,
            VersionChecks::new);

    /** What is left of them where there is neither a pool nor anything of Google's. */
    private static final List<BiFunction<Fleet, Problems, Check>> LOCAL = List.of(
            PresenceChecks::new,
            LocalChecks::new,
            WarmChecks::new,
            AgentChecks::new,
            OnlyChecks::new,
            RegistryMirrorChecks::new,
            NameChecks::new,
            CapabilityChecks::new,
            KnownHostChecks::new);

    private FleetChecks() {}

    /** Finds what is wrong with a fleet, besides what is known already. */
    public static void run(Fleet fleet, Problems problems) {
        (fleet.isLocal() ? LOCAL : IN_GOOGLE_CLOUD)
                .forEach(check -> check.apply(fleet, problems).run());
    }
}
