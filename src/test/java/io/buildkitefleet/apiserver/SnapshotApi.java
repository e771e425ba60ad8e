package io.buildkitefleet.apiserver;

import com.google.gson.JsonObject;
import io.buildkitefleet.testing.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** As much of the API of volume snapshots, which GKE adds to a cluster, as the fleet uses. */
final class SnapshotApi {
    private static final String GROUP = "snapshot.storage.k8s.io";

    private static final String CLASS = """
            type: object
            required: [driver, deletionPolicy]
            properties:
              driver: {type: string}
              deletionPolicy: {type: string, enum: [Delete, Retain]}
              parameters: {type: object, additionalProperties: {type: string}}
            """;

    private static final String SNAPSHOT = """
            type: object
            required: [spec]
            properties:
              spec:
                type: object
                required: [source]
                properties:
                  volumeSnapshotClassName: {type: string}
                  source: {type: object, properties: {persistentVolumeClaimName: {type: string}}}
              status: {type: object, properties: {readyToUse: {type: boolean}}}
            """;

    private SnapshotApi() {}

    static List<JsonObject> definitions() {
        return List.of(
                definition("Cluster", "VolumeSnapshotClass", "volumesnapshotclasses", CLASS),
                definition("Namespaced", "VolumeSnapshot", "volumesnapshots", SNAPSHOT));
    }

    private static JsonObject definition(String scope, String kind, String plural, String schema) {
        var definition = Json.of(Map.of("apiVersion", "apiextensions.k8s.io/v1", "kind", "CustomResourceDefinition"));
        definition.add(
                "metadata",
                Json.parse("{name: " + plural + "." + GROUP + ", annotations: {api-approved.kubernetes.io: "
                        + "'https://github.com/kubernetes-csi/external-snapshotter/pull/419'}}"));
        definition.add(
                "spec",
                Json.parse(String.format(Locale.ROOT, """
                group: %s
                scope: %s
                names: {kind: %s, plural: %s, singular: %s}
                versions: [{name: v1, served: true, storage: true, subresources: {status: {}}}]
                """, GROUP, scope, kind, plural, kind.toLowerCase(Locale.ROOT))));
        var version =
                Json.list(definition.getAsJsonObject("spec"), "versions").get(0).getAsJsonObject();
        Json.object(version, "schema").add("openAPIV3Schema", Json.parse(schema));
        return definition;
    }
}
