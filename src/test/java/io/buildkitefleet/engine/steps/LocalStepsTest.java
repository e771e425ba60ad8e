package io.buildkitefleet.engine.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.buildkite.AgentToken;
import io.buildkitefleet.buildkite.BuildkiteStandIn;
import io.buildkitefleet.engine.EngineProject;
import io.buildkitefleet.engine.PulumiCli;
import io.buildkitefleet.engine.RealEngineTest;
import io.buildkitefleet.engine.Runbook;
import io.buildkitefleet.engine.provider.CloudResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * From nothing to a local fleet, and back, by the steps of docs/local.md. The cluster is a stand-in;
 * {@link LocalStackTest} has a real one.
 */
class LocalStepsTest extends RealEngineTest {
    private static final Path PAGE = Path.of("docs", "local.md");

    private EngineProject project;
    private BuildkiteStandIn buildkite;

    @BeforeEach
    void aMachineWithKindAndAnEmptyOrganization() throws Exception {
        buildkite = new BuildkiteStandIn();
        project = clonedProject("local");
        project.makeLauncher();
        project.addToPath(project.file(""));
        project.program("kind", """
                #!/bin/sh
                set -eu
                case "$*" in
                "create cluster --name fleet") echo up >"$0.cluster" ;;
                "delete cluster --name fleet") rm "$0.cluster" ;;
                *) exit 2 ;;
                esac
                """);
        project.program("kubectl", """
                #!/bin/sh
                set -eu
                [ "$1 $2" = "--context kind-fleet" ] || exit 2
                [ -f "${0%/*}/kind.cluster" ] || { echo 'error: context "kind-fleet" does not exist' >&2; exit 1; }
                echo '{"serverVersion": {"major": "1", "minor": "33"}}'
                """);
        project.set("JAVA_HOME", System.getProperty("java.home"));
        project.set("BUILDKITE_API_TOKEN", BuildkiteStandIn.TOKEN);
        project.set("BUILDKITE_API_URL", buildkite.address());
        project.unset("PULUMI_CONFIG_PASSPHRASE");
        Files.createDirectories(project.file("home"));
    }

    @AfterEach
    void stopIt() {
        project.stop();
        buildkite.close();
    }

    /** The last line that it prints. */
    private String nextOfDoctor() throws Exception {
        var lines = project.runShell("./fleet doctor local || true")
                .succeeded()
                .out()
                .strip();
        return lines.substring(lines.lastIndexOf('\n') + 1);
    }

    /** As the page's export says it, which counts for the shell in which it stands. */
    private Path passphrase() {
        return project.file("home/fleet-passphrase");
    }

    /** Pulumi's own state is in the home of whoever runs it, whatever HOME says. */
    private PulumiCli.Run follow(String section) throws Exception {
        var state = "login file://" + project.file("home");
        return project.runShell(
                        Runbook.section(PAGE, section)
                                .script(Map.of("ORGANIZATION", "acme"))
                                .replace("login --local", state),
                        EngineProject.AGENT_TOKEN + "\n")
                .succeeded();
    }

    @Test
    void thePageLeadsToAFleetAndBackAndDoctorSaysEachNextStep() throws Exception {
        assertThat(nextOfDoctor()).isEqualTo("next: kind create cluster --name fleet");
        assertThat(follow("Make the cluster").out()).contains("which is no border");
        assertThat(nextOfDoctor()).isEqualTo("next: pulumi login --local");
        follow("Give it a token");
        project.set("PULUMI_CONFIG_PASSPHRASE_FILE", passphrase().toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(passphrase())))
                .isEqualTo("rw-------");
        assertThat(nextOfDoctor()).isEqualTo("next: https://buildkite.com/organizations/acme/clusters");
        buildkite.addQueue("Try", "local");
        buildkite.addAgentToken("Try", new AgentToken("local", Optional.empty()));

        assertThat(follow("Make it").out()).contains("Nothing is known to be missing.\nnext: ./fleet up local\n");
        assertThat(project.cloud().resources())
                .extracting(CloudResource::name)
                .contains("queue-local-release")
                .noneMatch(name -> name.startsWith("cluster"));

        follow("Take it down");
        assertThat(project.cloud().resources()).isEmpty();
        assertThat(Files.exists(project.file("programs/kind.cluster"))).isFalse();
    }
}
