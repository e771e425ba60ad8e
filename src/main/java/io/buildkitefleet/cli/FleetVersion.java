package io.buildkitefleet.cli;

import io.buildkitefleet.pins.Pins;
import io.buildkitefleet.revision.ProgramCommit;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;

/** What runs here, in the words of a report of a fault. */
final class FleetVersion implements IVersionProvider {
    /**
     * Lets a command and those below it tell it. One that inherited it from the first would ask git for the commit as
     * soon as it is made, whatever was typed.
     */
    static void addTo(CommandLine commandLine) {
        commandLine.getCommandSpec().versionProvider(new FleetVersion());
        commandLine.getSubcommands().values().forEach(FleetVersion::addTo);
    }

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
