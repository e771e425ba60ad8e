package io.buildkitefleet.plan;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.fleet.QueueSummary;
import io.buildkitefleet.fleet.Quota;
import io.buildkitefleet.fleet.access.AccountRole;
import io.buildkitefleet.fleet.access.AccountRoles;
import io.buildkitefleet.pulumi.ProjectException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The fleet of a stack as its plan carries it. */
final class FleetJson {
    /** The key under which a plan has it. */
    static final String KEY = "fleet";

    private static final String SHARED = "sharedIdentities";

    private static final String READERS = "secretReaders";

    private static final String ROLES = "accountRoles";

    private static final String HOOKS = "hooks";

    private static final String ADMISSION = "admission";

    private static final String TOKENS = "tokens";

    private static final String IMAGES = "images";

    private static final String DEBUGGERS = "debuggers";

    private static final Gson GSON = new Gson();

    private FleetJson() {}

    /**
     * {@code queues}, a summary of each, {@code quotas}, by metric, {@code secretReaders}, lists by secret,
     * {@code accountRoles}, {@code hooks}, digests by queue and file, {@code admission}, digests by policy and part,
     * {@code tokens}, conditions by pool and provider, {@code images}, and {@code debuggers}, by queue, and
     * {@code sharedIdentities}, if there are some.
     */
    static JsonObject of(StackPreview preview) {
        var fleet = preview.fleet();
        var queues = new JsonArray();
        fleet.queues()
                .forEach(queue ->
                        queues.add(GSON.toJsonTree(QueueSummary.of(queue).asMap())));
        var quotas = new JsonObject();
        fleet.quotas().forEach(quota -> quotas.addProperty(quota.metric(), quota.amount()));
        var json = new JsonObject();
        json.add("queues", queues);
        json.add("quotas", quotas);
        json.add(READERS, GSON.toJsonTree(fleet.secretReaders()));
        json.add(ROLES, GSON.toJsonTree(AccountRoles.of(fleet)));
        json.add(HOOKS, GSON.toJsonTree(HookDigests.of(fleet)));
        json.add(ADMISSION, GSON.toJsonTree(PolicyDigests.of(fleet)));
        json.add(TOKENS, GSON.toJsonTree(FleetSummary.tokens(fleet)));
        json.add(IMAGES, GSON.toJsonTree(fleet.ownImages()));
        var debuggers = FleetSummary.debuggers(fleet);
        if (!debuggers.isEmpty()) {
            json.add(DEBUGGERS, GSON.toJsonTree(debuggers));
        }
        if (!preview.sharedIdentities().isEmpty()) {
            json.add(SHARED, GSON.toJsonTree(preview.sharedIdentities()));
        }
        return json;
    }

