package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.operate.Prerequisite.Status;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Project;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a local fleet lacks on the machine that it is to be on. */
class LocalClusterTest {
    private static final String VERSION = "version --output json";

    private final StandInMachine machine = new StandInMachine();

    @ParameterizedTest
    @CsvSource({"30, GOOD", "30+, GOOD", "36, GOOD", "29, MISSING", "9, MISSING", "new, MISSING"})
    void aClusterIsToHaveThePoliciesOfAFleet(String minor, Status status) {
        machine.install("kubectl");
        machine.says(VERSION, "{\"serverVersion\": {\"major\": \"1\", \"minor\": \"" + minor + "\"}}");

        assertThat(cluster("kind-fleet").status()).isEqualTo(status);
    }

    @Test
    void noOtherClusterIsAskedThanThatOfTheContext() {
        machine.install("kubectl");
        machine.says(VERSION, "{\"serverVersion\": {\"minor\": \"33\"}}");
        cluster("docker-desktop");

        assertThat(machine.asked()).isNotEmpty().allMatch(command -> command.contains("--context docker-desktop "));
    }

    @ParameterizedTest
    @CsvSource({
        "kind-fleet, kind create cluster --name fleet",
        "docker-desktop, kubectl --context docker-desktop version"
    })
    void oneThatDoesNotAnswerIsMissingWithWhatItSays(String context, String command) {
        machine.install("kubectl");
        machine.refuses(VERSION, "error: context \"" + context + "\" does not exist");

        var found = cluster(context);
        assertThat(found.status()).isEqualTo(Status.MISSING);
        assertThat(found.detail()).contains("does not exist");
        assertThat(found.command()).isEqualTo(command);
    }

    @Test
    void withoutKubectlNobodyKnows() {
        assertThat(cluster("kind-fleet").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void theDoctorAsksNothingOfGooglesInTheOrderOfTheSteps() {
        var project = Project.read(Path.of(""));
        var stack = project.stack("local");

        assertThat(new Doctor(machine, project).examine(stack, Previews.fleetOf(stack), List.of()))
                .extracting(Prerequisite::what)
                .containsExactly(
                        "pulumi",
                        "Pulumi's Java support",
                        "cluster of context kind-fleet",
                        "Pulumi's backend",
                        "stack",
                        "secrets provider",
                        "secret agentToken",
                        "Buildkite");
        assertThat(machine.asked()).noneMatch(command -> command.contains("gcloud"));
    }

    @Test
    void aStateOnThisMachineIsWhereTheStateOfALocalStackBelongs() {
        var project = Project.read(Path.of(""));
        var state = new PulumiState(
                machine,
                new Gcloud(machine),
                project,
                project.stack("local"),
                new StateStore("PROJECT", "LOCATION"),
                true);
        machine.says("whoami", "{\"url\": \"file:///home/jane\"}");
        assertThat(state.examine(true, false).get(0).status()).isEqualTo(Status.GOOD);

        machine.refuses(
                "whoami", "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions");
        assertThat(state.examine(true, false).get(0).command()).isEqualTo("pulumi login --local");
    }

    private Prerequisite cluster(String context) {
        return new LocalCluster(machine, context).examine();
    }
}
