package io.buildkitefleet.buildkite;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.buildkitefleet.buildkite.BuildkiteException.Reason;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Buildkite's API. Each method throws a {@link BuildkiteException} if Buildkite refuses, or does not answer in the time
 * that there is.
 *
 * @see <a href="https://buildkite.com/docs/apis/rest-api/clusters/queues">queues in the REST API</a>
 * @see <a href="https://buildkite.com/docs/apis/graphql-api">the GraphQL API</a>
 */
public final class BuildkiteApi {
    /**
     * What is needed to read and pause queues, and to see their jobs: no scope of the REST API names a queue's jobs.
     */
    public static final Set<String> SCOPES = Set.of("read_clusters", "write_clusters", "graphql");

    /** As many as Buildkite gives in one answer. */
    private static final int PAGE = 100;

    /** More pages than any organization has; a list that never ends is a fault of the other side. */
    private static final int MOST_PAGES = 1000;

    private static final Pattern NEXT = Pattern.compile("<[^>]*[?&]page=(\\d+)[^>]*>;\\s*rel=\"?next\"?");

    /** All states in which a job would be lost with its pod: from a pod that is being made to one that is ending. */
    private static final List<String> UNDER_WAY =
            List.of("RESERVED", "ASSIGNED", "ACCEPTED", "RUNNING", "CANCELING", "TIMING_OUT");

    /** Counts cost nothing, and each job that is shown two points of the 5,000 that a user has in five minutes. */
    private static final String JOBS = """
            query JobsUnderWay($organization: ID!, $queues: [ID!], $states: [JobStates!]) {
              organization(slug: $organization) {
                jobs(first: 10, type: [COMMAND], state: $states, clusterQueue: $queues) {
                  count
                  edges { node { ... on JobTypeCommand { state url } } }
                }
                reserved: jobs(first: 1, type: [COMMAND], state: [RESERVED], clusterQueue: $queues) { count }
              }
            }
            """;

    private final ApiAccess access;
    private final ApiRequests requests;

    /** @param log is told in a line whenever something has to be asked again */
    public BuildkiteApi(ApiAccess access, RetryPolicy policy, Consumer<String> log) {
        this.access = access;
        this.requests = new ApiRequests(access, policy, log);
    }

    /** The token that is used. */
    public AccessToken accessToken() throws InterruptedException {
        var address = rest("/v2/access-token");
        var answer = Answer.of("GET " + address, requests.get(address).json());
        var scopes = new HashSet<String>();
        if (answer.fields().get("scopes") instanceof JsonArray list) {
            list.forEach(scope -> scopes.add(scope.getAsString()));
        }
        var user = answer.object("user").flatMap(found -> found.optionalText("name"));
        return new AccessToken(scopes, user.orElse("somebody"));
    }

    /** All clusters of an organization that the token may see. */
    public List<BuildkiteCluster> clusters(String organization) throws InterruptedException {
        return list(clustersPath(organization)).stream()
                .map(cluster -> new BuildkiteCluster(organization, cluster.text("id"), cluster.text("name")))
                .toList();
    }

    public List<ClusterQueue> queues(BuildkiteCluster cluster) throws InterruptedException {
        return list(queuesPath(cluster)).stream()
                .map(queue -> queue(cluster, queue))
                .toList();
    }

    /** The tokens with which agents register in a cluster, also those that have expired. */
    public List<AgentToken> agentTokens(BuildkiteCluster cluster) throws InterruptedException {
        return list(clustersPath(cluster.organization()) + "/" + segment(cluster.id()) + "/tokens").stream()
                .map(token ->
                        new AgentToken(token.optionalText("description").orElse(""), token.optionalTime("expires_at")))
                .toList();
    }

    /** The queue as it is now. */
    public ClusterQueue read(ClusterQueue queue) throws InterruptedException {
        var address = rest(path(queue));
        return queue(
                queue.cluster(),
                Answer.of("GET " + address, requests.get(address).json()));
    }

