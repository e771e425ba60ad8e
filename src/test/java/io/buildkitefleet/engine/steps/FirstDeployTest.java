package io.buildkitefleet.engine.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.buildkitefleet.buildkite.AgentToken;
import io.buildkitefleet.buildkite.BuildkiteStandIn;
import io.buildkitefleet.engine.EngineProject;
import io.buildkitefleet.engine.PulumiCli;
import io.buildkitefleet.engine.RealEngineTest;
import io.buildkitefleet.engine.Runbook;
import io.buildkitefleet.engine.provider.CloudResource;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.testing.PermissionsStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From nothing to a fleet, by the steps of docs/first-deploy.md, and by those of {@code ./fleet doctor} alone. */
class FirstDeployTest extends RealEngineTest {
    private static final Path PAGE = Path.of("docs", "first-deploy.md");
    private static final String CLUSTERS = "https://buildkite.com/organizations/acme/clusters";
    private static final int MOST_STEPS = 20;

    private EngineProject project;
    private Fleet fleet;
    private BuildkiteStandIn buildkite;
    private PermissionsStandIn google;
    private Map<String, String> names;

    @BeforeEach
    void anEmptyProjectAndAnEmptyOrganization() throws Exception {
        buildkite = new BuildkiteStandIn();
        google = new PermissionsStandIn("acme-ci", permission -> true);
        project = clonedProject("dev");
        project.makeLauncher();
        project.addToPath(project.file(""));
        project.program("gcloud", Files.readString(Path.of("src/test/resources/first-deploy/gcloud")));
        project.program("gke-gcloud-auth-plugin", "#!/bin/sh\n");
        project.set("GCLOUD_STAND_IN", project.file("gcloud").toString());
        project.set("CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER", google.address());
        project.set("JAVA_HOME", System.getProperty("java.home"));
        project.set("BUILDKITE_API_TOKEN", BuildkiteStandIn.TOKEN);
        project.set("BUILDKITE_API_URL", buildkite.address());
        names = Map.of(
                "ORGANIZATION", "acme",
                "REPOSITORY", "git@github.com:acme/app.git",
                "PROJECT", "acme-ci",
                "ACCOUNT", "0-1-A",
                "BUCKET", "acme-state",
                "LOCATION", "us-west1",
                "BACKEND", "file://" + project.file("state"),
                "PROVIDER", "passphrase");
        follow("What it is to be");
        fleet = Previews.fleetOf(project.asOfflineProject().stack("ci"));
        writeAnswers();
    }

    @AfterEach
    void stopIt() {
        project.stop();
        buildkite.close();
        google.close();
    }

    /** A project that may have just what the fleet needs, in a region whose zones have its machines. */
    private void writeAnswers() throws IOException {
        Files.createDirectories(project.file("gcloud/answers"));
        var quotas = fleet.quotas().stream()
                .map(quota -> Map.of("metric", quota.metric(), "limit", (double) quota.amount(), "usage", 0.0))
                .toList();
        var machines = fleet.nodePools().stream()
                .flatMap(pool -> fleet.config().zones().stream()
                        .map(zone -> Map.of("name", pool.machine().name(), "zone", zone)))
                .toList();
        answer("region", Map.of("quotas", quotas));
        answer("project-info", Map.of("quotas", quotas));
        answer("machine-types", machines);
    }

    private void answer(String name, Object answer) throws IOException {
        Files.writeString(project.file("gcloud/answers/" + name + ".json"), new Gson().toJson(answer));
    }

    private void makeQueuesAndToken() {
        fleet.queues().stream().map(Queue::name).forEach(name -> buildkite.addQueue("CI", name));
        buildkite.addAgentToken("CI", new AgentToken("fleet", Optional.empty()));
    }

    /** The last line that it prints. */
    private String nextOfDoctor() throws Exception {
        var lines = project.runShell("./fleet doctor ci || true")
                .succeeded()
                .out()
                .lines()
                .toList();
        var last = lines.get(lines.size() - 1);
        assertThat(last).as(String.join("\n", lines)).startsWith("next: ");
        return last.substring("next: ".length());
    }

    private PulumiCli.Run follow(String section) throws Exception {
        return project.runShell(Runbook.section(PAGE, section).script(names), EngineProject.AGENT_TOKEN + "\n")
                .succeeded();
    }

    private void theFleetIsThere() {
        assertThat(project.cloud().resources())
                .extracting(CloudResource::name)
                .contains("cluster-gke", "queue-light-release");
    }

    @Test
    void thePageLeadsToAFleetAndDoctorSaysEachNextStep() throws Exception {
        follow("Tools");
        assertThat(nextOfDoctor()).isEqualTo("gcloud auth login");
        follow("A project that is paid for");
        assertThat(nextOfDoctor()).isEqualTo("pulumi login gs://BUCKET");
        follow("State and secrets");
        assertThat(nextOfDoctor()).isEqualTo("pulumi config set --secret buildkite-fleet:agentToken --stack ci");
        follow("Buildkite");
        assertThat(nextOfDoctor()).isEqualTo(CLUSTERS);
        makeQueuesAndToken();
        assertThat(follow("Make it").out()).contains("Nothing is known to be missing.\nnext: ./fleet up ci\n");
        theFleetIsThere();
        assertThat(Files.readString(project.file("state/.pulumi/stacks/buildkite-fleet/ci.json")))
                .doesNotContain(EngineProject.AGENT_TOKEN);
        follow("Take it down");
        assertThat(project.cloud().resources()).isEmpty();
    }

    /** Each of its commands is on the page too, in the same order. */
    @Test
    void whoOnlyDoesWhatDoctorSaysNextGetsAFleet() throws Exception {
        var steps = new ArrayList<String>();
        var next = nextOfDoctor();
        while (!next.equals("./fleet up ci") && steps.size() < MOST_STEPS) {
            steps.add(next);
            take(next);
            next = nextOfDoctor();
        }
        assertThat(steps)
                .containsExactly(
                        "gcloud auth login",
                        "gcloud auth application-default login",
                        "gcloud projects create acme-ci",
                        "gcloud billing projects link acme-ci --billing-account ACCOUNT",
                        "gcloud services enable serviceusage.googleapis.com cloudresourcemanager.googleapis.com "
                                + "--project acme-ci",
                        "pulumi login gs://BUCKET",
                        "pulumi stack init ci",
                        "pulumi config set --secret buildkite-fleet:agentToken --stack ci",
                        CLUSTERS);
        project.runShell(next).succeeded();
        theFleetIsThere();
    }

    private void take(String step) throws Exception {
        if (step.startsWith("https://buildkite.com/")) {
            makeQueuesAndToken();
            return;
        }
        var command = Runbook.withNames(step.replace("gs://BUCKET", "BACKEND"), names);
        project.runShell(command, EngineProject.AGENT_TOKEN + "\n").succeeded();
    }

    @Test
    void withoutANetworkDoctorSaysWhatItCouldNotAsk() throws Exception {
        follow("A project that is paid for");
        follow("State and secrets");
        follow("Buildkite");
        google.close();
        buildkite.close();
        var run = project.runShell("./fleet doctor ci").succeeded();
        assertThat(List.of(run.out().split("\n")))
                .anyMatch(line -> line.startsWith("unknown permissions: Google does not say"))
                .anyMatch(line -> line.startsWith("unknown Buildkite: "))
                .contains("next: ./fleet up ci");
    }
}
