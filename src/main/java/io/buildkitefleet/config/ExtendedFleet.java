package io.buildkitefleet.config;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.JsonText;
import io.buildkitefleet.config.read.Layers;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.pulumi.BaseFile;
import io.buildkitefleet.pulumi.BaseFiles;
import io.buildkitefleet.pulumi.ProjectException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The object {@code buildkite-fleet:fleet} of a stack with what it takes from the files that it extends: from one, and
 * from the one that this extends.
 */
public final class ExtendedFleet {
    public static final String EXTENDS = BaseFiles.EXTENDS;
    static final String EXTENDS_WORDS = "the path of a file, from the directory of the project";

    private static final String KEY = ConfigSource.FLEET + "." + EXTENDS;
    private static final String OBJECT = "must be an object of keys and values, got ";

    private final ConfigSource source;
    private final Problems problems;

    /** By the names of their files, the stack's own first. */
    private final Map<String, JsonObject> objects = new LinkedHashMap<>();

    private ExtendedFleet(ConfigSource source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /**
     * All of it, without {@code extends}; an empty object if that cannot be told. The problems are told from now on in
     * which file each value stands.
     */
    public static JsonObject read(ConfigSource source, Problems problems) {
        return new ExtendedFleet(source, problems).read();
    }

    private JsonObject read() {
        var own = own();
        if (own.isEmpty() || !collect(source.file(), own.get())) {
            problems.refuse(ConfigSource.FLEET);
            return new JsonObject();
        }
        return objects.size() == 1 ? own.get() : layers();
    }

    private JsonObject layers() {
        var layers = new Layers(ConfigSource.FLEET);
        var names = objects.keySet().toArray(String[]::new);
        for (int i = names.length - 1; i >= 0; i--) {
            layers.add(i == 0 ? "" : names[i], objects.get(names[i]));
        }
        problems.stand(layers);
        return layers.object();
    }

    private Optional<JsonObject> own() {
        var text = source.get(ConfigSource.FLEET);
        var fleet = problems.at();
        if (source.isSecret(ConfigSource.FLEET)) {
            fleet.add("must not hold secrets; name the key of each, and set it with: pulumi config set --secret "
                    + FleetConfig.fullKey("NAME") + " "
                    + source.selection());
            return Optional.empty();
        }
        if (text.isEmpty() && source.keys().stream().anyMatch(FleetConfigReader::isPathOfFleet)) {
            // Of these more is told.
            return Optional.empty();
        }
        if (text.isEmpty()) {
            fleet.add(
                    source.environments().isEmpty()
                            ? "is missing; see docs/configuration.md, or begin with what ./fleet init STACK writes"
                            : FleetConfigReader.elsewhere(source) + "keep it in the file, where reviews see it");
            return Optional.empty();
        }
        return object("", text.get());
    }

    private Optional<JsonObject> object(String file, String text) {
        var got = "text";
        try {
            var json = JsonParser.parseString(text);
            if (json.isJsonObject()) {
                return Optional.of(json.getAsJsonObject());
            }
            got = JsonText.describe(json);
        } catch (JsonParseException notJson) {
            // It is text.
        }
        problems.add(file, ConfigSource.FLEET, OBJECT + got);
        return Optional.empty();
    }

    /** Whether everything is there that the object takes from. */
    private boolean collect(String name, JsonObject object) {
        objects.put(name, object);
        var file = objects.size() == 1 ? "" : name;
        var path = Optional.ofNullable(object.remove(EXTENDS)).filter(json -> !json.isJsonNull());
        return path.isEmpty()
                || isPath(file, path.get()) && extend(file, path.get().getAsString());
    }

    private boolean isPath(String file, JsonElement json) {
        if (json instanceof JsonPrimitive primitive && primitive.isString()) {
            return true;
        }
        problems.add(file, KEY, "must be " + EXTENDS_WORDS + ", got " + JsonText.describe(json));
        return false;
    }

    private boolean extend(String file, String path) {
        try {
            var base = source.bases().read(path);
            problems.writtenIn(base.name(), base.written());
            if (objects.containsKey(base.name())) {
                problems.add(
                        file,
                        KEY,
                        "must not lead back to a file that is read already, got \"" + path + "\": "
                                + String.join(", which extends ", objects.keySet()) + ", which extends " + base.name());
                return false;
            }
            return fleet(base).filter(object -> collect(base.name(), object)).isPresent();
        } catch (ProjectException none) {
            problems.add(file, KEY, none.getMessage());
            return false;
        }
    }

    private Optional<JsonObject> fleet(BaseFile base) {
        var only = "is not read from a file that stacks extend, which holds " + ConfigSource.FLEET
                + " alone, below config; ";
        base.otherKeys().stream()
                .sorted()
                .forEach(key -> problems.add(base.name(), key, only + "say it in each stack's file"));
        base.config().keySet().stream()
                .filter(key -> !key.equals(ConfigSource.FLEET))
                .sorted()
                .forEach(key -> problems.add(
                        base.name(),
                        key,
                        only + "set it in each stack's file with: pulumi config set "
                                + (base.secretKeys().contains(key) ? "--secret " : "") + key + " VALUE --stack STACK"));
        var text = base.config().get(ConfigSource.FLEET);
        if (text == null) {
            problems.add(base.name(), ConfigSource.FLEET, "is missing; " + source.file() + " extends it for that");
            return Optional.empty();
        }
        if (base.secretKeys().contains(ConfigSource.FLEET)) {
            problems.add(
                    base.name(),
                    ConfigSource.FLEET,
                    "must not hold secrets, which each stack has with a key of its own; name the key of each, and set it "
                            + "with: pulumi config set --secret " + FleetConfig.fullKey("NAME") + " --stack STACK");
            return Optional.empty();
        }
        return object(base.name(), text);
    }
}