    /**
     * Has Buildkite hand out no more jobs of it; those that agents have go on. Refused if it is paused already.
     *
     * @param note what people read on the page of the queue, and of each build that waits for it
     */
    public void pause(ClusterQueue queue, String note) throws InterruptedException {
        var body = new JsonObject();
        body.addProperty("dispatch_paused_note", note);
        requests.post(rest(path(queue) + "/pause_dispatch"), body);
    }

    /** Has Buildkite hand out its jobs again. Refused if it is not paused. */
    public void resume(ClusterQueue queue) throws InterruptedException {
        requests.post(rest(path(queue) + "/resume_dispatch"), new JsonObject());
    }

    /** The jobs of a queue that would be lost with their pods. */
    public JobsUnderWay jobsUnderWay(ClusterQueue queue) throws InterruptedException {
        var organization = queue.cluster().organization();
        var variables = new JsonObject();
        variables.addProperty("organization", organization);
        variables.add("queues", texts(List.of(queue.graphqlId())));
        variables.add("states", texts(UNDER_WAY));
        var body = new JsonObject();
        body.addProperty("query", JOBS);
        body.add("variables", variables);
        var question = "the question for the jobs of queue " + queue.key();
        var answer = Answer.of(question, requests.post(access.graphql(), body).json());
        GraphqlErrors.of(answer.fields()).ifPresent(errors -> {
            throw new BuildkiteException(Reason.REFUSED, "Buildkite's GraphQL API refuses " + question + ": " + errors);
        });
        var found = answer.object("data")
                .flatMap(data -> data.object("organization"))
                .orElseThrow(() -> new BuildkiteException(
                        Reason.NOT_FOUND,
                        "Buildkite's GraphQL API shows no organization " + organization + " to this token"));
        var jobs = found.needed("jobs");
        return new JobsUnderWay(
                jobs.number("count"),
                found.needed("reserved").number("count"),
                jobs.objects("edges").stream()
                        .flatMap(edge -> edge.object("node").stream())
                        .map(job -> job.text("url"))
                        .toList());
    }

    private static JsonArray texts(List<String> texts) {
        var array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static ClusterQueue queue(BuildkiteCluster cluster, Answer queue) {
        var pause = queue.flag("dispatch_paused")
                ? Optional.of(new ClusterQueue.Pause(
                        queue.object("dispatch_paused_by")
                                .flatMap(user -> user.optionalText("name"))
                                .orElse(""),
                        queue.optionalText("dispatch_paused_note").orElse("")))
                : Optional.<ClusterQueue.Pause>empty();
        return new ClusterQueue(
                cluster, queue.text("id"), queue.text("graphql_id"), queue.text("key"), queue.text("web_url"), pause);
    }

    /**
     * All pages of a list. The address of the next one is not followed as it is, but only the number in it: it may lead
     * elsewhere, and the token would go along.
     */
    private List<Answer> list(String path) throws InterruptedException {
        var items = new ArrayList<Answer>();
        var page = Optional.of(1);
        for (int count = 0; count < MOST_PAGES; count++) {
            var address = rest(path + "?per_page=" + PAGE + "&page=" + page.get());
            var answer = requests.get(address);
            items.addAll(Answer.list("GET " + rest(path), answer.json()));
            page = next(answer.response());
            if (page.isEmpty()) {
                return items;
            }
        }
        throw endless("GET " + rest(path));
    }

    private static Optional<Integer> next(HttpResponse<String> response) {
        return response.headers().allValues("Link").stream()
                .flatMap(link -> NEXT.matcher(link).results())
                .map(found -> Integer.valueOf(found.group(1)))
                .findFirst();
    }

    private static BuildkiteException endless(String question) {
        return new BuildkiteException(Reason.UNAVAILABLE, "Buildkite's answer to " + question + " does not end");
    }

    private URI rest(String path) {
        return URI.create(access.rest() + path);
    }

    private static String clustersPath(String organization) {
        return "/v2/organizations/" + segment(organization) + "/clusters";
    }

    private static String queuesPath(BuildkiteCluster cluster) {
        return clustersPath(cluster.organization()) + "/" + segment(cluster.id()) + "/queues";
    }

    private static String path(ClusterQueue queue) {
        return queuesPath(queue.cluster()) + "/" + segment(queue.id());
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
