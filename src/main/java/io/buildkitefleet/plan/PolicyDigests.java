package io.buildkitefleet.plan;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.fleet.Caches;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.kubernetes.AdmissionPolicy;
import io.buildkitefleet.kubernetes.admission.QueueAdmission;
import io.buildkitefleet.kubernetes.caches.BuildCaches;
import io.buildkitefleet.kubernetes.mirrors.MirrorRefresh;
import io.buildkitefleet.kubernetes.queue.DeployAdmission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the admission policies of a fleet are, told by their digests. */
public final class PolicyDigests {
    /** The part of a policy itself. */
    public static final String POLICY = "policy";

    /** The part of what the policy is bound to. */
    public static final String BINDING = "binding";

    private static final Gson GSON = new Gson();

    private PolicyDigests() {}

    /** Of {@link #POLICY} and {@link #BINDING}, by the name that both have in the cluster. */
    static Map<String, Map<String, String>> of(Fleet fleet) {
        var digests = new TreeMap<String, Map<String, String>>();
        policies(fleet)
                .forEach(policy -> digests.put(
                        policy.name(),
                        new TreeMap<>(Map.of(POLICY, of(policy.spec()), BINDING, of(policy.binding())))));
        return digests;
    }

    /** All that the program makes for a fleet. */
    public static List<AdmissionPolicy> policies(Fleet fleet) {
        var policies = new ArrayList<>(QueueAdmission.policies(!fleet.isLocal()));
        if (!fleet.namespaces().isEmpty()) {
            policies.addAll(DeployAdmission.args(fleet.deployNamespaces()).policies());
        }
        fleet.caches()
                .map(Caches::servers)
                .filter(servers -> !servers.isEmpty())
                .ifPresent(servers ->
                        policies.addAll(BuildCaches.admission(servers).policies()));
        fleet.mirrorDisks().ifPresent(disks -> policies.addAll(MirrorRefresh.policies(disks)));
        return policies;
    }

    private static String of(Map<String, Object> spec) {
        return of(GSON.toJsonTree(spec));
    }

    /** The SHA-256 of a value, in hexadecimal, whatever the order of names in it. */
    public static String of(JsonElement value) {
        return HookDigests.of(GSON.toJson(ordered(value)));
    }

    private static JsonElement ordered(JsonElement value) {
        if (value instanceof JsonObject object) {
            var copy = new JsonObject();
            new TreeMap<>(object.asMap()).forEach((name, inner) -> copy.add(name, ordered(inner)));
            return copy;
        }
        if (value instanceof JsonArray items) {
            var copy = new JsonArray(items.size());
            items.forEach(item -> copy.add(ordered(item)));
            return copy;
        }
        return value instanceof JsonPrimitive scalar && scalar.isNumber()
                ? new JsonPrimitive(scalar.getAsDouble())
                : value;
    }
}
