package io.buildkitefleet.engine.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.engine.EngineProject;
import io.buildkitefleet.engine.RealEngineTest;
import io.buildkitefleet.hooks.AgentApi;
import io.buildkitefleet.hooks.BuildkiteAgent;
import io.buildkitefleet.hooks.Hooks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of .buildkite/pipeline-deploy.yml, run by the real agent, with the real Pulumi. */
class DeployStepsTest extends RealEngineTest {
    private static final String LIGHT = "light: {machineType: n1-standard-1, capacity: preemptible, max: 4}";
    private static final String BIG = "big: {machineType: n1-standard-8, capacity: preemptible, max: 4}";

    @TempDir
    private Path directory;

    private final BuildkiteAgent agent = BuildkiteAgent.find();

    /** Of the build, whose jobs share them. */
    private final Map<String, byte[]> artifacts = new HashMap<>();

    private EngineProject project;

    /** What a job said, and how it ended. */
    private record Ended(String exitCode, String log) {}

    @BeforeEach
    void aRepositoryOfAFleetThatIsThere() throws Exception {
        project = project("dev");
        project.up().succeeded();
        project.makeLauncher();
        project.addToPath(project.file(""));
        copy(".buildkite/steps");
        copy("src/main/resources/hooks-outside");
        Files.createDirectories(project.file(".buildkite/deployers"));
        Files.writeString(
                project.file(".buildkite/deployers/dev"),
                "audience //iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/up-bk-dev/providers/bk-big\n"
                        + "service-account bk-dev-deployer@acme-ci-dev.iam.gserviceaccount.com\n"
                        + "state " + project.variables().get("PULUMI_BACKEND_URL") + "\n");
        aPulumiThatKnowsItsStandIns();
        Files.createFile(project.file(".mvn/keep"));
        git("init", "--quiet", "--initial-branch=main");
        commit();
        project.cloud().forgetCalls();
    }

    /** A step hands on what it knows alone, and of stand-ins it knows nothing. */
    private void aPulumiThatKnowsItsStandIns() throws IOException, InterruptedException {
        var real = Hooks.run(project.variables(), project.file(""), List.of("sh", "-c", "command -v pulumi"))
                .output()
                .strip();
        var own = List.of("PULUMI_BACKEND_URL", "PULUMI_STACK");
        project.program(
                "pulumi",
                project.variables().entrySet().stream()
                        .filter(variable -> variable.getKey().startsWith("PULUMI_") && !own.contains(variable.getKey()))
                        .map(variable -> "export " + variable.getKey() + "='" + variable.getValue() + "'\n")
                        .collect(Collectors.joining("", "#!/bin/sh\n", "exec '" + real + "' \"$@\"\n")));
    }

    @Test
    void whatWasPlannedIsDoneAndNothingBefore() throws Exception {
        change(LIGHT, LIGHT.replace("max: 4", "max: 8"));

        assertThat(run("plan dev")).satisfies(DeployStepsTest::endsWell);
        assertThat(project.cloud().changes()).isEmpty();
        assertThat(new String(artifacts.get("plan-dev.json"), StandardCharsets.UTF_8))
                .contains("pool-light-nodes")
                .doesNotContain(EngineProject.AGENT_TOKEN);

        assertThat(run("up dev")).satisfies(DeployStepsTest::endsWell);
        assertThat(project.cloud().changes()).contains("Update pool-light-nodes");
    }

    @Test
    void whatWasNotPlannedIsNotDone() throws Exception {
        change(LIGHT, LIGHT.replace("max: 4", "max: 8"));
        assertThat(run("plan dev")).satisfies(DeployStepsTest::endsWell);
        change("max: 8", "max: 9");

        assertThat(run("up dev").exitCode()).isNotEqualTo("0");
        assertThat(project.cloud().changes()).doesNotContain("Update pool-light-nodes");
    }

    /** Pulumi itself would do it, and undo what was done since. */
    @Test
    void aPlanIsNotDoneOnceTheStackHasChanged() throws Exception {
        change(LIGHT, LIGHT.replace("max: 4", "max: 8"));
        assertThat(run("plan dev")).satisfies(DeployStepsTest::endsWell);
        project.edit("max: 8", "max: 6");
        project.up().succeeded();
        project.cloud().forgetCalls();

        var up = run("up dev");
        assertThat(up.exitCode()).isEqualTo("1");
        assertThat(up.log()).contains("up: dev was changed after this plan was made");
        assertThat(project.cloud().changes()).isEmpty();
    }

    @Test
    void anOlderCommitIsNotPlannedOnceANewerOneIsDeployed() throws Exception {
        change(LIGHT, LIGHT.replace("max: 4", "max: 8"));
        var older = head();
        change("max: 8", "max: 9");
        assertThat(run("plan dev")).satisfies(DeployStepsTest::endsWell);
        assertThat(run("up dev")).satisfies(DeployStepsTest::endsWell);

        var plan = run("plan dev", older);
        assertThat(plan.exitCode()).isEqualTo("1");
        assertThat(plan.log())
                .contains(
                        "plan: this build is of " + older + ", and " + head() + ", which is newer, was deployed since");

        git("-c", "user.name=Carol", "-c", "user.email=carol@acme.example", "revert", "--no-edit", "HEAD");
        assertThat(run("plan dev")).satisfies(DeployStepsTest::endsWell);
    }

