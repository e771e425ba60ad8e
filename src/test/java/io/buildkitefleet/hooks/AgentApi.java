package io.buildkitefleet.hooks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * As much of Buildkite's Agent API as an agent needs for one job, on loopback: it hands the job out and keeps what the
 * agent says of it.
 */
final class AgentApi implements AutoCloseable {
    /** What it issues when a job asks for a token, in the form of one. */
    static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJqb2JfaWQiOiJodW50ZXIyIn0.c2lnbmF0dXJl_-";

    static final String JOB = "e44f9784-e20e-4b93-a21d-f41fd5869db9";

    private final Map<String, String> variables;
    private final JsonObject step;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Integer, byte[]> chunks = new TreeMap<>();
    private final List<JsonObject> annotations = new CopyOnWriteArrayList<>();
    private final List<JsonObject> pipelines = new CopyOnWriteArrayList<>();
    private final List<JsonObject> tokenRequests = new CopyOnWriteArrayList<>();
    private final List<String> unknown = new CopyOnWriteArrayList<>();
    private boolean isAssigned;
    private JsonObject end = new JsonObject();

    private AgentApi(Map<String, String> variables, JsonObject step) throws IOException {
        this.variables = Map.copyOf(variables);
        this.step = step;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v3/", this::answer);
        server.start();
    }

    /** An API with one job, which has these variables. */
    static AgentApi withJob(Map<String, String> variables) throws IOException {
        return new AgentApi(variables, new JsonObject());
    }

    /** The same with the step that the job was made of, as it was uploaded. */
    static AgentApi withJob(Map<String, String> variables, JsonObject step) throws IOException {
        return new AgentApi(variables, step);
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v3";
    }

    /** What the agent reported at the job's end: {@code exit_status}, {@code signal_reason}. */
    synchronized Optional<String> end(String field) {
        return Optional.ofNullable(end.get(field)).map(value -> value.getAsString());
    }

    /** The job's log, in the order in which the agent meant it. */
    synchronized String log() {
        var log = new ByteArrayOutputStream();
        chunks.values().forEach(log::writeBytes);
        return log.toString(StandardCharsets.UTF_8);
    }

    List<JsonObject> annotations() {
        return annotations;
    }

    /** What the job uploaded. */
    List<JsonObject> pipelines() {
        return pipelines;
    }

    /** What the job's tokens were asked for. */
    List<JsonObject> tokenRequests() {
        return tokenRequests;
    }

    /** Requests that it has no answer for. */
    List<String> unknown() {
        return unknown;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = exchange.getRequestMethod()
                    + exchange.getRequestURI()
                            .getPath()
                            .substring("/v3".length())
                            .replace("/jobs/" + JOB, " job");
            var body = reply(request, exchange);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            var bytes = body.orElse("{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.isPresent() ? 200 : 404, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Optional<String> reply(String request, HttpExchange exchange) throws IOException {
        return switch (request) {
            case "POST/register" ->
                Optional.of("{\"id\":\"agent\",\"name\":\"test\",\"access_token\":\"access\","
                        + "\"ping_interval\":1,\"job_status_interval\":1,\"heartbeat_interval\":60,\"meta_data\":[]}");
            case "GET/ping" -> Optional.of(ping());
            case "PUT job/accept" -> Optional.of(job("accepted"));
            case "PUT job/start" -> Optional.of(job("running"));
            case "GET job" -> Optional.of(job("running"));
            case "PUT job/finish" -> {
                end = JsonParser.parseString(text(exchange)).getAsJsonObject();
                yield Optional.of("{}");
            }
            case "POST job/chunks" -> {
                chunks.put(sequence(exchange), new GZIPInputStream(exchange.getRequestBody()).readAllBytes());
                yield Optional.of("{}");
            }
            case "POST job/annotations" -> {
                annotations.add(JsonParser.parseString(text(exchange)).getAsJsonObject());
                yield Optional.of("{}");
            }
            case "POST job/pipelines" -> {
                var change = JsonParser.parseString(text(exchange)).getAsJsonObject();
                pipelines.add(change.getAsJsonObject("pipeline"));
                yield Optional.of("{}");
            }
            // https://github.com/buildkite/agent/blob/v3.78.0/api/oidc.go
            case "POST job/oidc/tokens" -> {
                tokenRequests.add(JsonParser.parseString(text(exchange)).getAsJsonObject());
                yield Optional.of("{\"token\":\"" + TOKEN + "\"}");
            }
            case "POST job/artifacts" -> Optional.of("{\"id\":\"batch\",\"artifact_ids\":[\"artifact\"]}");
            case "PUT job/artifacts" -> Optional.of("{}");
            case "POST job/data/exists" -> Optional.of("{\"exists\":true}");
            case "POST/connect", "POST/disconnect", "POST/heartbeat", "POST job/header_times" -> Optional.of("{}");
            default -> {
                unknown.add(request);
                yield Optional.empty();
            }
        };
    }

    private String ping() {
        if (isAssigned) {
            return "{}";
        }
        isAssigned = true;
        return "{\"job\":" + job("assigned") + "}";
    }

    private String job(String state) {
        var job = new JsonObject();
        job.addProperty("id", JOB);
        job.addProperty("state", state);
        job.addProperty("chunks_max_size_bytes", 100_000);
        var environment = new JsonObject();
        variables.forEach(environment::addProperty);
        job.add("env", environment);
        job.add("step", step);
        return job.toString();
    }

    private static int sequence(HttpExchange exchange) {
        return Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll(".*\\bsequence=(\\d+).*", "$1"));
    }

    private static String text(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }
}