    /**
     * What a plan says of its fleet; nothing if it was not made here.
     *
     * @param name how a person knows the plan, for messages
     */
    static Optional<FleetSummary> read(String name, JsonObject plan) {
        if (!plan.has(KEY)) {
            return Optional.empty();
        }
        if (plan.get(KEY) instanceof JsonObject fleet
                && fleet.get("queues") instanceof JsonArray queues
                && fleet.get("quotas") instanceof JsonObject quotas
                && queues.asList().stream().allMatch(FleetJson::isQueue)
                && quotas.asMap().values().stream().allMatch(JsonValues::isNumber)
                && (!fleet.has(SHARED) || isObjects(fleet.get(SHARED), "account", "stack"))
                && (!fleet.has(READERS) || isReaders(fleet.get(READERS)))
                && (!fleet.has(DEBUGGERS) || isReaders(fleet.get(DEBUGGERS)))
                && (!fleet.has(ROLES) || isObjects(fleet.get(ROLES), "member", "role", "on"))
                && (!fleet.has(HOOKS) || isTextsByPart(fleet.get(HOOKS)))
                && (!fleet.has(TOKENS) || isTextsByPart(fleet.get(TOKENS)))
                && (!fleet.has(ADMISSION) || isTextsByPart(fleet.get(ADMISSION)))
                && (!fleet.has(IMAGES) || isTexts(fleet.get(IMAGES)))) {
            return Optional.of(new FleetSummary(
                    queues.asList().stream().map(FleetJson::queue).toList(),
                    quotas.asMap().entrySet().stream()
                            .map(quota ->
                                    new Quota(quota.getKey(), quota.getValue().getAsLong()))
                            .toList(),
                    fleet.has(SHARED) ? List.of(GSON.fromJson(fleet.get(SHARED), SharedIdentity[].class)) : List.of(),
                    readers(fleet, READERS),
                    fleet.has(ROLES) ? List.of(GSON.fromJson(fleet.get(ROLES), AccountRole[].class)) : List.of(),
                    textsByPart(fleet, HOOKS),
                    textsByPart(fleet, ADMISSION),
                    textsByPart(fleet, TOKENS),
                    fleet.has(IMAGES) ? texts(fleet.get(IMAGES)) : List.of(),
                    readers(fleet, DEBUGGERS)));
        }
        throw new ProjectException(
                name + ": its \"" + KEY + "\" can't be read: it has queues, each with its queue and "
                        + "trust, quotas, each a number, and perhaps sharedIdentities, each with its account and stack, secretReaders, each a "
                        + "list of members, debuggers, a list of members for each queue, accountRoles, each with its member, its role and what it is on, hooks, a digest for each file of "
                        + "each queue, admission, digests of each policy, tokens, a condition for each provider of each pool, and images, a list of names");
    }

    private static Map<String, List<String>> readers(JsonObject fleet, String key) {
        var readers = new LinkedHashMap<String, List<String>>();
        if (fleet.get(key) instanceof JsonObject bySecret) {
            bySecret.asMap().forEach((secret, members) -> readers.put(secret, texts(members)));
        }
        return readers;
    }

    private static Map<String, Map<String, String>> textsByPart(JsonObject fleet, String key) {
        var all = new LinkedHashMap<String, Map<String, String>>();
        if (fleet.get(key) instanceof JsonObject byName) {
            byName.asMap().forEach((name, parts) -> {
                var texts = new LinkedHashMap<String, String>();
                parts.getAsJsonObject().asMap().forEach((part, text) -> texts.put(part, text.getAsString()));
                all.put(name, texts);
            });
        }
        return all;
    }

    private static List<String> texts(JsonElement list) {
        return list.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private static boolean isTextsByPart(JsonElement json) {
        return json instanceof JsonObject byName
                && byName.asMap().values().stream()
                        .allMatch(parts -> parts instanceof JsonObject texts
                                && texts.asMap().values().stream().allMatch(JsonValues::isText));
    }

    private static boolean isTexts(JsonElement json) {
        return json instanceof JsonArray list && list.asList().stream().allMatch(JsonValues::isText);
    }

    private static boolean isReaders(JsonElement json) {
        return json instanceof JsonObject bySecret
                && bySecret.asMap().values().stream().allMatch(FleetJson::isTexts);
    }

    /** Whether it is a list of objects that have a text under each of these names. */
    private static boolean isObjects(JsonElement json, String... names) {
        return json instanceof JsonArray items
                && items.asList().stream()
                        .allMatch(item -> item instanceof JsonObject object
                                && Stream.of(names).map(object::get).allMatch(JsonValues::isText));
    }

    private static boolean isQueue(JsonElement json) {
        return json instanceof JsonObject queue
                && List.of(PlannedQueue.NAME, PlannedQueue.TRUST).stream()
                        .allMatch(key -> JsonValues.isText(queue.get(key)));
    }

    private static PlannedQueue queue(JsonElement json) {
        var fields = new LinkedHashMap<String, Object>();
        json.getAsJsonObject().asMap().forEach((name, value) -> fields.put(name, plain(value)));
        return PlannedQueue.of(fields);
    }

    private static Object plain(JsonElement value) {
        if (value instanceof JsonArray items) {
            return items.asList().stream().map(FleetJson::plain).toList();
        }
        return value instanceof JsonPrimitive primitive ? primitive.getAsString() : value.toString();
    }
}
