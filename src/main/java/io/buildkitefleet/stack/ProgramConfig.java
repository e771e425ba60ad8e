package io.buildkitefleet.stack;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.pulumi.Context;
import com.pulumi.core.Output;
import io.buildkitefleet.config.GoogleSettings;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.pulumi.BaseFiles;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The configuration of the running program. The SDK tells neither which keys there are nor which of them are secret, so
 * those are read where the SDK itself finds them.
 */
final class ProgramConfig implements ConfigSource {
    private static final Gson GSON = new Gson();

    private final Context context;
    private final Set<String> keys;
    private final Set<String> secretKeys;
    private final BaseFiles bases;

    ProgramConfig(Context context, Map<String, String> environment) {
        this.context = context;
        this.keys = GSON.fromJson(environment.getOrDefault("PULUMI_CONFIG", "{}"), JsonObject.class)
                .keySet();
        this.secretKeys = new HashSet<>(
                Set.of(GSON.fromJson(environment.getOrDefault("PULUMI_CONFIG_SECRET_KEYS", "[]"), String[].class)));
        this.bases = BaseFiles.of(context.projectName(), environment);
    }

    /** The value of a secret, below the project's own namespace. */
    Output<String> secret(String key) {
        return context.config(NAMESPACE.replace(":", "")).requireSecret(key);
    }

    /** What the stack sets for Google's provider, by its name below {@code gcp:}. */
    Map<String, Output<String>> googleSettings() {
        var google = context.config(GoogleSettings.NAMESPACE.replace(":", ""));
        var settings = new TreeMap<String, Output<String>>();
        for (var name : GoogleSettings.NAMES) {
            var key = GoogleSettings.NAMESPACE + name;
            if (keys.contains(key)) {
                settings.put(name, isSecret(key) ? google.requireSecret(name) : Output.of(google.require(name)));
            }
        }
        return settings;
    }

    @Override
    public String stack() {
        return context.stackName();
    }

    @Override
    public Set<String> keys() {
        return keys;
    }

    @Override
    public Optional<String> get(String key) {
        var colon = key.indexOf(':');
        return context.config(key.substring(0, colon)).get(key.substring(colon + 1));
    }

    @Override
    public BaseFiles bases() {
        return bases;
    }

    @Override
    public boolean isSecret(String key) {
        return secretKeys.contains(key);
    }
}
