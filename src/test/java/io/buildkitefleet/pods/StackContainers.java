package io.buildkitefleet.pods;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The containers of a job's pod, as the controller makes them before its pod spec patch. */
final class StackContainers {
    private static final Path TEMPLATES = Path.of("src/test/resources/agent-stack-k8s/containers.yaml");

    /** The chart comes with its agent's image pinned by a digest; any one will do here. */
    private static final String CHART_IMAGE = "ghcr.io/buildkite/agent:3.136.2@sha256:" + "0".repeat(64);

    private static final String WORKSPACE = "/workspace";
    private static final String HOOKS = "/workspace/hooks";
    private static final String PLUGINS = "/workspace/plugins";
    private static final String GIT_MIRRORS = "/buildkite/git-mirrors";

    private static final Map<String, String> CHECKOUT_FLAGS = Map.of(
            "checkoutFlags", "BUILDKITE_GIT_CHECKOUT_FLAGS",
            "cleanFlags", "BUILDKITE_GIT_CLEAN_FLAGS",
            "cloneFlags", "BUILDKITE_GIT_CLONE_FLAGS",
            "fetchFlags", "BUILDKITE_GIT_FETCH_FLAGS");

    private final JsonObject templates = templates();
    private final JsonObject config;
    private final JsonObject plugin;

    StackContainers(JsonObject config, JsonObject plugin) {
        this.config = config;
        this.plugin = plugin;
    }

    /** The volumes of the pod that its containers share, without those that the patch adds. */
    JsonArray volumes() {
        var volumes = new JsonArray();
        volumes.add(
                config.has("workspace-volume")
                        ? config.get("workspace-volume")
                        : Json.parse("{name: workspace, emptyDir: {}}"));
        var agent = Json.object(config, "agent-config");
        for (var volume : List.of("hooksVolume", "pluginsVolume")) {
            if (agent.has(volume)) {
                volumes.add(agent.get(volume));
            }
        }
        Json.list(agent, "additional-hooks").forEach(hooks -> addIfThere(volumes, hooks.getAsJsonObject(), "volume"));
        return volumes;
    }

    /** A command container of the pipeline's own. */
    JsonObject ownCommand(JsonObject given, int number) {
        var container = given.deepCopy();
        var template = template("command");
        container.add("command", template.get("command"));
        container.add("args", template.get("args"));
        Json.list(container, "env").addAll(template.getAsJsonArray("env"));
        addDefault(container, "name", "container-" + number);
        addDefault(container, "workingDir", WORKSPACE);
        applyCommandParams(container);
        Json.list(container, "volumeMounts").addAll(sharedMounts());
        return container;
    }

    /** The command container of a step that names none. */
    JsonObject defaultCommand() {
        var container = template("command");
        container.addProperty("image", image());
        container.add("volumeMounts", sharedMounts());
        applyCommandParams(container);
        return container;
    }

    private void applyCommandParams(JsonObject container) {
        mountAgentVolumes(container);
        apply(Json.object(config, "default-command-params"), container);
        apply(Json.object(plugin, "commandParams"), container);
    }

    JsonObject sidecar(JsonObject given, int number) {
        var container = given.deepCopy();
        addDefault(container, "name", "sidecar-" + number);
        apply(Json.object(config, "default-sidecar-params"), container);
        Json.list(container, "volumeMounts").addAll(sharedMounts());
        apply(Json.object(plugin, "sidecarParams"), container);
        container.addProperty("restartPolicy", "Always");
        return container;
    }

    JsonObject agent(int graceSeconds) {
        var container = template("agent");
        container.addProperty("image", image());
        container.add("volumeMounts", sharedMounts());
        var env = Json.list(container, "env");
        set(env, "BUILDKITE_CANCEL_GRACE_PERIOD", String.valueOf(Math.max(graceSeconds, 1)));
        set(env, "BUILDKITE_SIGNAL_GRACE_PERIOD_SECONDS", String.valueOf(Math.max(0, graceSeconds - 10)));
        mountAgentVolumes(container);
        for (var params : List.of(Json.object(config, "default-checkout-params"), Json.object(plugin, "checkout"))) {
            CHECKOUT_FLAGS.forEach((flag, variable) -> {
                if (params.has(flag)) {
                    set(env, variable, Json.text(params, flag));
                }
            });
        }
        return container;
    }

