package io.buildkitefleet.apiserver;

import com.google.gson.JsonObject;
import io.buildkitefleet.testing.Json;

/** What GKE adds to a cluster and the fleet uses. */
final class GkeObjects {
    /** Of a cluster with sandboxed nodes. */
    private static final JsonObject GVISOR = Json.parse("""
            apiVersion: node.k8s.io/v1
            kind: RuntimeClass
            metadata: {name: gvisor}
            handler: gvisor
            scheduling:
              nodeSelector: {sandbox.gke.io/runtime: gvisor}
              tolerations: [{key: sandbox.gke.io/runtime, operator: Equal, value: gvisor, effect: NoSchedule}]
            """).getAsJsonObject();

    private GkeObjects() {}

    static void addTo(ApiClient client) throws InterruptedException {
        client.create(GVISOR);
        for (var definition : SnapshotApi.definitions()) {
            client.apply(definition);
            awaitServed(client, definition);
        }
    }

    /** The first to ask for objects of a new kind may be told to come again. */
    private static void awaitServed(ApiClient client, JsonObject definition) throws InterruptedException {
        var spec = definition.getAsJsonObject("spec");
        var path = "/apis/" + Json.text(spec, "group") + "/v1/" + Json.text(Json.object(spec, "names"), "plural");
        Eventually.holds(path + " is served", () -> client.isServed(path));
    }
}
