package io.buildkitefleet.buildkite;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The REST API, as far as it is about clusters, queues and agents. */
final class StandInRest {
    private static final String VERSION = "/v2/";

    private final StandInState state;
    private final String address;
    private final StandInObjects objects;

    StandInRest(StandInState state, String address) {
        this.state = state;
        this.address = address;
        this.objects = new StandInObjects(address);
    }

    /** A request that has a token. */
    private record Request(StandInState.Token token, String method, URI uri, JsonObject body) {}

    StandInReply reply(StandInState.Token token, String method, URI uri, JsonObject body) {
        var path = uri.getPath();
        if (!path.startsWith(VERSION)) {
            return StandInReply.refusal("address", Map.of());
        }
        var parts = List.of(path.substring(VERSION.length()).split("/"));
        var request = new Request(token, method, uri, body);
        if (parts.equals(List.of("access-token"))) {
            return StandInReply.of(200, objects.token(token));
        }
        if (parts.size() < 3 || !parts.get(0).equals("organizations")) {
            return StandInReply.refusal("address", Map.of());
        }
        return refusal(request, parts).orElseGet(() -> inOrganization(request, parts.subList(2, parts.size())));
    }

    /** The scope is asked for before what it is about. */
    private static Optional<StandInReply> refusal(Request request, List<String> parts) {
        var question = parts.get(2).equals("agents")
                ? "readAgents"
                : request.method().equals("GET") ? "readClusters" : "writeClusters";
        var scope = StandInAnswers.TABLE.scope(question);
        if (scope.isPresent() && !request.token().scopes().contains(scope.get())) {
            return Optional.of(StandInReply.refusal("scope", Map.of("scope", scope.get())));
        }
        return parts.get(1).equals(StandInState.ORGANIZATION)
                ? Optional.empty()
                : Optional.of(StandInReply.refusal("organization", Map.of()));
    }

    private StandInReply inOrganization(Request request, List<String> parts) {
        synchronized (state) {
            if (parts.equals(List.of("agents"))) {
                return page(request, queues().flatMap(objects::agents).toList());
            }
            if (!parts.get(0).equals("clusters")) {
                return StandInReply.refusal("address", Map.of());
            }
            if (parts.size() == 1) {
                return page(
                        request, state.clusters().stream().map(objects::cluster).toList());
            }
            return state.clusters().stream()
                    .filter(cluster -> cluster.id().equals(parts.get(1)))
                    .findFirst()
                    .map(cluster -> inCluster(request, cluster, parts.subList(2, parts.size())))
                    .orElseGet(() -> StandInReply.refusal("cluster", Map.of()));
        }
    }

    private Stream<StandInState.Queue> queues() {
        return state.clusters().stream().flatMap(cluster -> cluster.queues().stream());
    }

    private StandInReply inCluster(Request request, StandInState.Cluster cluster, List<String> parts) {
        if (parts.isEmpty()) {
            return StandInReply.of(200, objects.cluster(cluster));
        }
        if (parts.equals(List.of("tokens"))) {
            return page(
                    request,
                    cluster.tokens().stream()
                            .map(token -> objects.agentToken(cluster, token))
                            .toList());
        }
        if (!parts.get(0).equals("queues")) {
            return StandInReply.refusal("address", Map.of());
        }
        if (parts.size() == 1) {
            return page(request, cluster.queues().stream().map(objects::queue).toList());
        }
        return cluster.queues().stream()
                .filter(queue -> queue.id.equals(parts.get(1)))
                .findFirst()
                .map(queue -> onQueue(request, queue, String.join("/", parts.subList(2, parts.size()))))
                .orElseGet(() -> StandInReply.refusal("queue", Map.of()));
    }

    private StandInReply onQueue(Request request, StandInState.Queue queue, String action) {
        switch (request.method() + " " + action) {
            case "GET ":
                break;
            case "POST pause_dispatch":
                if (queue.pause.isPresent()) {
                    return StandInReply.refusal("paused", Map.of());
                }
                var note = request.body().get("dispatch_paused_note");
                queue.pause = Optional.of(new StandInState.Pause(
                        request.token().user(), note == null ? "" : note.getAsString(), Instant.now()));
                break;
            case "POST resume_dispatch":
                if (queue.pause.isEmpty()) {
                    return StandInReply.refusal("notPaused", Map.of());
                }
                queue.pause = Optional.empty();
                break;
            default:
                return StandInReply.refusal("address", Map.of());
        }
        return StandInReply.of(200, objects.queue(queue));
    }

    private StandInReply page(Request request, List<Map<String, Object>> all) {
        var query = query(request.uri());
        var size = Math.min(
                Integer.parseInt(
                        query.getOrDefault("per_page", String.valueOf(StandInAnswers.TABLE.limit("pageByDefault")))),
                StandInAnswers.TABLE.limit("pageAtMost"));
        var page = Integer.parseInt(query.getOrDefault("page", "1"));
        var last = Math.max(1, (all.size() + size - 1) / size);
        var from = Math.min((page - 1) * size, all.size());
        var reply = StandInReply.of(200, all.subList(from, Math.min(from + size, all.size())));
        var links = new TreeMap<String, Integer>();
        if (page < last) {
            links.put("next", page + 1);
            links.put("last", last);
        }
        if (page > 1) {
            links.put("prev", page - 1);
            links.put("first", 1);
        }
        return links.isEmpty()
                ? reply
                : reply.with(Map.of(
                        "Link",
                        links.entrySet().stream()
                                .map(link -> "<" + address + request.uri().getPath() + "?page=" + link.getValue()
                                        + "&per_page=" + size + ">; rel=\"" + link.getKey() + "\"")
                                .collect(Collectors.joining(", "))));
    }

    private static Map<String, String> query(URI uri) {
        return Stream.ofNullable(uri.getRawQuery())
                .flatMap(query -> Stream.of(query.split("&")))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
