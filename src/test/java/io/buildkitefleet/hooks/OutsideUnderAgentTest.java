package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.buildkitefleet.fleet.identity.JobTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job of an agent outside the cluster under the real agent: who it is in Google Cloud, and what is left of that. */
@Tag("engine")
class OutsideUnderAgentTest {
    private static final String AUDIENCE =
            "//iam.googleapis.com/projects/1234/locations/global/workloadIdentityPools/agents-bk-prod/providers/bk-mac";

    private static final String ACCOUNT = "bk-prod-mac@acme-ci-prod.iam.gserviceaccount.com";

    @TempDir
    Path directory;

    private final BuildkiteAgent agent = BuildkiteAgent.find();
    private Hooks hooks;
    private GitRepository repository;

    @BeforeEach
    void aMachineOutside() throws Exception {
        hooks = Hooks.outside(
                directory.resolve("hooks"), SafeBuildCase.policy(), JobTokens.settings(AUDIENCE, ACCOUNT));
        repository = GitRepository.in(directory.resolve("origin"));
    }

    @Test
    void aLibraryGetsATokenOfTheJobAndNothingOfItIsLeftOrPrinted() throws Exception {
        var commit = repository.commit("executable=\"$(sed -n 's/.*\"command\": \"\\([^\"]*\\)\".*/\\1/p' "
                + "\"$GOOGLE_APPLICATION_CREDENTIALS\")\"; \"$executable\" >\"$HOME/answer\"; "
                + "mkdir \"$CLOUDSDK_CONFIG\"; touch \"$CLOUDSDK_CONFIG/access_tokens.db\"");
        try (var api = AgentApi.withJob(job(commit))) {
            var log = run(api, Map.of());

            assertThat(api.end("exit_status")).as(api.log()).hasValue("0");
            assertThat(api.tokenRequests())
                    .containsExactly(JsonParser.parseString("{\"audience\":\"" + AUDIENCE + "\",\"lifetime\":120,"
                                    + "\"claims\":[\"organization_id\",\"pipeline_id\",\"cluster_id\",\"queue_key\"]}")
                            .getAsJsonObject());
            assertThat(Files.readString(directory.resolve("home/answer"))).contains(AgentApi.TOKEN);
            assertThat(log + api.log()).doesNotContain(AgentApi.TOKEN);
            assertThat(directory.resolve("tmp")).isEmptyDirectory();
        }
    }

    /** The agent's own Google library reads the file and runs the hook. Where the artifact would go is out of reach. */
    @Test
    void theAgentsUploadOfArtifactsActsAsTheMacsAccount() throws Exception {
        var commit = repository.commit(
                "echo >built; timeout 8 buildkite-agent artifact upload built gs://acme/mac/1 >/dev/null 2>&1 || true");
        try (var google = new GoogleStandIn();
                var api = AgentApi.withJob(job(commit))) {
            var hook = hooks.file("google-credentials");
            Files.writeString(
                    hook,
                    Files.readString(hook).replaceAll("https://(sts|iamcredentials).googleapis.com", google.address()));
            run(api, Map.of("HTTPS_PROXY", "http://127.0.0.1:9"));

            assertThat(google.requests()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(google.requests().get(0))
                    .startsWith("/v1/token ")
                    .contains("subject_token=" + AgentApi.TOKEN, "audience=" + AUDIENCE);
            assertThat(google.requests().get(1))
                    .startsWith("/v1/projects/-/serviceAccounts/" + ACCOUNT + ":generateAccessToken Bearer federated ")
                    .contains("\"lifetime\":\"900s\"");
            assertThat(directory.resolve("tmp")).isEmptyDirectory();
        }
    }

    @Test
    void aJobRunsWithoutGoogleWhereItsSettingsAreWrong() throws Exception {
        Files.writeString(hooks.file("google-identity"), "not the fleet's");
        try (var api =
                AgentApi.withJob(job(repository.commit("echo \"ran as ${GOOGLE_APPLICATION_CREDENTIALS:-nobody}\"")))) {
            run(api, Map.of());

            assertThat(api.log()).contains("fleet: this job is nobody in Google Cloud", "ran as nobody");
            assertThat(api.end("exit_status")).hasValue("0");
        }
    }

    private Map<String, String> job(String commit) {
        var variables = new TreeMap<>(SafeBuildCase.named("a push").variables());
        variables.put("BUILDKITE_COMMIT", commit);
        return HooksUnderAgentTest.job(variables);
    }

    private String run(AgentApi api, Map<String, String> environment) throws Exception {
        var variables = new TreeMap<>(environment);
        var addresses = List.of("git@github.com:acme/app.git");
        variables.put(
                "GIT_CONFIG_GLOBAL",
                repository
                        .standingFor(directory.resolve("gitconfig"), addresses)
                        .toString());
        return agent.run(api, directory, hooks, variables);
    }
}