    @Test
    void withoutAPlanNothingIsDone() throws Exception {
        change(LIGHT, LIGHT.replace("max: 4", "max: 8"));

        var up = run("up dev");
        assertThat(up.exitCode()).isNotEqualTo("0");
        assertThat(up.log()).contains("plan-dev.json");
        assertThat(project.cloud().changes()).isEmpty();
    }

    @Test
    void aJobDoesNotReplaceThePoolThatItRunsOn() throws Exception {
        change(BIG, BIG.replace("n1-standard-8", "n1-standard-16"));
        assertThat(run("plan dev")).satisfies(DeployStepsTest::endsWell);

        var up = run("up dev");
        assertThat(up.exitCode()).isEqualTo("1");
        assertThat(up.log())
                .contains(
                        "this update would stop the job that runs it, on queue big",
                        "the nodes of pool big are made anew (nodeConfig.machineType)");
        assertThat(project.cloud().changes()).isEmpty();
    }

    @Test
    void aCommitThatIsNotOnMainIsNotDeployedWhateverTheBuildSays() throws Exception {
        git("checkout", "--quiet", "-b", "mine");
        change(LIGHT, LIGHT.replace("max: 4", "max: 8"));

        var plan = run("plan dev");
        assertThat(plan.exitCode()).isEqualTo("1");
        assertThat(plan.log()).contains("plan: commit " + head() + " is not on main");
        assertThat(artifacts).isEmpty();
    }

    private static void endsWell(Ended job) {
        assertThat(job.exitCode()).as(job.log()).isEqualTo("0");
    }

    private Ended run(String step) throws Exception {
        return run(step, head());
    }

    private Ended run(String step, String commit) throws Exception {
        var variables = new TreeMap<>(Map.of(
                "BUILDKITE_JOB_ID",
                AgentApi.JOB,
                "BUILDKITE_BUILD_ID",
                AgentApi.BUILD,
                "BUILDKITE_CLUSTER_ID",
                "0191f956-042f-7ec4-aa62-8e5eeae396d0",
                "BUILDKITE_AGENT_NAME",
                "test",
                "BUILDKITE_ORGANIZATION_SLUG",
                "acme",
                "BUILDKITE_PIPELINE_SLUG",
                "deploy",
                "BUILDKITE_REPO",
                project.file("").toString(),
                "BUILDKITE_COMMIT",
                commit,
                "BUILDKITE_BRANCH",
                "main",
                "BUILDKITE_COMMAND",
                ".buildkite/steps/" + step));
        variables.put("BUILDKITE_AGENT_META_DATA_QUEUE", "big");
        variables.put("BUILDKITE_PIPELINE_PROVIDER", "github");
        variables.put("BUILDKITE_ARTIFACT_PATHS", "");
        variables.put("BUILDKITE_PULL_REQUEST", "false");
        var environment = new TreeMap<>(project.variables());
        environment.put(
                "PATH", environment.get("PATH") + ":" + agent.executable().getParent());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        try (var api = AgentApi.withJob(variables)) {
            api.artifacts().putAll(artifacts);
            var hooks = new Hooks(Files.createDirectories(directory.resolve("hooks")));
            // Only the checkout of a pod has the key of a private repository.
            var broken = hooks.file("pre-command");
            Files.writeString(broken, "#!/bin/sh\ngit remote set-url origin /nowhere/without/a/key\n");
            assertThat(broken.toFile().setExecutable(true)).isTrue();
            // Each pod is a new one.
            var pod = Files.createTempDirectory(directory, "pod");
            var log = agent.run(api, pod, hooks, environment);
            artifacts.putAll(api.artifacts());
            return new Ended(api.end("exit_status").orElse(""), log + api.log());
        }
    }

    private void change(String from, String to) throws Exception {
        project.edit(from, to);
        commit();
    }

    private void commit() throws Exception {
        git(
                "add",
                "Pulumi.yaml",
                "Pulumi.dev.yaml",
                "fleet",
                "launcher",
                ".mvn",
                "pom.xml",
                "program.jar",
                "src",
                ".buildkite");
        git("-c", "user.name=Carol", "-c", "user.email=carol@acme.example", "commit", "--quiet", "--message=A change");
    }

    private String head() throws Exception {
        return git("rev-parse", "HEAD");
    }

    private String git(String... arguments) throws Exception {
        var command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        var run = Hooks.run(
                Map.of("PATH", System.getenv("PATH"), "GIT_CONFIG_GLOBAL", "/dev/null"), project.file(""), command);
        assertThat(run.exitCode()).as(run.output()).isZero();
        return run.output().strip();
    }

    private void copy(String from) throws IOException {
        Files.createDirectories(project.file(from));
        try (var files = Files.list(Path.of(from))) {
            for (var file : files.toList()) {
                Files.copy(file, project.file(file.toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
