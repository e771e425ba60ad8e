package io.buildkitefleet.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * {@code testIamPermissions} of Google's Resource Manager on loopback, for one project: it says which of the asked
 * permissions somebody has, and takes a hundred at most.
 */
public final class PermissionsStandIn implements AutoCloseable {
    private static final int MOST = 100;

    private final HttpServer server;
    private final Predicate<String> held;
    private final List<Headers> requests = new CopyOnWriteArrayList<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile String refusal = "";
    private volatile boolean takesProjects = true;

    /** @param held whether somebody has a permission */
    public PermissionsStandIn(String project, Predicate<String> held) throws IOException {
        this.held = held;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v3/projects/" + project + ":testIamPermissions", this::answer);
        server.start();
    }

    /** What {@code CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDRESOURCEMANAGER} is to be. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** The headers of each question, oldest first. */
    public List<Headers> requests() {
        return List.copyOf(requests);
    }

    public void slowDown(Duration perAnswer) {
        delay = perAnswer;
    }

    /** Answers with 403 and this text. */
    public void refuse(String text) {
        refusal = text;
    }

    /** Refuses questions that name a project to which they count. */
    public void refuseProjects() {
        takesProjects = false;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestHeaders());
            Thread.sleep(delay.toMillis());
            var asked = Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonArray("permissions");
            if (asked.size() > MOST) {
                write(exchange, 400, "{\"error\": {\"message\": \"too many permissions\"}}");
            } else if (!takesProjects && exchange.getRequestHeaders().containsKey("X-Goog-User-Project")) {
                write(
                        exchange,
                        403,
                        "{\"error\": {\"message\": \"Caller does not have required permission to use it\"}}");
            } else if (refusal.isEmpty()) {
                write(exchange, 200, reply(asked).toString());
            } else {
                write(exchange, 403, refusal);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without the list if nothing is in it, as Google writes empty lists. */
    private JsonObject reply(JsonArray asked) {
        var reply = new JsonObject();
        var found = new JsonArray();
        asked.asList().stream().filter(name -> held.test(name.getAsString())).forEach(found::add);
        if (!found.isEmpty()) {
            reply.add("permissions", found);
        }
        return reply;
    }

    private static void write(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
