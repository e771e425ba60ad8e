package io.buildkitefleet.hooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * As much of Google on loopback as it takes to make an access token of one of Buildkite's: it takes all, and keeps what
 * it was asked. The answers are what
 * https://github.com/golang/oauth2/blob/v0.22.0/google/internal/stsexchange/sts_exchange.go and
 * https://github.com/golang/oauth2/blob/v0.22.0/google/internal/impersonate/impersonate.go read.
 */
final class GoogleStandIn implements AutoCloseable {
    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    GoogleStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Each as its path, what authorizes it, and its body. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestURI().getPath() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + URLDecoder.decode(body, StandardCharsets.UTF_8));
            var answer = exchange.getRequestURI().getPath().equals("/v1/token")
                    ? "{\"access_token\":\"federated\",\"token_type\":\"Bearer\",\"expires_in\":300,"
                            + "\"issued_token_type\":\"urn:ietf:params:oauth:token-type:access_token\"}"
                    : "{\"accessToken\":\"short-lived\",\"expireTime\":\"2099-01-01T00:00:00Z\"}";
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