    /** The checkout; it may add volumes to the pod. */
    JsonObject checkout(JsonArray podVolumes) {
        var container = template("checkout");
        container.addProperty("image", image());
        container.add("volumeMounts", sharedMounts());
        mountAgentVolumes(container);
        for (var params : List.of(Json.object(config, "default-checkout-params"), Json.object(plugin, "checkout"))) {
            var mirrors = Json.object(params, "gitMirrors");
            if (mirrors.has("volume")) {
                podVolumes.add(mirrors.get("volume"));
                mount(container, mirrors.getAsJsonObject("volume"), textOr(mirrors, "path", GIT_MIRRORS));
            }
            apply(params, container);
        }
        return container;
    }

    JsonObject copyAgent() {
        var container = template("copy-agent");
        container.addProperty("image", image());
        container.add("volumeMounts", workspaceMounts());
        return container;
    }

    /** One for each image that no init container pulls before. */
    JsonArray imageChecks(JsonArray containers, JsonArray initContainers) {
        var images = new LinkedHashSet<String>();
        containers.forEach(container -> images.add(Json.text(container.getAsJsonObject(), "image")));
        images.remove(image());
        initContainers.forEach(container -> images.remove(Json.text(container.getAsJsonObject(), "image")));
        var checks = new JsonArray();
        for (var image : images) {
            var check = template("imagecheck");
            check.addProperty("name", "imagecheck-" + checks.size());
            check.addProperty("image", image);
            check.add("volumeMounts", workspaceMounts());
            checks.add(check);
        }
        return checks;
    }

    private void mountAgentVolumes(JsonObject container) {
        var agent = Json.object(config, "agent-config");
        if (agent.has("hooksVolume")) {
            mount(container, agent.getAsJsonObject("hooksVolume"), textOr(agent, "hooks-path", HOOKS));
        }
        for (var hooks : Json.list(agent, "additional-hooks")) {
            var more = hooks.getAsJsonObject();
            if (more.has("volume") && more.has("path")) {
                mount(container, more.getAsJsonObject("volume"), Json.text(more, "path"));
            }
        }
        if (agent.has("pluginsVolume")) {
            mount(container, agent.getAsJsonObject("pluginsVolume"), textOr(agent, "plugins-path", PLUGINS));
        }
    }

    private static void apply(JsonObject params, JsonObject container) {
        Json.list(container, "envFrom").addAll(Json.list(params, "envFrom"));
        Json.list(container, "volumeMounts").addAll(Json.list(params, "extraVolumeMounts"));
    }

    private JsonArray sharedMounts() {
        var mounts = workspaceMounts();
        mounts.addAll(Json.list(plugin, "extraVolumeMounts"));
        return mounts;
    }

    private JsonArray workspaceMounts() {
        var volume = volumes().get(0).getAsJsonObject();
        var mount = mountOf(volume, WORKSPACE);
        if (config.has("workspace-mount-sub-path-expr")) {
            mount.add("subPathExpr", config.get("workspace-mount-sub-path-expr"));
        }
        var mounts = new JsonArray();
        mounts.add(mount);
        return mounts;
    }

    private static void mount(JsonObject container, JsonObject volume, String path) {
        Json.list(container, "volumeMounts").add(mountOf(volume, path));
    }

    private static JsonObject mountOf(JsonObject volume, String path) {
        return Json.of(Map.of("name", Json.text(volume, "name"), "mountPath", path));
    }

    private String image() {
        return textOr(config, "image", CHART_IMAGE);
    }

    private static void set(JsonArray env, String name, String value) {
        StreamSupport.stream(env.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .filter(variable -> Json.text(variable, "name").equals(name))
                .findFirst()
                .ifPresentOrElse(
                        variable -> variable.addProperty("value", value),
                        () -> env.add(Json.of(Map.of("name", name, "value", value))));
    }

    private static void addDefault(JsonObject object, String key, String value) {
        if (!object.has(key)) {
            object.addProperty(key, value);
        }
    }

    private static void addIfThere(JsonArray list, JsonObject object, String key) {
        if (object.has(key)) {
            list.add(object.get(key));
        }
    }

    private static String textOr(JsonObject object, String key, String fallback) {
        return object.has(key) ? Json.text(object, key) : fallback;
    }

    private JsonObject template(String name) {
        return templates.getAsJsonObject(name).deepCopy();
    }

    private static JsonObject templates() {
        try {
            return Json.parse(Files.readString(TEMPLATES)).getAsJsonObject();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
