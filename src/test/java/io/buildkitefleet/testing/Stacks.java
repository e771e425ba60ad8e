package io.buildkitefleet.testing;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.pulumi.BaseFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A stack's configuration to start from, and to change key by key. A path stands below {@code buildkite-fleet:fleet}
 * and counts the items of a list: {@code cluster.authorizedNetworks.0.cidr}. Each change makes a new stack.
 */
public final class Stacks implements ConfigSource {
    public static final String NAMESPACE = "buildkite-fleet:";
    public static final String FLEET = NAMESPACE + "fleet";
    public static final String PROJECT = "gcp:project";

    /** What every secret of these stacks begins with. */
    public static final String SECRET_VALUE = "bkct-hunter2";

    private static final Gson JSON = new Gson();

    private static final String MINIMAL = """
            config:
              gcp:project: acme-ci-dev
              buildkite-fleet:agentToken: {secure: AAABAExample}
              buildkite-fleet:fleet:
                organization: acme
                region: us-west1
                cluster: {authorizedNetworks: [{cidr: 203.0.113.0/24, name: office}]}
                pools:
                  big: {machineType: n1-standard-8, max: 4}
                queues:
                  big: {pool: big}
            """;

    private static final String LOCAL = """
            config:
              buildkite-fleet:agentToken: {secure: AAABAExample}
              buildkite-fleet:fleet:
                organization: acme
                local: {context: kind-fleet}
                queues:
                  local: {}
            """;

    private static final Stacks FULL = ofYaml("full", text(Path.of("src/test/resources/stacks/Pulumi.full.yaml")));

    private final String name;
    private final Map<String, String> values;
    private final Set<String> secrets;

    private Stacks(String name, Map<String, String> values, Set<String> secrets) {
        this.name = name;
        this.values = values;
        this.secrets = secrets;
    }

    /** The stack {@code dev}, with the keys that have no default and nothing else. */
    public static Stacks minimal() {
        return ofYaml("dev", MINIMAL);
    }

    /** The same with a mac, for which a path of it can be changed. */
    public Stacks withMac() {
        return with("organizationId", "bb3125de-4dc9-44cf-ad18-65d2b71a5a34").with("mac", "{pipelines: [app]}");
    }

    /** The stack {@code local}, in a cluster that is there already, with one queue of its name. */
    public static Stacks local() {
        return ofYaml("local", LOCAL);
    }

    /** The stack {@code full}, which has every key. */
    public static Stacks full() {
        return FULL;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The stack of a file with this text. */
    public static Stacks ofYaml(String name, String text) {
        var stack = new Stacks(name, new TreeMap<>(), new HashSet<>());
        Json.parse(text).getAsJsonObject().getAsJsonObject("config").asMap().forEach((key, value) -> {
            if (value.isJsonObject() && value.getAsJsonObject().has("secure")) {
                stack.values.put(key, valueOf(key));
                stack.secrets.add(key);
            } else {
                stack.values.put(key, value.isJsonPrimitive() ? value.getAsString() : value.toString());
            }
        });
        return stack;
    }

    public Stacks named(String stack) {
        return new Stacks(stack, new TreeMap<>(values), new HashSet<>(secrets));
    }

    /** With a value, written as YAML, at a path of the fleet; objects on the way are made. */
    public Stacks with(String path, String yaml) {
        return with(path, Json.parse(yaml));
    }

    public Stacks with(String path, JsonElement value) {
        var fleet = fleet();
        var cut = path.lastIndexOf('.');
        var parent = cut < 0 ? fleet : at(fleet, path.substring(0, cut));
        var key = path.substring(cut + 1);
        if (parent.isJsonArray()) {
            parent.getAsJsonArray().set(Integer.parseInt(key), value);
        } else {
            parent.getAsJsonObject().add(key, value);
        }
        return withKey(FLEET, fleet.toString());
    }

    /** Without what stands at a path of the fleet. */
    public Stacks without(String path) {
        var fleet = fleet();
        var cut = path.lastIndexOf('.');
        var parent = cut < 0 ? fleet : at(fleet, path.substring(0, cut)).getAsJsonObject();
        parent.remove(path.substring(cut + 1));
        return withKey(FLEET, fleet.toString());
    }

    /** With a key beside the fleet, in plain text. */
    public Stacks withKey(String key, String value) {
        var copy = named(name);
        copy.values.put(key, value);
        copy.secrets.remove(key);
        return copy;
    }

    /** With a secret of the project. */
    public Stacks withSecret(String key) {
        return withSecret(NAMESPACE + key, valueOf(NAMESPACE + key));
    }

    private static String valueOf(String key) {
        var value = SECRET_VALUE + "-" + key.substring(key.indexOf(':') + 1);
        return key.equals(NAMESPACE + "signingKey") ? TestKeys.privateSet(value) : value;
    }

    public Stacks withSecret(String key, String value) {
        var copy = withKey(key, value);
        copy.secrets.add(key);
        return copy;
    }

    public Stacks withoutKey(String key) {
        var copy = named(name);
        copy.values.remove(key);
        copy.secrets.remove(key);
        return copy;
    }

    /** As a stack's file. */
    public String yaml() {
        var config = new JsonObject();
        values.forEach((key, value) -> {
            if (secrets.contains(key)) {
                var secret = new JsonObject();
                secret.addProperty("secure", "AAABAExample");
                config.add(key, secret);
            } else if (key.equals(FLEET)) {
                config.add(key, fleet());
            } else {
                config.addProperty(key, value);
            }
        });
        return "config: " + config + "\n";
    }

    /** The fleet as JSON, to look at or to take apart. */
    public JsonObject fleet() {
        return JSON.fromJson(values.get(FLEET), JsonObject.class);
    }

    private static JsonElement at(JsonObject fleet, String path) {
        JsonElement place = fleet;
        for (var step : path.split("\\.")) {
            if (place.isJsonArray()) {
                place = place.getAsJsonArray().get(Integer.parseInt(step));
            } else {
                var object = place.getAsJsonObject();
                if (!object.has(step)) {
                    object.add(step, new JsonObject());
                }
                place = object.get(step);
            }
        }
        return place;
    }

    @Override
    public String stack() {
        return name;
    }

    @Override
    public Set<String> keys() {
        return Set.copyOf(values.keySet());
    }

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    @Override
    public BaseFiles bases() {
        return new BaseFiles(Path.of(""), "buildkite-fleet");
    }

    @Override
    public boolean isSecret(String key) {
        return secrets.contains(key);
    }
}
