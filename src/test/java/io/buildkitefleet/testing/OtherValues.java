package io.buildkitefleet.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.read.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What else the values of the full stack could be: each is one value away from a stack that has another there. */
public final class OtherValues {
    /**
     * Two stacks that differ in one value.
     *
     * @param key as the reference of keys has it
     * @param path where the value stands
     */
    public record Change(String key, String path, Stacks before, Stacks after) {}

    /** For keys whose values are more than a number, a flag, a choice or a name of any length; in YAML. */
    private static final Map<String, List<String>> OTHERS = Map.ofEntries(
            Map.entry("organizationId", List.of("0184990a-477b-4fa8-9968-496074483cee")),
            Map.entry("network.nodes", List.of("10.32.0.0/20")),
            Map.entry("network.pods", List.of("10.40.0.0/14")),
            Map.entry("network.services", List.of("10.36.0.0/20")),
            Map.entry("network.controlPlane", List.of("172.16.0.32/28")),
            Map.entry("cluster.authorizedNetworks[].cidr", List.of("10.201.0.0/24")),
            Map.entry("cluster.version", List.of("\"1.37\"")),
            Map.entry("cluster.maintenance.days", List.of("[monday, saturday]")),
            Map.entry("cluster.maintenance.start", List.of("\"04:30\"")),
            Map.entry(
                    "cluster.maintenance.freezes[].from",
                    List.of("\"2027-12-01T00:00:00Z\"", "\"2028-02-25T00:00:00Z\"")),
            Map.entry(
                    "cluster.maintenance.freezes[].until",
                    List.of("\"2028-01-10T00:00:00Z\"", "\"2028-03-04T00:00:00Z\"")),
            Map.entry("pools.<name>.machineType", List.of("n1-standard-16", "e2-standard-8")),
            Map.entry("pools.<name>.size.memory", List.of("16Gi")),
            Map.entry("pools.<name>.zones", List.of("[us-west1-b]", "[us-west1-a]")),
            Map.entry("pools.<name>.accelerator.type", List.of("nvidia-tesla-v100")),
            Map.entry("pools.<name>.accelerator.count", List.of("4")),
            Map.entry("queues.<name>.pool", List.of("stable", "big")),
            Map.entry("queues.<name>.can", List.of("[docker, kubectl]")),
            Map.entry("queues.<name>.image", List.of("ghcr.io/buildkite/agent:3.104.1")),
            Map.entry("checkout.mirrorDisk.image", List.of("ghcr.io/buildkite/agent:3.136.1")),
            Map.entry("queues.<name>.cpu", List.of("600m")),
            Map.entry("queues.<name>.memory", List.of("2Gi")),
            Map.entry("queues.<name>.clusters[].location", List.of("europe-west1")),
            Map.entry("queues.<name>.clusters[].controlPlane", List.of("172.16.9.0/28")),
            Map.entry(
                    "checkout.knownHosts",
                    List.of("[\"[git.example.com]:2222 ssh-ed25519 "
                            + "AAAAC3NzaC1lZDI1NTE5AAAAID/EzP50WHDiwNmfcfMP8GVsje3UHMHX09N2sNvmheLz\"]")),
            Map.entry("namespaces.<name>.pool", List.of("big")),
            Map.entry("caches.go.queues", List.of("[big, small]")),
            Map.entry("deployer.buildkite.up.cluster", List.of("4735ba57-80d0-46e2-8fa0-b28223a86586")),
            Map.entry("deployer.buildkite.preview.cluster", List.of("4735ba57-80d0-46e2-8fa0-b28223a86586")),
            Map.entry("deployer.buildkite.up.pipeline", List.of("0184990a-477b-4fa8-9968-496074483cee")),
            Map.entry("deployer.buildkite.preview.pipeline", List.of("0184990a-477b-4fa8-9968-496074483cee")),
            Map.entry("signing.keyId", List.of(TestKeys.OLD_ID)),
            Map.entry("waivers[].rule", List.of("cluster-groups")),
            Map.entry("waivers[].until", List.of("\"2026-06-30\"")));

