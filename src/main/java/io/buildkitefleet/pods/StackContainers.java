package io.buildkitefleet.pods;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The containers of a job's pod, as the controller makes them before its pod spec patch. */
final class StackContainers {
    private static final JsonObject TEMPLATES = ChartFile.read("containers.yaml");

    private static final String WORKSPACE = "/workspace";
    private static final String HOOKS = "/workspace/hooks";
    private static final String PLUGINS = "/workspace/plugins";
    private static final String GIT_MIRRORS = "/buildkite/git-mirrors";

    private static final Map<String, String> CHECKOUT_FLAGS = Map.of(
            "checkoutFlags", "BUILDKITE_GIT_CHECKOUT_FLAGS",
            "cleanFlags", "BUILDKITE_GIT_CLEAN_FLAGS",
            "cloneFlags", "BUILDKITE_GIT_CLONE_FLAGS",
            "fetchFlags", "BUILDKITE_GIT_FETCH_FLAGS");

    /** The variables whose values the agent takes out of the log by itself. */
    private static final List<String> REDACTED = List.of(
            "*_PASSWORD",
            "*_SECRET",
            "*_TOKEN",
            "*_PRIVATE_KEY",
            "*_SSH_KEY",
            "*_ACCESS_KEY",
            "*_SECRET_KEY",
            "*_CONNECTION_STRING",
            "*_API_KEY");

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
                        : JsonParts.of(Map.of("name", "workspace", "emptyDir", Map.of())));
        var agent = JsonParts.object(config, "agent-config");
        for (var volume : List.of("hooksVolume", "pluginsVolume", "signingJWKSVolume", "verificationJWKSVolume")) {
            if (agent.has(volume)) {
                volumes.add(agent.get(volume));
            }
        }
        JsonParts.objects(agent, "additional-hooks").forEach(hooks -> addIfThere(volumes, hooks, "volume"));
        return volumes;
    }

    /** A command container of the pipeline's own. */
    JsonObject ownCommand(JsonObject given, int number, int before, String stepCommand) {
        var container = given.deepCopy();
        var command = given.has("command") ? joined(given) : stepCommand;
        addDefault(container, "name", "container-" + number);
        addDefault(container, "workingDir", WORKSPACE);
        JsonParts.list(container, "env")
                .addAll(commandEnv(command, number + before, JsonParts.text(container, "name")));
        runUnderTheAgent(container);
        applyCommandParams(container);
        JsonParts.list(container, "volumeMounts").addAll(sharedMounts());
        return pulled(container);
    }

    /** The command container of a step that names none. */
    JsonObject defaultCommand(String command, int before) {
        var container = JsonParts.of(Map.of("name", "container-0", "image", image(), "workingDir", WORKSPACE));
        container.add("env", commandEnv(command, before, "container-0"));
        runUnderTheAgent(container);
        container.add("volumeMounts", sharedMounts());
        applyCommandParams(container);
        return pulled(container);
    }

    private static void runUnderTheAgent(JsonObject container) {
        container.add("command", texts("/workspace/tini-static"));
        container.add("args", texts("--", "/workspace/buildkite-agent", "kubernetes-bootstrap"));
        JsonParts.object(container, "resources");
    }

    /** Commands become lines; none of the steps here has arguments, which would be quoted. */
    private static String joined(JsonObject container) {
        return JsonParts.list(container, "command").asList().stream()
                .map(JsonElement::getAsString)
                .collect(Collectors.joining("\n"));
    }

    private static JsonArray commandEnv(String command, int number, String name) {
        var env = new JsonArray();
        set(env, "BUILDKITE_BOOTSTRAP_PHASES", "plugin,command");
        set(env, "BUILDKITE_COMMAND", command);
        set(env, "BUILDKITE_CONTAINER_ID", String.valueOf(number));
        set(env, "BUILDKITE_SOCKETS_PATH", WORKSPACE + "/sockets/" + name);
        return env;
    }

    /** The agent's image is pulled before any other container is, and so is what an imagecheck has looked for. */
    private static JsonObject pulled(JsonObject container) {
        container.addProperty("imagePullPolicy", "IfNotPresent");
        return container;
    }

    private void applyCommandParams(JsonObject container) {
        mountAgentVolumes(container);
        mountKeys(container, "signingJWKSVolume", "signing-jwks-file", "/buildkite/signing-jwks");
        apply(JsonParts.object(config, "default-command-params"), container);
        apply(JsonParts.object(plugin, "commandParams"), container);
    }

    JsonObject sidecar(JsonObject given, int number) {
        var container = given.deepCopy();
        addDefault(container, "name", "sidecar-" + number);
        apply(JsonParts.object(config, "default-sidecar-params"), container);
        JsonParts.list(container, "volumeMounts").addAll(sharedMounts());
        apply(JsonParts.object(plugin, "sidecarParams"), container);
        container.addProperty("restartPolicy", "Always");
        JsonParts.object(container, "resources");
        return container;
    }

    JsonObject agent(String job, String tags, int managed, int graceSeconds) {
        var container = pulled(template("agent"));
        container.addProperty("image", image());
        container.add("volumeMounts", sharedMounts());
        var env = JsonParts.list(container, "env");
        set(env, "BUILDKITE_CONTAINER_COUNT", String.valueOf(managed));
        set(env, "BUILDKITE_AGENT_TAGS", tags);
        set(env, "BUILDKITE_AGENT_ACQUIRE_JOB", job);
        set(env, "BUILDKITE_REDACTED_VARS", redacted());
        set(env, "BUILDKITE_CANCEL_GRACE_PERIOD", String.valueOf(Math.max(graceSeconds, 1)));
        set(env, "BUILDKITE_SIGNAL_GRACE_PERIOD_SECONDS", String.valueOf(Math.max(0, graceSeconds - 10)));
        configure(container, env);
        for (var params :
                List.of(JsonParts.object(config, "default-checkout-params"), JsonParts.object(plugin, "checkout"))) {
            CHECKOUT_FLAGS.forEach((flag, variable) -> setIfThere(env, variable, params, flag));
            setIfThere(env, "BUILDKITE_NO_GIT_SUBMODULES", params, "noSubmodules");
            var mirrors = JsonParts.object(params, "gitMirrors");
            setIfThere(env, "BUILDKITE_GIT_MIRRORS_PATH", mirrors, "path");
            setIfThere(env, "BUILDKITE_GIT_MIRRORS_SKIP_UPDATE", mirrors, "skipUpdate");
        }
        return container;
    }

    /** What the configuration of agents changes of one. */
    private void configure(JsonObject container, JsonArray env) {
        if (!config.has("agent-config")) {
            return;
        }
        var agent = JsonParts.object(config, "agent-config");
        mountAgentVolumes(container);
        setIfThere(env, "BUILDKITE_AGENT_ENDPOINT", agent, "endpoint");
        setIfThere(env, "BUILDKITE_HOOKS_PATH", agent, "hooks-path");
        setIfThere(env, "BUILDKITE_NO_PTY", agent, "no-pty");
        setIfThere(env, "BUILDKITE_NO_LOCAL_HOOKS", agent, "no-local-hooks");
        setIfThere(env, "BUILDKITE_NO_PLUGINS", agent, "no-plugins");
        mountKeys(container, "signingJWKSVolume", "signing-jwks-file", "/buildkite/signing-jwks");
        setIfThere(env, "BUILDKITE_AGENT_SIGNING_JWKS_FILE", agent, "signing-jwks-file");
        setIfThere(env, "BUILDKITE_AGENT_SIGNING_JWKS_KEY_ID", agent, "signing-jwks-key-id");
        mountKeys(container, "verificationJWKSVolume", "verification-jwks-file", "/buildkite/verification-jwks");
        setIfThere(env, "BUILDKITE_AGENT_VERIFICATION_JWKS_FILE", agent, "verification-jwks-file");
        if (!agent.has("verification-jwks-file")) {
            addDefault(agent, "verification-failure-behavior", "warn");
        }
        setIfThere(
                env, "BUILDKITE_AGENT_JOB_VERIFICATION_NO_SIGNATURE_BEHAVIOR", agent, "verification-failure-behavior");
    }

    /** Mounts a set of keys, and makes the path of its file a whole one. */
    private void mountKeys(JsonObject container, String volume, String file, String directory) {
        var agent = JsonParts.object(config, "agent-config");
        if (!agent.has(volume)) {
            return;
        }
        var path = Path.of(directory).resolve(textOr(agent, file, "key"));
        agent.addProperty(file, path.toString());
        mount(container, JsonParts.object(agent, volume), path.getParent().toString());
    }

    private String redacted() {
        var names = new ArrayList<>(REDACTED);
        JsonParts.list(config, "additional-redacted-vars").forEach(name -> names.add(name.getAsString()));
        return String.join(",", names);
    }

    /** The checkout; it may add volumes to the pod. */
    JsonObject checkout(JsonArray podVolumes) {
        var container = pulled(template("checkout"));
        container.addProperty("image", image());
        container.add("volumeMounts", sharedMounts());
        mountAgentVolumes(container);
        for (var params :
                List.of(JsonParts.object(config, "default-checkout-params"), JsonParts.object(plugin, "checkout"))) {
            var mirrors = JsonParts.object(params, "gitMirrors");
            if (mirrors.has("volume")) {
                podVolumes.add(mirrors.get("volume"));
                mount(container, JsonParts.object(mirrors, "volume"), textOr(mirrors, "path", GIT_MIRRORS));
            }
            apply(params, container);
        }
        return container;
    }

    JsonObject copyAgent() {
        var container = template("copy-agent");
        container.addProperty("image", image());
        container.addProperty("imagePullPolicy", pullPolicy(image()));
        container.add("volumeMounts", workspaceMounts());
        return container;
    }

    /** One for each image that no init container pulls before. */
    JsonArray imageChecks(JsonArray containers, JsonArray initContainers) {
        var images = new LinkedHashSet<String>();
        JsonParts.objects(containers, "containers")
                .forEach(container -> images.add(JsonParts.text(container, "image")));
        images.remove(image());
        JsonParts.objects(initContainers, "initContainers").forEach(container -> {
            if (JsonParts.text(container, "imagePullPolicy").equals("Always")) {
                images.remove(JsonParts.text(container, "image"));
            }
        });
        var checks = new JsonArray();
        for (var image : images) {
            var check = template("imagecheck");
            check.addProperty("name", "imagecheck-" + checks.size());
            check.addProperty("image", image);
            check.addProperty("imagePullPolicy", pullPolicy(image));
            check.add("volumeMounts", workspaceMounts());
            checks.add(check);
        }
        return checks;
    }

    private static String pullPolicy(String image) {
        return image.contains("@") ? "IfNotPresent" : "Always";
    }

    private void mountAgentVolumes(JsonObject container) {
        var agent = JsonParts.object(config, "agent-config");
        if (agent.has("hooksVolume")) {
            mount(container, JsonParts.object(agent, "hooksVolume"), textOr(agent, "hooks-path", HOOKS));
        }
        for (var more : JsonParts.objects(agent, "additional-hooks")) {
            if (more.has("volume") && more.has("path")) {
                mount(container, JsonParts.object(more, "volume"), JsonParts.text(more, "path"));
            }
        }
        if (agent.has("pluginsVolume")) {
            mount(container, JsonParts.object(agent, "pluginsVolume"), textOr(agent, "plugins-path", PLUGINS));
        }
    }

    private static void apply(JsonObject params, JsonObject container) {
        if (params.has("envFrom")) {
            JsonParts.list(container, "envFrom").addAll(JsonParts.list(params, "envFrom"));
        }
        JsonParts.list(container, "volumeMounts").addAll(JsonParts.list(params, "extraVolumeMounts"));
    }

    private JsonArray sharedMounts() {
        var mounts = workspaceMounts();
        mounts.addAll(JsonParts.list(plugin, "extraVolumeMounts"));
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
        JsonParts.list(container, "volumeMounts").add(mountOf(volume, path));
    }

    private static JsonObject mountOf(JsonObject volume, String path) {
        return JsonParts.of(Map.of("name", JsonParts.text(volume, "name"), "mountPath", path));
    }

    private String image() {
        return JsonParts.text(config, "image");
    }

    private static void set(JsonArray env, String name, String value) {
        JsonParts.objects(env, "env").stream()
                .filter(variable -> JsonParts.text(variable, "name").equals(name))
                .findFirst()
                .ifPresentOrElse(
                        variable -> variable.addProperty("value", value),
                        () -> env.add(JsonParts.of(Map.of("name", name, "value", value))));
    }

    private static void setIfThere(JsonArray env, String name, JsonObject object, String key) {
        if (object.has(key)) {
            set(env, name, JsonParts.text(object, key));
        }
    }

    static String nameOr(JsonObject container, String fallback) {
        return textOr(container, "name", fallback);
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
        return object.has(key) ? JsonParts.text(object, key) : fallback;
    }

    private JsonObject template(String name) {
        return TEMPLATES.getAsJsonObject(name).deepCopy();
    }

    private static JsonArray texts(String... texts) {
        var list = new JsonArray();
        List.of(texts).forEach(list::add);
        return list;
    }
}
