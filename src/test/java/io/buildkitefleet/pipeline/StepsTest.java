package io.buildkitefleet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of steps, with programs around them that note their calls. */
class StepsTest {
    private static final String STATE = "{\"version\": 3}\n";
    private static final String STATE_SHA256 = "15e43b5388c4d5a98396f136c9763a4e7221a4f1a5c0a3798ffe3d1631595d85";

    @TempDir
    Path project;

    @BeforeEach
    void aCopyWithProgramsThatOnlyNoteTheirCalls() throws IOException {
        copy(".buildkite/steps");
        copy("src/main/resources/hooks-outside");
        Files.createFile(project.resolve("calls"));
        program("fleet", "echo \"$0 $*\" >>calls; echo report >review.md; exit \"${REVIEW_STATUS:-0}\"");
        program(
                "bin/buildkite-agent",
                "echo \"buildkite-agent $*\" >>calls; [ \"$1\" != annotate ] || cat >annotation");
        program("bin/git", """
                echo "git $*" >>calls
                case "$*" in
                  'rev-parse --verify'*) exit "${KNOWS_BRANCH:-0}" ;;
                  'rev-parse HEAD') echo c0ffee ;;
                esac
                """);
        program("bin/pulumi", "echo \"pulumi $*\" >>calls; [ \"$2\" != export ] || cat state");
        Files.writeString(project.resolve("state"), STATE);
    }

    @Test
    void aReviewIsAgainstTheBranchThatAPullRequestIsFor() throws Exception {
        assertThat(run(Map.of("BUILDKITE_PULL_REQUEST_BASE_BRANCH", "main"), "review", "dev", "prod"))
                .isZero();
        assertThat(calls())
                .containsExactly(
                        "git rev-parse --verify --quiet refs/remotes/origin/main^{commit}",
                        "./fleet review dev prod --base origin/main --out review.md --html review.html",
                        "buildkite-agent annotate --context review --style success",
                        "buildkite-agent artifact upload review.html");
        assertThat(project.resolve("annotation")).hasContent("report");
    }

    @Test
    void aBranchThatTheCheckoutLacksIsFetchedIfThatTakesNoKey() throws Exception {
        var variables = Map.of("BUILDKITE_PULL_REQUEST_BASE_BRANCH", "main", "KNOWS_BRANCH", "1");
        assertThat(run(variables, "review", "dev")).isZero();
        assertThat(calls()).contains("git fetch --quiet origin +refs/heads/main:refs/remotes/origin/main");

        program("bin/git", "exit 1");
        assertThat(run(variables, "review", "dev")).isEqualTo(1);
        assertThat(said())
                .contains("review: the checkout does not have main, the branch that the pull request is for;");
    }

    @Test
    void withoutAPullRequestItIsAgainstTheCommitBefore() throws Exception {
        assertThat(run(Map.of(), "review", "dev")).isZero();
        assertThat(calls()).first().isEqualTo("./fleet review dev --base HEAD~1 --out review.md --html review.html");
    }

    @Test
    void aReviewThatFailsIsShownAllTheSameAndFailsTheStep() throws Exception {
        assertThat(run(Map.of("REVIEW_STATUS", "1"), "review", "dev")).isEqualTo(1);
        assertThat(calls()).contains("buildkite-agent annotate --context review --style error");
    }

    @Test
    void aPlanIsMadeByTokensOfTheJobAndKept() throws Exception {
        aDeployer();
        program("fleet", """
                echo "$0 $*" >>calls
                sed -n 's/.*"command": "\\([^"]*\\)".*/\\1/p' "$GOOGLE_APPLICATION_CREDENTIALS" >command
                sh -c "$(cat command)" >>answer
                """);
        assertThat(run(ofMain(), "plan", "prod")).isZero();
        assertThat(calls())
                .containsExactly(
                        "git rev-parse --verify --quiet refs/remotes/origin/main^{commit}",
                        "git merge-base --is-ancestor HEAD refs/remotes/origin/main",
                        "pulumi stack history --stack prod --json --page-size 1 --non-interactive",
                        "pulumi stack export --stack prod --non-interactive",
                        "./fleet preview prod --engine --non-interactive --diff --save-plan plan-prod.json",
                        "buildkite-agent oidc request-token --no-color --audience //iam.googleapis.com/up --lifetime 120"
                                + " --claim organization_id --claim pipeline_id --claim cluster_id --claim queue_key",
                        "buildkite-agent artifact upload plan-prod.state",
                        "buildkite-agent artifact upload plan-prod.json");
        assertThat(project.resolve("plan-prod.state")).hasContent(STATE_SHA256);
        assertThat(Path.of(Files.readString(project.resolve("command")).strip()))
                .as("gone with the step")
                .doesNotExist();
    }

    @Test
    void anUpdateIsTheOneThatWasPlanned() throws Exception {
        aDeployer();
        aPlanOfThisState();
        assertThat(run(ofMain(), "up", "prod")).isZero();
        assertThat(calls())
                .endsWith(
                        "buildkite-agent artifact download plan-prod.json . --step plan-prod",
                        "buildkite-agent artifact download plan-prod.state . --step plan-prod",
                        "pulumi stack export --stack prod --non-interactive",
                        "./fleet up prod --non-interactive --yes --skip-preview --plan plan-prod.json");
    }

