package io.buildkitefleet.buildkite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitefleet.buildkite.BuildkiteException.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking Buildkite, which does not always answer. */
class BuildkiteApiTest {
    private static final RetryPolicy QUICK =
            new RetryPolicy(Duration.ofSeconds(2), Duration.ofMillis(5), Duration.ofMillis(40), Duration.ofSeconds(20));

    private final List<String> log = new ArrayList<>();
    private BuildkiteStandIn buildkite;
    private StandInQueue big;

    @BeforeEach
    void anOrganizationWithAQueue() throws Exception {
        buildkite = new BuildkiteStandIn();
        buildkite.allowRequests(1000);
        big = buildkite.addQueue("CI", "big");
    }

    @AfterEach
    void stopIt() {
        buildkite.close();
    }

    private BuildkiteApi api() {
        return api(BuildkiteStandIn.TOKEN, QUICK);
    }

    private BuildkiteApi api(String token, RetryPolicy policy) {
        var address = URI.create(buildkite.address());
        return new BuildkiteApi(new ApiAccess(token, address, URI.create(address + "/v1")), policy, log::add);
    }

    private ClusterQueue queue() throws InterruptedException {
        return queues().get(0);
    }

    private List<ClusterQueue> queues() throws InterruptedException {
        return api().queues(api().clusters("acme").get(0));
    }

    private static void fails(Reason reason, String words, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(BuildkiteException.class, problem -> assertThat(problem.reason())
                        .isEqualTo(reason))
                .hasMessageContaining(words)
                .hasMessageNotContaining(BuildkiteStandIn.TOKEN);
    }

    @Test
    void aQueueIsPausedWithANoteAndResumed() throws Exception {
        api().pause(queue(), "the nodes are replaced");
        assertThat(queue().pause()).contains(new ClusterQueue.Pause("Jane Doe", "the nodes are replaced"));

        api().resume(api().read(queue()));
        assertThat(queue().pause()).isEmpty();
    }

    @Test
    void whatIsPausedCannotBePausedAndWhatIsNotCannotBeResumed() throws Exception {
        var queue = queue();
        fails(Reason.REFUSED, "422: Cluster queue is not paused", () -> api().resume(queue));
        api().pause(queue, "once");
        fails(Reason.REFUSED, "422: Cluster queue is already paused", () -> api().pause(queue, "twice"));
        assertThat(big.note()).contains("once");
    }

    @Test
    void everyPageOfAListIsRead() throws Exception {
        IntStream.range(1, 250).forEach(number -> buildkite.addQueue("CI", "queue-" + number));
        assertThat(queues()).hasSize(250).extracting(ClusterQueue::key).doesNotHaveDuplicates();
    }

    @Test
    void jobsUnderWayAreThoseThatWouldBeLostWithTheirPods() throws Exception {
        List.of("RESERVED", "ASSIGNED", "ACCEPTED", "RUNNING", "CANCELING", "TIMING_OUT", "SCHEDULED", "FINISHED")
                .forEach(big::add);
        buildkite.addQueue("CI", "light").add("RUNNING");
        var jobs = api().jobsUnderWay(queue());
        assertThat(jobs.count()).isEqualTo(6);
        assertThat(jobs.reserved()).isEqualTo(1);
        assertThat(jobs.pages()).hasSize(6).allMatch(page -> page.startsWith("https://buildkite.com/acme/"));
    }

    @Test
    void jobsAreCountedBeyondThoseThatAreShown() throws Exception {
        IntStream.range(0, 205).forEach(number -> big.add("RUNNING"));
        var jobs = api().jobsUnderWay(queue());
        assertThat(jobs.count()).isEqualTo(205);
        assertThat(jobs.pages()).hasSize(10);
    }

    @Test
    void aTokenSaysWhatItMayDo() throws Exception {
        assertThat(api(buildkite.token("read_clusters"), QUICK).accessToken())
                .isEqualTo(new AccessToken(Set.of("read_clusters"), "Jane Doe"));
    }

