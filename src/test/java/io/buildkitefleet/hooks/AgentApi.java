package io.buildkitefleet.hooks;

import com.google.gson.JsonArray;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * As much of Buildkite's Agent API as an agent needs for one job, on loopback: it hands the job out and keeps what the
 * agent says of it.
 */
public final class AgentApi implements AutoCloseable {
    /** What it issues when a job asks for a token, in the form of one. */
    static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJqb2JfaWQiOiJodW50ZXIyIn0.c2lnbmF0dXJl_-";

    public static final String JOB = "e44f9784-e20e-4b93-a21d-f41fd5869db9";

    public static final String BUILD = "4735ba57-80d0-46e2-8fa0-b28223a86586";

    private static final String ARTIFACT = "/v3/artifact/";

    private final Map<String, String> variables;
    private final JsonObject step;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<Integer, byte[]> chunks = new TreeMap<>();
    private final List<JsonObject> annotations = new CopyOnWriteArrayList<>();
    private final List<JsonObject> pipelines = new CopyOnWriteArrayList<>();
    private final List<JsonObject> tokenRequests = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> artifacts = new ConcurrentHashMap<>();
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
    public static AgentApi withJob(Map<String, String> variables) throws IOException {
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
    public synchronized Optional<String> end(String field) {
        return Optional.ofNullable(end.get(field)).map(value -> value.getAsString());
    }

    /** The job's log, in the order in which the agent meant it. */
    public synchronized String log() {
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

    /** The artifacts of the build, by their paths: what the job has uploaded, and what others have. */
    public Map<String, byte[]> artifacts() {
        return artifacts;
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
            var path = exchange.getRequestURI().getPath();
            if (path.startsWith(ARTIFACT)) {
                send(exchange, artifacts.get(path.substring(ARTIFACT.length())));
                return;
            }
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

    private static void send(HttpExchange exchange, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
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
            // https://github.com/buildkite/agent/blob/v3.78.0/api/artifacts.go
            case "POST job/artifacts" ->
                Optional.of("{\"id\":\"batch\",\"artifact_ids\":[\"artifact\"],\"upload_instructions\":{\"data\":{},"
                        + "\"action\":{\"url\":\"" + endpoint() + "\",\"method\":\"POST\",\"path\":\"/v3/upload\","
                        + "\"file_input\":\"file\"}}}");
            case "POST/upload" -> {
                keep(exchange.getRequestBody().readAllBytes());
                yield Optional.of("{}");
            }
            case "GET/builds/" + BUILD + "/artifacts/search" -> Optional.of(found(exchange));
            case "PUT job/artifacts" -> Optional.of("{}");
            case "POST job/data/exists" -> Optional.of("{\"exists\":true}");
            case "POST/connect", "POST/disconnect", "POST/heartbeat", "POST job/header_times" -> Optional.of("{}");
            default -> {
                unknown.add(request);
                yield Optional.empty();
            }
        };
    }

    /** A form of one file, as https://github.com/buildkite/agent/blob/v3.78.0/agent/form_uploader.go sends it. */
    private void keep(byte[] form) {
        var text = new String(form, StandardCharsets.ISO_8859_1);
        var head = text.indexOf("\r\n\r\n");
        var name = text.substring(0, head).replaceAll("(?s).*filename=\"([^\"]+)\".*", "$1");
        artifacts.put(name, text.substring(head + 4, text.lastIndexOf("\r\n--")).getBytes(StandardCharsets.ISO_8859_1));
    }

    private String found(HttpExchange exchange) {
        var query = exchange.getRequestURI().getQuery();
        var found = new JsonArray();
        artifacts.forEach((path, bytes) -> {
            if (("&" + query + "&").contains("&query=" + path + "&")) {
                var artifact = new JsonObject();
                artifact.addProperty("id", "artifact");
                artifact.addProperty("path", path);
                artifact.addProperty("file_size", bytes.length);
                artifact.addProperty("url", endpoint() + "/artifact/" + path);
                found.add(artifact);
            }
        });
        return found.toString();
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