    @Test
    void whereBuildkiteMayBeAskedAnUpdateWaitsForTheJobsThatItWouldStop() throws Exception {
        aDeployer();
        aPlanOfThisState();
        var environment = new TreeMap<>(ofMain());
        environment.put("BUILDKITE_API_TOKEN", "bkua_hunter2");
        assertThat(run(environment, "up", "prod")).isZero();
        assertThat(calls())
                .endsWith("./fleet up prod --non-interactive --yes --skip-preview --plan plan-prod.json --drain");
    }

    @Test
    void aPlanOfAnotherStateIsNotCarriedOut() throws Exception {
        aDeployer();
        aPlanOfThisState();
        Files.writeString(project.resolve("state"), "{\"version\": 4}\n");
        assertThat(run(ofMain(), "up", "prod")).isEqualTo(1);
        assertThat(said()).contains("up: prod was changed after this plan was made");
        assertThat(calls()).noneMatch(call -> call.startsWith("./fleet"));
    }

    @Test
    void anOlderCommitThanTheDeployedOneIsNotPlanned() throws Exception {
        aDeployer();
        program("bin/pulumi", "echo '    \"git.head\": \"abc123\",'");
        assertThat(run(ofMain(), "plan", "prod")).isEqualTo(1);
        assertThat(said())
                .contains(
                        "plan: this build is of c0ffee, and abc123, which is newer, was deployed since; build main anew."
                                + " To go back on purpose, revert on main");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JAVA_TOOL_OPTIONS",
                "MAVEN_OPTS",
                "BASH_ENV",
                "GIT_DIR",
                "LD_LIBRARY_PATH",
                "PULUMI_BACKEND_URL",
                "PULUMI_HOME",
                "GOOGLE_OAUTH_ACCESS_TOKEN",
                "NODE_OPTIONS",
                "BUILDKITE_API_URL",
                "SHELLOPTS",
                "BASH_FUNC_git%%"
            })
    void whatABuildSetsReachesNoProgramOfAStep(String name) throws Exception {
        aDeployer();
        program("fleet", "env >environment");
        var environment = new TreeMap<>(ofMain());
        var value = name.equals("BASH_FUNC_git%%")
                ? "() { echo mine >>mine; }"
                : name.equals("SHELLOPTS") ? "xtrace" : "mine";
        environment.put(name, value);
        assertThat(run(environment, "plan", "prod")).isZero();
        assertThat(Files.readString(project.resolve("environment")))
                .contains("GOOGLE_APPLICATION_CREDENTIALS=", "PULUMI_BACKEND_URL=gs://acme-state\n")
                .doesNotContain(name + "=" + value);
        assertThat(project.resolve("mine")).doesNotExist();
        if (name.matches("(?!BASH_FUNC|BUILDKITE|SHELLOPTS).*")) {
            assertThat(said()).contains("plan: goes without these variables of the job:", name);
        }
    }

    @Test
    void noProgramIsTakenFromWhereAStepHappensToBe() throws Exception {
        aDeployer();
        var environment = new TreeMap<>(ofMain());
        environment.put("PATH", "bin:" + System.getenv("PATH"));
        assertThat(run(environment, "plan", "prod")).isEqualTo(1);
        assertThat(said()).contains("plan: PATH has directories that are not named from the root");
    }

    /** It has asked the server, before there was a checkout; a step has no key for that. */
    @Test
    void aQueueForMainAloneIsBelieved() throws Exception {
        aDeployer();
        Files.createDirectories(project.resolve("hooks"));
        Files.writeString(project.resolve("hooks/safe-builds"), "repository github.com/acme/fleet\nonly-branch main\n");
        var environment = new TreeMap<>(ofMain());
        environment.put("BUILDKITE_HOOKS_PATH", project.resolve("hooks").toString());
        assertThat(run(environment, "plan", "prod")).isZero();
        assertThat(calls()).noneMatch(call -> call.contains("refs/remotes"));
    }

    @Test
    void whereNobodyKnowsMainNothingIsDeployed() throws Exception {
        aDeployer();
        program("bin/git", "exit 1");
        assertThat(run(ofMain(), "plan", "prod")).isEqualTo(1);
        assertThat(said()).contains("plan: nobody has asked git whether this commit is on main");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null\n", "audience null\nservice-account null\n", ""})
    void aDeployerThatIsNoneIsToldOf(String text) throws Exception {
        aDeployer();
        Files.writeString(project.resolve(".buildkite/deployers/prod"), text);
        assertThat(run(ofMain(), "plan", "prod")).isEqualTo(1);
        assertThat(said())
                .contains("plan: .buildkite/deployers/prod does not say who deploys prod; write it again")
                .doesNotContain("mac");
    }

    @Test
    void withoutAStateNothingIsDone() throws Exception {
        aDeployer();
        var file = project.resolve(".buildkite/deployers/prod");
        Files.writeString(file, Files.readString(file).replace("state gs://acme-state\n", ""));
        assertThat(run(ofMain(), "plan", "prod")).isEqualTo(1);
        assertThat(said())
                .contains("plan: nobody knows where the state is: .buildkite/deployers/prod has no line \"state URL\"");
    }

    @Test
    void aStackMayBeNamedWithOrganizationAndProject() throws Exception {
        aDeployer();
        assertThat(run(ofMain(), "plan", "acme/buildkite-fleet/prod")).isZero();
        assertThat(calls())
                .contains(
                        "pulumi stack export --stack acme/buildkite-fleet/prod --non-interactive",
                        "./fleet preview acme/buildkite-fleet/prod --engine --non-interactive --diff --save-plan plan-prod.json",
                        "buildkite-agent artifact upload plan-prod.json");
        aPlanOfThisState();
        assertThat(run(ofMain(), "up", "acme/buildkite-fleet/prod")).isZero();
        assertThat(calls()).contains("buildkite-agent artifact download plan-prod.json . --step plan-prod");
    }

    @Test
    void theBranchIsTheOneThatTheFileOfTheDeployerNames() throws Exception {
        aDeployer("branch release");
        assertThat(run(Map.of("BUILDKITE_BRANCH", "release"), "plan", "prod")).isZero();
        assertThat(calls()).contains("git merge-base --is-ancestor HEAD refs/remotes/origin/release");
        assertThat(run(ofMain(), "plan", "prod")).isEqualTo(1);
        assertThat(said()).contains("this build is of main; stacks are deployed from builds of release");
    }

    @Test
    void certificatesAreThoseOfTheFileOfTheDeployerAndNotOfTheBuild() throws Exception {
        var certificates = Files.writeString(project.resolve("acme.pem"), "certificates");
        aDeployer("certificates " + certificates);
        program("fleet", "env >environment");
        var environment = new TreeMap<>(ofMain());
        environment.put("SSL_CERT_FILE", "/tmp/mine.pem");
        assertThat(run(environment, "plan", "prod")).isZero();
        assertThat(Files.readAllLines(project.resolve("environment")))
                .contains(
                        "SSL_CERT_FILE=" + certificates,
                        "CURL_CA_BUNDLE=" + certificates,
                        "GIT_SSL_CAINFO=" + certificates);

        Files.delete(certificates);
        assertThat(run(ofMain(), "plan", "prod")).isEqualTo(1);
        assertThat(said()).contains("plan: .buildkite/deployers/prod names certificates that cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "BUILDKITE_BRANCH, mine, this build is of mine; stacks are deployed from builds of main",
        "BUILDKITE_PULL_REQUEST, 7, stacks are deployed from builds of main"
    })
    void whatIsNotToBeDeployedIsRefusedBeforeAnythingIsAsked(String variable, String value, String reason)
            throws Exception {
        aDeployer();
        var environment = new TreeMap<>(ofMain());
        environment.put(variable, value);
        assertThat(run(environment, "up", "prod")).isEqualTo(1);
        assertThat(said()).contains("up: ", reason);
        assertThat(calls()).noneMatch(call -> call.contains("fleet") || call.contains("buildkite-agent"));
    }

    @Test
    void aStackWithoutADeployerIsToldOf() throws Exception {
        assertThat(run(ofMain(), "plan", "prod")).isEqualTo(1);
        assertThat(said())
                .contains(
                        "plan: .buildkite/deployers/prod is missing; write it from the stack's outputs, as docs/deployer.md");
    }

    private void aDeployer() throws IOException {
        Files.createDirectories(project.resolve(".buildkite/deployers"));
        Files.writeString(
                project.resolve(".buildkite/deployers/prod"),
                "audience //iam.googleapis.com/up\nservice-account bk-prod-deployer@acme-ci-prod.iam.gserviceaccount.com\n"
                        + "state gs://acme-state\n");
    }

    private void aDeployer(String line) throws IOException {
        aDeployer();
        Files.writeString(project.resolve(".buildkite/deployers/prod"), line + "\n", StandardOpenOption.APPEND);
    }

    private void aPlanOfThisState() throws IOException {
        Files.writeString(project.resolve("plan-prod.state"), STATE_SHA256 + "\n");
    }

    private static Map<String, String> ofMain() {
        return Map.of("BUILDKITE_BRANCH", "main", "BUILDKITE_PULL_REQUEST", "false");
    }

    private void copy(String from) throws IOException {
        Files.createDirectories(project.resolve(from));
        try (var files = Files.list(Path.of(from))) {
            for (var file : files.toList()) {
                Files.copy(file, project.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private void program(String path, String script) throws IOException {
        var file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private int run(Map<String, String> environment, String step, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(".buildkite/steps/" + step));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(project.resolve("said").toFile());
        process.environment().clear();
        process.environment().put("PATH", project.resolve("bin") + ":" + System.getenv("PATH"));
        process.environment().putAll(environment);
        return process.start().waitFor();
    }

    private String said() throws IOException {
        return Files.readString(project.resolve("said"));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(project.resolve("calls"));
    }
}
