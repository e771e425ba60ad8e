package io.buildkitefleet.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.buildkitefleet.apiserver.ApiClient.Answer;
import io.buildkitefleet.cloud.DeployerRole;
import io.buildkitefleet.fleet.identity.FederatedTokens;
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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whose tokens Google takes for those who deploy, by conditions that an API server evaluates as
 * {@link TokenConditionTest} does.
 */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeployerConditionTest {
    private static final Map<String, String> JOB = Map.of(
            "organization_id", "bb3125de-4dc9-44cf-ad18-65d2b71a5a34",
            "organization_slug", "acme",
            "pipeline_id", "0190d2f6-5b4e-4b9c-8f0a-3c1d2e4f5a6b",
            "pipeline_slug", "deploy",
            "queue_key", "release",
            "cluster_id", "0191f956-042f-7ec4-aa62-8e5eeae396d0",
            "build_branch", "main");

    private static final Map<String, String> PREVIEW_JOB = with(
            JOB, "pipeline_id", "0190d2f6-77aa-4c1d-9e2b-1a2b3c4d5e6f", "queue_key", "small", "build_branch", "mine");

    private static final Map<String, String> WORKFLOW = Map.of(
            "repository", "acme/fleet",
            "repository_id", "1296269",
            "repository_owner_id", "583231",
            "ref", "refs/heads/main",
            "event_name", "push",
            "environment", "fleet");

    private static final Map<String, String> PULL_REQUEST = with(
            without(WORKFLOW, "environment"),
            "ref",
            "refs/pull/7/merge",
            "event_name",
            "pull_request",
            "base_ref",
            "main");

    private ApiServer server;

    @BeforeAll
    void serverWithTheConditions(@TempDir Path directory) throws Exception {
        server = new ApiServer(directory);
        for (var deployer : FleetResolver.resolve(Stacks.full()).deployers()) {
            for (var tokens : deployer.tokens()) {
                policy(namespace(deployer.role(), tokens.provider().startsWith("bk-")), tokens);
            }
        }
    }

    private static String namespace(DeployerRole role, boolean isJob) {
        return (role == DeployerRole.UP ? "up" : "preview") + (isJob ? "-jobs" : "-workflows");
    }

    private void policy(String name, FederatedTokens tokens) throws Exception {
        create("{apiVersion: v1, kind: Namespace, metadata: {name: NAME}}".replace("NAME", name));
        create("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: NAME}
                spec:
                  failurePolicy: Fail
                  matchConstraints:
                    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]
                  validations: [{expression: CONDITION}]
                """.replace("NAME", name)
                .replace("CONDITION", new Gson().toJson(tokens.condition().replace("assertion.", "object.data."))));
        create("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: NAME}
                spec:
                  policyName: NAME
                  validationActions: [Deny]
                  matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAME}}}
                """.replace("NAME", name));
        Eventually.holds("a token without claims is refused", () -> !answer(name, Map.of())
                .isAccepted());
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    /** A token, and where it is tried. */
    private record Token(String at, Map<String, String> claims) {}

    @ParameterizedTest
    @MethodSource
    void itsOwnTokensAreTaken(Token token) throws Exception {
        assertThat(answer(token.at(), token.claims())).matches(Answer::isAccepted);
    }

    static Stream<Token> itsOwnTokensAreTaken() {
        return Stream.of(
                new Token("up-jobs", JOB),
                new Token("up-jobs", with(JOB, "pipeline_slug", "renamed")),
                new Token("preview-jobs", PREVIEW_JOB),
                new Token("preview-jobs", with(PREVIEW_JOB, "build_branch", "main")),
                new Token("up-workflows", WORKFLOW),
                new Token("preview-workflows", PULL_REQUEST));
    }

    @ParameterizedTest
    @MethodSource
    void othersAreNot(Token token) throws Exception {
        assertThat(answer(token.at(), token.claims()))
                .matches(answer -> answer.status() == 422 || answer.status() == 403);
    }

    static Stream<Token> othersAreNot() {
        return Stream.of(
                new Token("up-jobs", PREVIEW_JOB),
                new Token("up-jobs", with(JOB, "build_branch", "mine")),
                new Token("up-jobs", with(JOB, "build_branch", "mallory:main")),
                new Token("up-jobs", with(JOB, "queue_key", "small")),
                new Token("up-jobs", with(JOB, "pipeline_id", "0190d2f6-0000-4000-8000-000000000000")),
                new Token("up-jobs", with(JOB, "organization_id", "0190d2f6-0000-4000-8000-000000000000")),
                new Token("up-jobs", without(JOB, "organization_id")),
                new Token("up-jobs", with(JOB, "cluster_id", "4735ba57-80d0-46e2-8fa0-b28223a86586")),
                new Token("up-jobs", without(JOB, "cluster_id")),
                new Token("preview-jobs", with(PREVIEW_JOB, "build_branch", "mallory:main")),
                new Token("preview-jobs", without(PREVIEW_JOB, "build_branch")),
                new Token("preview-jobs", JOB),
                new Token("up-workflows", PULL_REQUEST),
                new Token("up-workflows", with(WORKFLOW, "event_name", "pull_request_target")),
                new Token("up-workflows", with(WORKFLOW, "event_name", "workflow_dispatch")),
                new Token("up-workflows", with(WORKFLOW, "ref", "refs/heads/mine")),
                new Token("up-workflows", with(WORKFLOW, "ref", "refs/tags/main")),
                new Token("up-workflows", with(WORKFLOW, "environment", "other")),
                new Token("up-workflows", without(WORKFLOW, "environment")),
                new Token("up-workflows", with(WORKFLOW, "repository_id", "1")),
                new Token("up-workflows", with(WORKFLOW, "repository_owner_id", "1")),
                new Token("preview-workflows", WORKFLOW),
                new Token("preview-workflows", with(PULL_REQUEST, "event_name", "pull_request_target")),
                new Token("preview-workflows", with(PULL_REQUEST, "base_ref", "mine")));
    }

    private Answer answer(String namespace, Map<String, String> claims) throws InterruptedException {
        var token = Json.parse("{apiVersion: v1, kind: ConfigMap, metadata: {generateName: token-, namespace: "
                        + namespace + "}}")
                .getAsJsonObject();
        token.add("data", new Gson().toJsonTree(claims));
        return server.client().tryToCreate(token);
    }

    private void create(String yaml) throws InterruptedException {
        assertThat(server.client().create(Json.parse(yaml).getAsJsonObject())).matches(Answer::isAccepted);
    }

    private static Map<String, String> with(Map<String, String> base, String... claims) {
        var all = new TreeMap<>(base);
        for (int i = 0; i < claims.length; i += 2) {
            all.put(claims[i], claims[i + 1]);
        }
        return all;
    }

    private static Map<String, String> without(Map<String, String> base, String claim) {
        var all = new TreeMap<>(base);
        all.remove(claim);
        return all;
    }
}
