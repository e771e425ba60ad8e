package io.buildkitefleet.cli;

import io.buildkitefleet.pins.Pins;
import io.buildkitefleet.revision.ProgramCommit;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What runs here, in the words of a report of a fault. */
final class FleetVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var directory = Path.of(System.getProperty(FleetCommand.PROJECT, ""));
        return new String[] {
            "buildkite-fleet " + number() + ", commit " + ProgramCommit.of(directory),
            "chart agent-stack-k8s " + Pins.chartVersion("agent-stack-k8s"),
            "agent " + Pins.imageVersion("agent"),
            "plugins gcp " + Pins.pluginVersion("gcp") + ", kubernetes " + Pins.pluginVersion("kubernetes")
        };
    }

    /** Maven's, which only the jar has. */
    private static String number() {
        return Optional.ofNullable(FleetVersion.class.getPackage().getImplementationVersion())
                .orElse("of no jar");
    }
}
