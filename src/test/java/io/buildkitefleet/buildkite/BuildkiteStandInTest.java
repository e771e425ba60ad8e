package io.buildkitefleet.buildkite;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stand-in answers as Buildkite does, by its documents. */
class BuildkiteStandInTest {
    private BuildkiteStandIn buildkite;

    @BeforeEach
    void start() throws Exception {
        buildkite = new BuildkiteStandIn();
    }

    @AfterEach
    void stop() {
        buildkite.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(buildkite.address() + path))
                .header("Authorization", "Bearer " + BuildkiteStandIn.TOKEN)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void everyRowNamesItsSource() {
        var table = StandInAnswers.TABLE;
        var rows = Stream.of(
                        table.refusals().values().stream().map(StandInAnswers.Refusal::source),
                        table.objects().values().stream().map(StandInAnswers.Shape::source),
                        table.scopes().values().stream().map(StandInAnswers.Scope::source),
                        table.limits().values().stream().map(StandInAnswers.Limit::source))
                .flatMap(row -> row)
                .toList();
        assertThat(rows).isNotEmpty().allSatisfy(source -> assertThat(table.sources())
                .containsKey(source.split("[ ,]")[0]));
    }

    @Test
    void aListHasThirtyItemsAPageAndLinksToTheOthers() throws Exception {
        IntStream.range(0, 65).forEach(number -> buildkite.addQueue("cluster-" + number, "big"));
        var second = get("/v2/organizations/acme/clusters?page=2");
        assertThat(second.body().split("\"maintainers\"")).hasSize(31);
        assertThat(second.headers().firstValue("Link").orElseThrow())
                .contains("page=3", "rel=\"next\"", "rel=\"last\"", "page=1", "rel=\"prev\"", "rel=\"first\"");
    }

    @Test
    void noPageHasMoreThanAHundred() throws Exception {
        IntStream.range(0, 120).forEach(number -> buildkite.addQueue("cluster-" + number, "big"));
        assertThat(get("/v2/organizations/acme/clusters?per_page=1000").body().split("\"maintainers\""))
                .hasSize(101);
    }

    @Test
    void theFiftyFirstRequestOfAMinuteIsRefused() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(get("/v2/access-token").statusCode()).isEqualTo(200);
        }
        var refused = get("/v2/access-token");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"scope\":\"rest_user\"", "\"limit\":50");
        assertThat(refused.headers().firstValue("RateLimit-User-Remaining")).contains("0");
        assertThat(refused.headers().firstValue("RateLimit-Remaining")).contains("149");
    }

    /** A question with a field that Buildkite does not have is refused: the engine knows the schema. */
    @Test
    void aQuestionThatTheSchemaDoesNotAllowIsRefused() throws Exception {
        var question = "{\"query\": \"{ organization(slug: \\\"acme\\\") { jobs(first: 1) { runningCount } } }\"}";
        var request = HttpRequest.newBuilder(URI.create(buildkite.address() + "/v1"))
                .header("Authorization", "Bearer " + BuildkiteStandIn.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(question))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body())
                .contains("errors", "runningCount");
    }

    @Test
    void agentsAreThoseOfJobsThatHaveOne() throws Exception {
        var token = buildkite.token("read_agents");
        var queue = buildkite.addQueue("CI", "big");
        List.of("RUNNING", "RESERVED", "SCHEDULED").forEach(queue::add);
        var request = HttpRequest.newBuilder(URI.create(buildkite.address() + "/v2/organizations/acme/agents"))
                .header("Authorization", "Bearer " + token)
                .build();
        var agents = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        assertThat(agents.lines().collect(Collectors.joining()).split("\"connection_state\""))
                .hasSize(2);
    }
}