    /** Changes that the rest of the full stack forbids, and so have to start elsewhere. */
    private static final List<Change> ELSEWHERE = List.of(
            change(
                    "region",
                    "region",
                    Stacks.full()
                            .without("zones")
                            .without("pools.big.zones")
                            .without("pools.stable.zones")
                            .without("pools.gpu.zones")
                            .without("pools.uploads.zones")
                            .without("checkout.gitMirror")
                            .without("checkout.mirrorDisk"),
                    "us-east1"),
            change(
                    "zones",
                    "zones",
                    Stacks.full()
                            .without("pools.stable")
                            .without("queues.deploy")
                            .without("namespaces")
                            .with("signing.queues", "[gpu]"),
                    "[us-west1-a]"),
            change("local.context", "local.context", Stacks.local(), "kind-other"),
            change("pools.<name>.sandbox", "pools.stable.sandbox", Stacks.full(), "gvisor"),
            change(
                    "queues.<name>.trust",
                    "queues.untrusted.trust",
                    Stacks.full().with("pools.sandbox.zones", "[us-west1-a]"),
                    "trusted"),
            change(
                    "usage.artifactWrites",
                    "usage.artifactWrites",
                    Stacks.full().with("artifacts.location", "us-west1"),
                    "600000"),
            change(
                    "deployer.repository",
                    "deployer.repository",
                    Stacks.full()
                            .with("queues.deploy.only", "{branches: [main]}")
                            .with("deployer.buildkite.up.queue", "deploy"),
                    "https://git.example.com:8443/group/tools/lint"),
            change(
                    "checkout.gitMirror",
                    "checkout.gitMirror",
                    Stacks.full().without("checkout.mirrorDisk").with("checkout.gitMirror", "none"),
                    "node"));

    /** The queues that stay where a value is of none, nor of a pool. */
    private static final Set<String> USUAL = Set.of("small", "deploy");

    private final Map<Set<String>, Stacks> reduced = new HashMap<>();

    OtherValues() {}

    /** For each value of the full stack that can be another by itself, the first one that it can be. */
    public static List<Change> ofFullStack() {
        var allowed = new HashMap<String, String>();
        FleetConfigReader.reference().keys().forEach(key -> allowed.put(key.path(), key.allowed()));
        var values = new OtherValues();
        return Stream.concat(
                        StackValue.of(Stacks.full()).stream()
                                .flatMap(value -> values.change(value, allowed.get(value.key())).stream()),
                        ELSEWHERE.stream())
                .toList();
    }

    private Optional<Change> change(StackValue value, String allowed) {
        return Stream.of(around(value.path()), Stacks.full())
                .filter(stack -> StackValue.of(stack).contains(value))
                .flatMap(stack -> others(value, allowed)
                        .filter(other -> !other.equals(value.json()))
                        .map(other ->
                                new Change(value.key(), value.path(), stack, changed(stack, value.path(), other))))
                .filter(change -> BadStack.problems(change.before()).isEmpty())
                .filter(change -> BadStack.problems(change.after()).isEmpty())
                .findFirst();
    }

    /** The full stack, less the queues that have nothing to do with a value: each takes its share of the time. */
    Stacks around(String path) {
        var name = path.split("\\.");
        return reduced.computeIfAbsent(
                switch (name[0]) {
                    case "queues" -> Set.of(name[1]);
                    case "pools" -> queuesOf(name[1]);
                    case "signing" -> Set.of("small", "deploy", "upload");
                    case "namespaces" -> Set.of("deploy", "gpu");
                    case "waivers" ->
                        Stacks.full().fleet().getAsJsonObject("queues").keySet();
                    default -> USUAL;
                },
                OtherValues::reduced);
    }

