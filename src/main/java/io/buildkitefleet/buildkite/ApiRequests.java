package io.buildkitefleet.buildkite;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.buildkite.BuildkiteException.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Asks over HTTP, and asks again what may be answered later: too many requests, a fault on Buildkite's side, a
 * connection that breaks, an answer that something on the way made. Redirections are not followed: the token would go
 * along.
 */
final class ApiRequests {
    /** Longer ones are cut in messages. */
    private static final int LONGEST_MESSAGE = 300;

    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final ApiAccess access;
    private final RetryPolicy policy;
    private final Consumer<String> log;

    /** @param log is told why and how long it waits before it asks again */
    ApiRequests(ApiAccess access, RetryPolicy policy, Consumer<String> log) {
        this.access = access;
        this.policy = policy;
        this.log = log;
    }

    /** What came of asking once. */
    private sealed interface Attempt permits Page, Failure {}

    /** A good answer. */
    record Page(JsonElement json, HttpResponse<String> response) implements Attempt {}

    /**
     * None.
     *
     * @param pause after which another attempt makes sense: none if never, zero for a time of our own choice
     */
    private record Failure(BuildkiteException problem, Optional<Duration> pause) implements Attempt {}

    /** @throws BuildkiteException if there is no good answer */
    Page get(URI address) throws InterruptedException {
        return ask(HttpRequest.newBuilder(address).GET());
    }

    /** @throws BuildkiteException if there is no good answer */
    Page post(URI address, JsonObject body) throws InterruptedException {
        return ask(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private Page ask(HttpRequest.Builder builder) throws InterruptedException {
        var request = builder.timeout(policy.request())
                .header("Authorization", "Bearer " + access.token())
                .header("Accept", "application/json")
                .header("User-Agent", "buildkite-fleet")
                .build();
        var end = System.nanoTime() + policy.limit().toNanos();
        for (int failures = 1; ; failures++) {
            var attempt = attempt(request);
            if (attempt instanceof Page page) {
                return page;
            }
            waitBeforeAnother((Failure) attempt, failures, end);
        }
    }

    /** @throws BuildkiteException if another attempt makes no sense, or there is no time for it */
    private void waitBeforeAnother(Failure failure, int failures, long end) throws InterruptedException {
        var pause = failure.pause().orElseThrow(failure::problem);
        var wait = pause.isZero() ? policy.waitAfter(failures) : pause;
        if (System.nanoTime() + wait.toNanos() - end > 0) {
            throw failure.problem();
        }
        log.accept(failure.problem().getMessage() + "; trying again in " + seconds(wait));
        Thread.sleep(wait.toMillis());
    }

    private Attempt attempt(HttpRequest request) throws InterruptedException {
        var question = question(request);
        try {
            var response = client.send(request, BodyHandlers.ofString());
            var json = json(response.body());
            return response.statusCode() / 100 == 2 && json.isPresent()
                    ? new Page(json.get(), response)
                    : failure(question, response, json);
        } catch (IOException broken) {
            var text = Optional.ofNullable(broken.getMessage())
                    .orElse(broken.getClass().getSimpleName());
            return again(question + " gets no answer (" + oneLine(text) + ")", broken);
        }
    }

    private static String question(HttpRequest request) {
        var uri = request.uri();
        return request.method() + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }

    private static Optional<JsonElement> json(String body) {
        try {
            return Optional.of(JsonParser.parseString(body)).filter(json -> !json.isJsonNull());
        } catch (JsonParseException notJson) {
            return Optional.empty();
        }
    }

    private static Failure failure(String question, HttpResponse<String> response, Optional<JsonElement> json) {
        var status = response.statusCode();
        var said = json.flatMap(ApiRequests::message).map(message -> ": " + message);
        var answer = question + " is answered with " + status + said.orElse("");
        if (status == TOO_MANY_REQUESTS) {
            return new Failure(
                    new BuildkiteException(Reason.UNAVAILABLE, answer),
                    Optional.of(reset(response).orElse(Duration.ZERO)));
        }
        if (json.isEmpty() && status / 100 != 3) {
            return again(
                    answer + ", and with "
                            + response.headers().firstValue("Content-Type").orElse("something")
                            + " that is not Buildkite's: " + oneLine(response.body()),
                    null);
        }
        if (status >= 500) {
            return new Failure(
                    new BuildkiteException(Reason.UNAVAILABLE, answer),
                    Optional.of(retryAfter(response).orElse(Duration.ZERO)));
        }
        return never(status, answer);
    }

    private static Failure never(int status, String answer) {
        var problem =
                switch (status) {
                    case 401 ->
                        new BuildkiteException(
                                Reason.UNAUTHORIZED,
                                answer + "; " + ApiAccess.TOKEN + " is wrong, or has expired: make another at "
                                        + ApiAccess.TOKENS_PAGE);
                    case 403 -> new BuildkiteException(Reason.FORBIDDEN, answer);
                    case 404 -> new BuildkiteException(Reason.NOT_FOUND, answer);
                    default -> new BuildkiteException(Reason.REFUSED, answer);
                };
        return new Failure(problem, Optional.empty());
    }

    private static Failure again(String message, Throwable cause) {
        return new Failure(new BuildkiteException(Reason.UNAVAILABLE, message, cause), Optional.of(Duration.ZERO));
    }

    /** Buildkite's own words, of either API. */
    private static Optional<String> message(JsonElement json) {
        if (!(json instanceof JsonObject object)) {
            return Optional.empty();
        }
        if (object.get("message") instanceof JsonPrimitive message) {
            return Optional.of(oneLine(message.getAsString()));
        }
        return GraphqlErrors.of(object).map(ApiRequests::oneLine);
    }

    /** When there are requests left again; a second more, since it is told in whole ones. */
    private static Optional<Duration> reset(HttpResponse<String> response) {
        var limits = Stream.of("RateLimit-", "RateLimit-User-")
                .filter(limit -> response.headers()
                        .firstValue(limit + "Remaining")
                        .filter(left -> !left.equals("0"))
                        .isEmpty())
                .flatMap(limit -> header(response, limit + "Reset").stream());
        return Stream.concat(limits, retryAfter(response).stream())
                .max(Duration::compareTo)
                .map(wait -> wait.plusSeconds(1));
    }

    private static Optional<Duration> retryAfter(HttpResponse<String> response) {
        return header(response, "Retry-After");
    }

    private static Optional<Duration> header(HttpResponse<String> response, String name) {
        return response.headers()
                .firstValue(name)
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }

    private static String oneLine(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static String seconds(Duration wait) {
        return wait.toMillis() < 1000 ? wait.toMillis() + " ms" : wait.toSeconds() + " s";
    }
}