    @Test
    void aWrongTokenIsToldAtOnce() {
        fails(Reason.UNAUTHORIZED, "BUILDKITE_API_TOKEN is wrong, or has expired", () -> api("bkua_other", QUICK)
                .accessToken());
        assertThat(buildkite.requests()).hasSize(1);
    }

    @Test
    void aScopeThatIsMissingIsNamed() throws Exception {
        var queue = queue();
        var reader = api(buildkite.token("read_clusters"), QUICK);
        fails(Reason.FORBIDDEN, "doesn't have the write_clusters scope", () -> reader.pause(queue, ""));
        fails(Reason.FORBIDDEN, "doesn't have the graphql scope", () -> reader.jobsUnderWay(queue));
        assertThat(big.isPaused()).isFalse();
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        var queue = queue();
        var elsewhere = new ClusterQueue(
                new BuildkiteCluster("other", "id", "CI"),
                "id",
                "id",
                "big",
                "https://buildkite.com",
                Optional.empty());
        fails(Reason.NOT_FOUND, "No organization found", () -> api().clusters("other"));
        fails(Reason.NOT_FOUND, "no organization other", () -> api().jobsUnderWay(elsewhere));
        big.delete();
        fails(Reason.NOT_FOUND, "404", () -> api().read(queue));
    }

    static List<Misbehavior> passingFaults() {
        return List.of(
                new Misbehavior.Status(500),
                new Misbehavior.Status(503),
                new Misbehavior.Dropped(),
                new Misbehavior.Page(502),
                new Misbehavior.Page(200),
                new Misbehavior.Slow(Duration.ofSeconds(4)));
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void aFaultThatPassesIsWaitedFor(Misbehavior fault) throws Exception {
        var queue = queue();
        buildkite.disturb("GET", fault, 2);
        buildkite.disturb("POST /v1", fault, 1);
        assertThat(api().read(queue)).isEqualTo(queue);
        assertThat(api().jobsUnderWay(queue).count()).isZero();
        // The JDK asks once more by itself where a connection ends before the answer.
        assertThat(log).hasSizeBetween(2, 3).allMatch(line -> line.contains("; trying again in "));
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void aFaultThatStaysIsToldInTheTimeThatThereIs(Misbehavior fault) {
        buildkite.disturb("GET", fault, 1000);
        var start = System.nanoTime();
        fails(Reason.UNAVAILABLE, "/v2/access-token", () -> api(
                        BuildkiteStandIn.TOKEN, QUICK.withLimit(Duration.ofMillis(700)))
                .accessToken());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void whereNobodyListensIsToldAsWell() {
        buildkite.close();
        fails(Reason.UNAVAILABLE, "gets no answer", () -> api(
                        BuildkiteStandIn.TOKEN, QUICK.withLimit(Duration.ofMillis(100)))
                .accessToken());
    }

    @Test
    void aRedirectionIsNotFollowed() {
        buildkite.disturb("GET", new Misbehavior.Redirect(buildkite.address() + "/elsewhere"), 1);
        fails(Reason.REFUSED, "302", () -> api().accessToken());
        assertThat(buildkite.requests()).containsExactly("GET /v2/access-token");
    }

    @Test
    void tooManyRequestsWaitUntilBuildkiteSaysSo() {
        buildkite.allowRequests(1);
        fails(Reason.UNAVAILABLE, "429: You have exceeded your API rate limit", this::queues);
        assertThat(buildkite.requests()).as("nothing is asked again before").hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void requestsThatAreLeftAgainAreUsed(int seconds) throws Exception {
        buildkite.allowRequestsFor(1, Duration.ofSeconds(seconds));
        var patient = QUICK.withLimit(Duration.ofSeconds(10));
        assertThat(api(BuildkiteStandIn.TOKEN, patient).accessToken().user()).isEqualTo("Jane Doe");
        assertThat(api(BuildkiteStandIn.TOKEN, patient).accessToken().user()).isEqualTo("Jane Doe");
        assertThat(log).hasSize(1).first().asString().contains("429").contains("trying again in");
    }
}
