package io.buildkitefleet.apiserver;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Talks to an API server as its administrator. Whatever it sends is validated strictly: an unknown field is refused.
 */
public final class ApiClient {
    private static final String JSON = "application/json";
    private static final String STRICT = "fieldManager=fleet&fieldValidation=Strict";

    /** A group that may do anything, so that admission alone decides. */
    private static final String MASTERS = "system:masters";

    private final HttpClient http;
    private final String address;
    private final String token;
    private final List<String> impersonation;
    private final Map<String, List<JsonObject>> resources;

    /**
     * What the server said.
     *
     * @param request what it was asked
     * @param warnings such as an API that will be gone soon
     */
    public record Answer(String request, int status, JsonObject body, List<String> warnings) {
        public boolean isAccepted() {
            return status / 100 == 2;
        }

        /** Why it refused. */
        public String message() {
            return Json.text(body, "message");
        }

        @Override
        public String toString() {
            return request + ": " + status + " " + (isAccepted() ? warnings : message());
        }
    }

    /** @param certificate of the server, which signs it itself */
    ApiClient(String address, String token, Path certificate) throws IOException, GeneralSecurityException {
        this(
                HttpClient.newBuilder().sslContext(trusting(certificate)).build(),
                address,
                token,
                List.of(),
                new HashMap<>());
    }

    private ApiClient(
            HttpClient http,
            String address,
            String token,
            List<String> impersonation,
            Map<String, List<JsonObject>> resources) {
        this.http = http;
        this.address = address;
        this.token = token;
        this.impersonation = impersonation;
        this.resources = resources;
    }

    /** The same server, asked under another name by somebody who may do anything. */
    public ApiClient as(String user) {
        return new ApiClient(
                http, address, token, List.of("Impersonate-User", user, "Impersonate-Group", MASTERS), resources);
    }

    /** The same server, asked under another name with the rights of that name. */
    ApiClient withRightsOf(String user) {
        return new ApiClient(http, address, token, List.of("Impersonate-User", user), resources);
    }

    boolean isReady() throws InterruptedException {
        return isServed("/readyz");
    }

    /** Whether there is an answer at this path already. */
    public boolean isServed(String path) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(URI.create(address + path))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Server-side apply, as Pulumi's provider does it. */
    public Answer apply(JsonObject object) throws InterruptedException {
        return send(
                "PATCH",
                pathOf(object) + "/" + name(object) + "?force=true&" + STRICT,
                "application/apply-patch+yaml",
                object);
    }

    /** Creates an object. */
    public Answer create(JsonObject object) throws InterruptedException {
        return send("POST", pathOf(object) + "?" + STRICT, JSON, object);
    }

    /** Creates an object, which must work. */
    public void add(JsonObject object) throws InterruptedException {
        accepted(create(object));
    }

    /** Says whether it would create an object: everything is done but storing it. */
    Answer tryToCreate(JsonObject object) throws InterruptedException {
        return send("POST", pathOf(object) + "?dryRun=All&" + STRICT, JSON, object);
    }

    /** Asks to open a shell in a container of a pod; whether there is one is for its node to say. */
    Answer openShell(String namespace, String pod, String query) throws InterruptedException {
        var path = "/api/v1/namespaces/" + namespace + "/pods/" + pod + "/exec?command=sh&stdout=true" + query;
        return send("POST", path, JSON, new JsonObject());
    }

    /** Merges a patch, written as YAML, item by item, or says why not. */
    Answer tryToMerge(String path, String patch) throws InterruptedException {
        return send(
                "PATCH",
                path + "?dryRun=All",
                "application/strategic-merge-patch+json",
                Json.parse(patch).getAsJsonObject());
    }

    /** Sets the status of an object that is there, as its controller would. */
    public Answer setStatus(JsonObject object, JsonObject status) throws InterruptedException {
        var patch = new JsonObject();
        patch.add("status", status);
        return send("PATCH", pathOf(object) + "/" + name(object) + "/status", "application/merge-patch+json", patch);
    }

    /** An object that is there. */
    public JsonObject get(String path) throws InterruptedException {
        return accepted(send("GET", path, JSON, new JsonObject())).body();
    }

    /** An object as it is, by what names it; empty if it is not there. */
    public Optional<JsonObject> find(JsonObject object) throws InterruptedException {
        var answer = send("GET", pathOf(object) + "/" + name(object), JSON, new JsonObject());
        return answer.status() == 404
                ? Optional.empty()
                : Optional.of(accepted(answer).body());
    }

    /** The objects of a collection, by their names. */
    public List<JsonObject> list(String path) throws InterruptedException {
        return Json.list(get(path), "items").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** Merges a patch, written as YAML, into an object; one that has just gone is no problem. */
    public void merge(String path, String patch) throws InterruptedException {
        var answer = send(
                "PATCH", path, "application/merge-patch+json", Json.parse(patch).getAsJsonObject());
        if (answer.status() != 404) {
            accepted(answer);
        }
    }

    public void delete(String path) throws InterruptedException {
        accepted(send("DELETE", path, JSON, new JsonObject()));
    }

    /** Says whether it would delete an object. */
    Answer tryToDelete(String path) throws InterruptedException {
        return send("DELETE", path + "?dryRun=All", JSON, new JsonObject());
    }

    private static Answer accepted(Answer answer) {
        if (!answer.isAccepted()) {
            throw new AssertionError(answer);
        }
        return answer;
    }

    /** The path of an object's collection. */
    private String pathOf(JsonObject object) throws InterruptedException {
        var version = Json.text(object, "apiVersion");
        var root = version.contains("/") ? "/apis/" + version : "/api/" + version;
        var resource = resource(root, Json.text(object, "kind"));
        return resource.get("namespaced").getAsBoolean()
                ? root + "/namespaces/" + Json.text(object.getAsJsonObject("metadata"), "namespace") + "/"
                        + Json.text(resource, "name")
                : root + "/" + Json.text(resource, "name");
    }

    private JsonObject resource(String root, String kind) throws InterruptedException {
        if (!resources.containsKey(root)) {
            var list = Json.list(send("GET", root, JSON, new JsonObject()).body(), "resources");
            resources.put(
                    root,
                    list.asList().stream().map(JsonElement::getAsJsonObject).toList());
        }
        return resources.get(root).stream()
                .filter(resource -> Json.text(resource, "kind").equals(kind))
                .filter(resource -> !Json.text(resource, "name").contains("/"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the server knows no " + kind + " at " + root));
    }

    private static String name(JsonObject object) {
        return Json.text(object.getAsJsonObject("metadata"), "name");
    }

    private Answer send(String method, String path, String type, JsonObject body) throws InterruptedException {
        var content = method.equals("GET")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body.toString());
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .method(method, content);
        if (!impersonation.isEmpty()) {
            request.headers(impersonation.toArray(String[]::new));
        }
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    method + " " + path,
                    response.statusCode(),
                    JsonParser.parseString(response.body()).getAsJsonObject(),
                    response.headers().allValues("Warning"));
        } catch (IOException reason) {
            throw new UncheckedIOException(reason);
        }
    }

    private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (var file = Files.newInputStream(certificate)) {
            for (Certificate part : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
                store.setCertificateEntry("part-" + store.size(), part);
            }
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
