package io.buildkitefleet.buildkite;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Buildkite's REST and GraphQL API on loopback, for one organization: it refuses what Buildkite refuses, keeps what it
 * is told, and misbehaves when a test says so.
 */
public final class BuildkiteStandIn implements AutoCloseable {
    public static final String ORGANIZATION = StandInState.ORGANIZATION;

    /** A token of Jane's with all that the fleet needs. */
    public static final String TOKEN = "bkua_0123456789-the-token-that-nobody-may-see";

    public static final String USER = "Jane Doe";

    private static final Gson GSON = new GsonBuilder().serializeNulls().create();

    private final StandInState state = new StandInState();
    private final StandInRest rest;
    private final StandInGraphql graphql;
    private final StandInLimits limits;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Disturbance> disturbances = new ArrayList<>();

    /** @param times how often it still happens */
    private record Disturbance(String request, Misbehavior misbehavior, int times) {}

    public BuildkiteStandIn() throws IOException {
        state.addToken(TOKEN, USER, BuildkiteApi.SCOPES);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        rest = new StandInRest(state, address());
        graphql = new StandInGraphql(state);
        limits = new StandInLimits();
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** What {@code BUILDKITE_API_URL} is to be. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A token of Jane's that may do no more than this. */
    public String token(String... scopes) {
        var token = "bkua_may-" + String.join("-", scopes).replace("_", "-");
        state.addToken(token, USER, Set.of(scopes));
        return token;
    }

    public void revoke(String token) {
        state.revoke(token);
    }

    /** Adds a queue to a cluster, which is made if it is not there. */
    public StandInQueue addQueue(String cluster, String key) {
        return new StandInQueue(state, state.addQueue(cluster, key));
    }

    /** Makes an agent token in a cluster, which is made if it is not there. */
    public void addAgentToken(String cluster, AgentToken token) {
        state.addAgentToken(cluster, token);
    }

    /** Lets a user have so many requests in a minute, where Buildkite has a number of its own. */
    public void allowRequests(int inMinute) {
        allowRequestsFor(inMinute, Duration.ofMinutes(1));
    }

    /** Lets a user have so many requests in a time, which Buildkite has as a minute. */
    public void allowRequestsFor(int requests, Duration time) {
        limits.allow(requests, time);
    }

    /**
     * Does something else in place of an answer.
     *
     * @param request the end of a method and a path, such as {@code pause_dispatch}, or a part of it
     */
    public void disturb(String request, Misbehavior misbehavior, int times) {
        synchronized (disturbances) {
            disturbances.add(new Disturbance(request, misbehavior, times));
        }
    }

    /** Answers everything again. */
    public void heal() {
        synchronized (disturbances) {
            disturbances.clear();
        }
    }

    /** What it was asked, as {@code POST /v2/organizations/acme/...}, oldest first. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            requests.add(request);
            var disturbance = disturbance(request);
            if (disturbance.isEmpty()) {
                send(exchange, reply(exchange));
            } else {
                disturb(exchange, disturbance.get());
            }
        }
    }

    private void disturb(HttpExchange exchange, Misbehavior misbehavior) throws IOException {
        if (misbehavior instanceof Misbehavior.Slow slow) {
            sleep(slow.delay());
            send(exchange, reply(exchange));
        } else if (misbehavior instanceof Misbehavior.SlowAnswer slow) {
            var reply = reply(exchange);
            sleep(slow.delay());
            send(exchange, reply);
        } else if (misbehavior instanceof Misbehavior.Status failure) {
            send(exchange, StandInReply.of(failure.status(), Map.of("message", "Something went wrong")));
        } else if (misbehavior instanceof Misbehavior.DoneAndDropped) {
            reply(exchange);
        } else if (misbehavior instanceof Misbehavior.Page page) {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            write(exchange, page.status(), "<html><body><h1>Bad Gateway</h1></body></html>");
        } else if (misbehavior instanceof Misbehavior.Redirect elsewhere) {
            exchange.getResponseHeaders().add("Location", elsewhere.address());
            write(exchange, 302, "");
        }
    }

    private static void sleep(Duration delay) {
        try {
            Thread.sleep(delay.toMillis());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<Misbehavior> disturbance(String request) {
        synchronized (disturbances) {
            for (int i = 0; i < disturbances.size(); i++) {
                var next = disturbances.get(i);
                if (request.contains(next.request()) && next.times() > 0) {
                    disturbances.set(i, new Disturbance(next.request(), next.misbehavior(), next.times() - 1));
                    return Optional.of(next.misbehavior());
                }
            }
            return Optional.empty();
        }
    }

    private StandInReply reply(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var body = text.isEmpty() ? new JsonObject() : Json.parse(text).getAsJsonObject();
        var token = token(exchange);
        if (path.equals("/v1")) {
            return graphql.reply(token, body);
        }
        if (token.isEmpty()) {
            return StandInReply.refusal("token", Map.of());
        }
        var over = limits.count(Instant.now());
        return over.orElseGet(
                        () -> rest.reply(token.get(), exchange.getRequestMethod(), exchange.getRequestURI(), body))
                .with(limits.headers(Instant.now()));
    }

    private Optional<StandInState.Token> token(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .filter(header -> header.startsWith("Bearer "))
                .flatMap(header -> state.token(header.substring("Bearer ".length())));
    }

    private static void send(HttpExchange exchange, StandInReply reply) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
        reply.headers().forEach(exchange.getResponseHeaders()::add);
        write(exchange, reply.status(), GSON.toJson(reply.body()));
    }

    private static void write(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