    private static Set<String> queuesOf(String pool) {
        return Stacks.full().fleet().getAsJsonObject("queues").entrySet().stream()
                .filter(queue ->
                        Json.text(queue.getValue().getAsJsonObject(), "pool").equals(pool))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Stacks reduced(Set<String> kept) {
        var fleet = Stacks.full().fleet();
        var queues = fleet.getAsJsonObject("queues");
        queues.keySet().retainAll(kept);
        fleet.getAsJsonObject("pools").keySet().removeIf(pool -> queuesOf(pool).stream()
                .noneMatch(kept::contains));
        fleet.getAsJsonObject("namespaces")
                .entrySet()
                .removeIf(namespace -> !kept.contains("deploy")
                        || !fleet.getAsJsonObject("pools")
                                .has(Json.text(namespace.getValue().getAsJsonObject(), "pool")));
        for (var cache : List.of("bazel", "go")) {
            var server = Json.object(fleet.getAsJsonObject("caches"), cache);
            var sharing = Json.list(server, "queues").asList();
            sharing.removeIf(queue -> !kept.contains(queue.getAsString()));
            if (sharing.isEmpty()) {
                server.remove("queues");
            }
        }
        fleet.getAsJsonObject("pools").asMap().forEach((name, pool) -> {
            if (queuesOf(name).stream().filter(kept::contains).count() < 2) {
                pool.getAsJsonObject().remove("shared");
            }
        });
        if (kept.contains("upload")) {
            Json.list(fleet.getAsJsonObject("signing"), "queues")
                    .asList()
                    .removeIf(queue -> !kept.contains(queue.getAsString()));
        } else {
            fleet.remove("signing");
        }
        return withItsSecrets(Stacks.full().withKey(Stacks.FLEET, fleet.toString()));
    }

    private static Change change(String key, String path, Stacks before, String yaml) {
        var start = withItsSecrets(before);
        return new Change(key, path, start, changed(start, path, Json.parse(yaml)));
    }

    private static Stacks changed(Stacks stack, String path, JsonElement value) {
        return withItsSecrets(stack.with(path, value));
    }

    /** With the secrets that it names and no others. */
    static Stacks withItsSecrets(Stacks stack) {
        var needed = FleetConfigReader.read(stack, new Problems(stack.stack())).secretKeys();
        var result = stack;
        for (var key : stack.keys()) {
            if (stack.isSecret(key) && !needed.contains(key.substring(Stacks.NAMESPACE.length()))) {
                result = result.withoutKey(key);
            }
        }
        for (var key : needed) {
            result = result.withSecret(key);
        }
        return result;
    }

    private static Stream<JsonElement> others(StackValue value, String allowed) {
        return Stream.concat(
                OTHERS.getOrDefault(value.key(), List.of()).stream().map(Json::parse), near(value.json(), allowed));
    }

    private static Stream<JsonElement> near(JsonElement json, String allowed) {
        if (json.isJsonArray()) {
            var fewer = json.getAsJsonArray().deepCopy();
            fewer.remove(fewer.size() - 1);
            return Stream.of(fewer);
        }
        if (json.isJsonObject()) {
            var fewer = json.getAsJsonObject().deepCopy();
            fewer.remove(fewer.keySet().iterator().next());
            return Stream.of(fewer);
        }
        var primitive = json.getAsJsonPrimitive();
        if (primitive.isBoolean()) {
            return Stream.of(new JsonPrimitive(!primitive.getAsBoolean()));
        }
        if (primitive.isNumber()) {
            return Stream.of(1, -1).map(step -> new JsonPrimitive(primitive.getAsInt() + step));
        }
        return choices(allowed)
                .map(choices -> choices.filter(choice -> !choice.equals(primitive.getAsString())))
                .orElseGet(() -> Stream.of(primitive.getAsString() + "x"))
                .map(JsonPrimitive::new);
    }

    private static Optional<Stream<String>> choices(String allowed) {
        return Optional.of(allowed)
                .filter(words -> words.startsWith("one of "))
                .map(words -> Stream.of(words.substring("one of ".length()).split(", ")));
    }
}
