package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.buildkitefleet.fleet.identity.JobTokens;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent outside the cluster does about Google Cloud, in each shell of this machine that a mac may have. */
class OutsideHooksTest {
    private static final String AUDIENCE =
            "//iam.googleapis.com/projects/1234/locations/global/workloadIdentityPools/agents-bk-prod/providers/bk-mac";

    private static final String ACCOUNT = "bk-prod-mac@acme-ci-prod.iam.gserviceaccount.com";

    /** The agent sources the hook, and takes over what it exports. */
    private static final String WRAPPER = ". \"$1\" && env";

    @TempDir
    Path directory;

    private Hooks hooks;

    @BeforeEach
    void hooksOfTheMac() throws IOException {
        hooks = Hooks.outside(
                directory.resolve("hooks"), SafeBuildCase.policy(), JobTokens.settings(AUDIENCE, ACCOUNT));
    }

    static Stream<List<String>> shells() {
        return PosixHooksTest.shells();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aJobIsTheMacsAccountForLibrariesAndForGcloud(List<String> shell) throws Exception {
        var environment = environment(shell, Map.of());

        var google = Path.of(environment.get("FLEET_GOOGLE"));
        var file = google.resolve("credentials.json");
        assertThat(environment)
                .containsEntry("GOOGLE_APPLICATION_CREDENTIALS", file.toString())
                .containsEntry("CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE", file.toString())
                .containsEntry("CLOUDSDK_CONFIG", google.resolve("gcloud").toString())
                .containsEntry("GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES", "1");
        assertThat(permissions(google)).isEqualTo("rwx------");
        assertThat(permissions(file)).isEqualTo("rw-------");
        var credentials = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertThat(text(credentials, "type")).isEqualTo("external_account");
        assertThat(text(credentials, "audience")).isEqualTo(AUDIENCE);
        assertThat(text(credentials, "service_account_impersonation_url"))
                .isEqualTo("https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/" + ACCOUNT
                        + ":generateAccessToken");
        assertThat(text(command(credentials), "command"))
                .isEqualTo(hooks.file("google-token").toString());
    }

    @ParameterizedTest
    @MethodSource("shells")
    void afterwardsNothingIsLeft(List<String> shell) throws Exception {
        var google = environment(shell, Map.of()).get("FLEET_GOOGLE");
        Files.writeString(
                Files.createDirectories(Path.of(google, "gcloud")).resolve("access_tokens.db"), "an access token");

        assertThat(run(shell, "pre-exit", Map.of("FLEET_GOOGLE", google))).isEqualTo(0);
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aJobThatIsSomebodyElseStaysThat(List<String> shell) throws Exception {
        var own = Map.of(
                "GOOGLE_APPLICATION_CREDENTIALS", "own.json",
                "CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE", "own-gcloud.json",
                "CLOUDSDK_CONFIG", "own-gcloud");

        assertThat(environment(shell, own)).containsAllEntriesOf(own);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void inAPodAndOnAMachineThatIsNobodyNothingChanges(List<String> shell) throws Exception {
        Files.delete(hooks.file("google-identity"));

        assertThat(environment(shell, Map.of()).keySet())
                .noneMatch(name -> name.matches("GOOGLE_.*|CLOUDSDK_.*|FLEET_GOOGLE"));
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "audience x\n", "audience x\nservice-account a\" b\n", "<html>"})
    void aFileThatTheFleetDidNotWriteIsSaidToTheJobAndDoesNotKeepItFromRunning(String identity) throws Exception {
        Files.writeString(hooks.file("google-identity"), identity);

        var ran = Hooks.run(variables(Map.of()), directory, wrapped(List.of("sh"), "environment"));

        assertThat(ran.exitCode()).isEqualTo(0);
        assertThat(ran.output())
                .contains("fleet: this job is nobody in Google Cloud: google-identity has no line ", "docs/mac.md")
                .doesNotContain("GOOGLE_APPLICATION_CREDENTIALS");
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void hooksWhereLibrariesWouldRunNothingAreToldSo() throws Exception {
        hooks = Hooks.outside(
                directory.resolve("my hooks"), SafeBuildCase.policy(), JobTokens.settings(AUDIENCE, ACCOUNT));

        assertThat(Hooks.run(variables(Map.of()), directory, wrapped(List.of("sh"), "environment"))
                        .output())
                .contains("nobody in Google Cloud", "keep the hooks where no name has blanks");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aTokenIsAskedForWithTheClaimsOfTheConditionAndShownToNobodyElse(List<String> shell) throws Exception {
        agent("echo \"$*\" >\"$ARGUMENTS\"; echo 'a warning' >&2; echo " + AgentApi.TOKEN);

        var answer = answer(shell);

        assertThat(text(answer, "success")).isEqualTo("true");
        assertThat(text(answer, "id_token")).isEqualTo(AgentApi.TOKEN);
        assertThat(text(answer, "token_type")).isEqualTo("urn:ietf:params:oauth:token-type:jwt");
        assertThat(directory.resolve("arguments"))
                .hasContent(
                        "oidc request-token --no-color --audience " + AUDIENCE
                                + " --lifetime 120 --claim organization_id --claim pipeline_id --claim cluster_id --claim queue_key");
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whyThereIsNoTokenReachesWhoeverWantedIt(List<String> shell) throws Exception {
        agent("echo 'fatal: \"POST /oidc\": 403 not allowed' >&2; exit 1");

        var answer = answer(shell);

        assertThat(text(answer, "success")).isEqualTo("false");
        assertThat(text(answer, "message"))
                .isEqualTo("Buildkite gave this job no token: fatal: POST /oidc: 403 not allowed");
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void whatIsNoTokenIsNotHandedOn() throws Exception {
        agent("echo '\",\"x\":\"'");

        assertThat(text(answer(List.of("sh")), "message")).isEqualTo("what Buildkite gave this job is no token");
    }

    /**
     * Each claim of the condition is asked for or is one that each token has:
     * https://buildkite.com/docs/agent/cli/reference/oidc
     */
    @Test
    void theConditionAsksForNothingThatATokenLacks() throws Exception {
        var always = List.of("pipeline_slug", "build_branch", "job_id");
        var hook = Files.readString(hooks.file("google-token"));
        var claims = Pattern.compile("assertion\\.(\\w+)")
                .matcher(FleetResolver.resolve(Stacks.full())
                                .mac()
                                .orElseThrow()
                                .tokens()
                                .condition()
                        + JobTokens.attributes())
                .results()
                .map(claim -> claim.group(1));
        assertThat(claims).allMatch(claim -> always.contains(claim) || hook.contains("--claim " + claim));
    }

    /** An agent that does this, first on PATH. */
    private void agent(String script) throws IOException {
        var agent = Files.writeString(
                Files.createDirectories(directory.resolve("bin")).resolve("buildkite-agent"),
                "#!/bin/sh\n" + script + "\n");
        assertThat(agent.toFile().setExecutable(true)).isTrue();
    }

    /** What a library gets of the executable. */
    private JsonObject answer(List<String> shell) throws Exception {
        var environment = variables(Map.of(
                "PATH",
                directory.resolve("bin") + ":" + System.getenv("PATH"),
                "ARGUMENTS",
                directory.resolve("arguments").toString()));
        var command = Stream.concat(
                        shell.stream(), Stream.of(hooks.file("google-token").toString()))
                .toList();
        var run = Hooks.run(environment, directory, command);
        assertThat(run.exitCode()).isEqualTo(0);
        return JsonParser.parseString(run.output()).getAsJsonObject();
    }

    private Map<String, String> environment(List<String> shell, Map<String, String> environment) throws Exception {
        var run = Hooks.run(variables(environment), directory, wrapped(shell, "environment"));
        assertThat(run.exitCode()).as(run.output()).isEqualTo(0);
        var exported = new TreeMap<String, String>();
        run.output().lines().map(line -> line.split("=", 2)).forEach(pair -> exported.put(pair[0], pair[1]));
        return exported;
    }

    private int run(List<String> shell, String hook, Map<String, String> environment) throws Exception {
        return Hooks.run(variables(environment), directory, wrapped(shell, hook))
                .exitCode();
    }

    private List<String> wrapped(List<String> shell, String hook) {
        return Stream.concat(
                        shell.stream(),
                        Stream.of("-c", WRAPPER, "wrapper", hooks.file(hook).toString()))
                .toList();
    }

    private Map<String, String> variables(Map<String, String> environment) throws IOException {
        var variables = new TreeMap<>(environment);
        // Its commit is a pull request's, of which git is not asked.
        SafeBuildCase.named("a pull request from a branch of ours")
                .plainVariables()
                .forEach(variables::putIfAbsent);
        variables.putIfAbsent("PATH", System.getenv("PATH"));
        variables.put("BUILDKITE_HOOKS_PATH", hooks.directory().toString());
        variables.put(
                "TMPDIR", Files.createDirectories(directory.resolve("tmp")).toString());
        return variables;
    }

    private static JsonObject command(JsonObject credentials) {
        return credentials.getAsJsonObject("credential_source").getAsJsonObject("executable");
    }

    private static String text(JsonObject object, String key) {
        return object.get(key).getAsString();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
