package io.buildkitefleet.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.buildkitefleet.apiserver.ApiClient.Answer;
import io.buildkitefleet.fleet.identity.JobTokens;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.Stacks;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which of Buildkite's tokens Google takes for the mac: its condition is in the Common Expression Language, and so is
 * an admission policy, which here has the condition word for word, with the data of a ConfigMap in place of a token's
 * claims.
 */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenConditionTest {
    private static final String ID = "0184990a-4782-42b5-afc1-16715b10b8ff";

    /** What the condition asks of a token of the stack {@code full}. */
    private static final Map<String, String> GOOD = Map.of(
            "organization_id", "bb3125de-4dc9-44cf-ad18-65d2b71a5a34",
            "organization_slug", "acme",
            "queue_key", "macos",
            "pipeline_slug", "app",
            "pipeline_id", "0184990a-0000-0000-0000-000000000000",
            "build_branch", "main");

    private ApiServer server;

    @BeforeAll
    void serverWithTheCondition(@TempDir Path directory) throws Exception {
        server = new ApiServer(directory);
        var tokens = FleetResolver.resolve(Stacks.full()).mac().orElseThrow().tokens();
        var branches = Stream.concat(tokens.branches().stream(), Stream.of("it's", "a'||'a"))
                .toList();
        var condition =
                new JobTokens(tokens.organizationId(), tokens.queue(), tokens.pipelines(), branches).condition();
        create("{apiVersion: v1, kind: Namespace, metadata: {name: tokens}}");
        create("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: tokens}
                spec:
                  failurePolicy: Fail
                  matchConstraints:
                    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]
                  validations: [{expression: CONDITION}]
                """.replace("CONDITION", new Gson().toJson(condition.replace("assertion.", "object.data."))));
        create("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: tokens}
                spec:
                  policyName: tokens
                  validationActions: [Deny]
                  matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: tokens}}}
                """);
        Eventually.holds(
                "a token without claims is refused", () -> !answer(Map.of()).isAccepted());
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("taken")
    void aTokenOfTheQueueAndAPipelineIsTaken(Map<String, String> claims) throws Exception {
        assertThat(answer(claims)).matches(Answer::isAccepted);
    }

    static Stream<Map<String, String>> taken() {
        return Stream.of(
                GOOD,
                with("build_branch", "release/2.x"),
                with("build_branch", "it's"),
                with("organization_slug", "renamed"),
                with("pipeline_slug", "renamed", "pipeline_id", ID));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void anyOtherTokenIsNot(Map<String, String> claims) throws Exception {
        assertThat(answer(claims)).matches(answer -> answer.status() == 422 || answer.status() == 403);
    }

    static Stream<Map<String, String>> refused() {
        var wrong = Stream.of(
                with("organization_id", "0184990a-0000-0000-0000-000000000000"),
                with("queue_key", "default"),
                with("pipeline_slug", "application"),
                with("pipeline_slug", ID),
                with("pipeline_slug", "app' || true || 'a"),
                with("build_branch", "main2"),
                with("build_branch", "a"),
                with("build_branch", ""));
        return Stream.concat(
                wrong, Stream.of("organization_id", "queue_key", "build_branch").map(TokenConditionTest::without));
    }

    @Test
    void aTokenThatNamesNoPipelineIsNotTaken() throws Exception {
        var claims = new TreeMap<>(without("pipeline_slug"));
        claims.remove("pipeline_id");

        assertThat(answer(claims)).matches(answer -> !answer.isAccepted());
    }

    private Answer answer(Map<String, String> claims) throws InterruptedException {
        var token = Json.parse("{apiVersion: v1, kind: ConfigMap, metadata: {name: token, namespace: tokens}}")
                .getAsJsonObject();
        token.add("data", new Gson().toJsonTree(claims));
        return server.client().tryToCreate(token);
    }

    private void create(String yaml) throws InterruptedException {
        assertThat(server.client().create(Json.parse(yaml).getAsJsonObject())).matches(Answer::isAccepted);
    }

    private static Map<String, String> with(String... claims) {
        var all = new TreeMap<>(GOOD);
        for (int i = 0; i < claims.length; i += 2) {
            all.put(claims[i], claims[i + 1]);
        }
        return all;
    }

    private static Map<String, String> without(String claim) {
        var all = new TreeMap<>(GOOD);
        all.remove(claim);
        return all;
    }
}
