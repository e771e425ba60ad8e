package io.buildkitefleet.pulumi;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code Pulumi.yaml} says of the configuration of all stacks: values for those that have none, and types that
 * theirs must have. What it refuses is told in Pulumi's own words.
 *
 * @param declarations in the order of their keys
 * @see <a href="https://github.com/pulumi/pulumi/blob/v3.207.0/sdk/go/common/workspace/config.go">mergeConfig</a>
 */
record ProjectConfig(String project, List<Declaration> declarations) {
    private static final Set<String> ATTRIBUTES =
            new TreeSet<>(Set.of("type", "description", "items", "secret", "default", "value"));

    /**
     * One key.
     *
     * @param key as it is written
     * @param value for stacks that have none
     * @param secret whether a typed value must be encrypted
     */
    record Declaration(String key, Optional<ConfigType> type, Optional<Object> value, boolean secret) {}

    /** @throws ProjectException with all that is wrong with it */
    static ProjectConfig read(String project, Object config) {
        // A text is the former name of stackConfigDir.
        if (config == null || config instanceof String) {
            return new ProjectConfig(project, List.of());
        }
        var declarations = new ArrayList<Declaration>();
        var problems = new ArrayList<String>();
        YamlFile.asMap(config, Project.FILE + ": config must be a map of keys to values")
                .forEach((key, value) -> {
                    try {
                        declarations.add(declaration(project, key, value));
                    } catch (IllegalArgumentException wrong) {
                        problems.add(Project.FILE + ": " + wrong.getMessage());
                    }
                });
        refuse(problems);
        return new ProjectConfig(project, List.copyOf(declarations));
    }

    private static Declaration declaration(String project, String key, Object value) {
        String name = key.substring(key.indexOf(':') + 1);
        if (name.matches(".*[.\\[\"].*")) {
            throw new IllegalArgumentException("config key \"" + key
                    + "\" is a path into a value, which the offline preview does not follow; give the whole value");
        }
        boolean ours = isOfProject(project, key);
        if (value instanceof String || value instanceof Boolean || value instanceof List || isInteger(value)) {
            return new Declaration(key, Optional.empty(), Optional.of(value), false);
        }
        if (!(value instanceof Map<?, ?> attributes) || !ATTRIBUTES.containsAll(attributes.keySet())) {
            throw new IllegalArgumentException("config." + key + " must be a text, an integer, true, false, a list, or "
                    + "a map with some of " + String.join(", ", ATTRIBUTES)
                    + "; to give it another value, put that below "
                    + (ours ? "default" : "value"));
        }
        return ours ? ofProject(key, attributes) : ofOthers(key, attributes);
    }

    private static boolean isOfProject(String project, String key) {
        return !key.contains(":") || key.startsWith(project + ":");
    }

    private static boolean isInteger(Object value) {
        return value instanceof Number && !(value instanceof Double);
    }

    private static Declaration ofProject(String key, Map<?, ?> attributes) {
        Object fallback = attributes.get("default");
        if (fallback != null && attributes.get("value") != null) {
            throw new IllegalArgumentException(both(key));
        }
        Optional<ConfigType> type = type(key, attributes);
        if (type.isPresent()
                && type.get().name().equals("array")
                && type.get().items().isEmpty()) {
            throw new IllegalArgumentException("The configuration key '" + key
                    + "' declares an array but does not specify the underlying type via the 'items' attribute");
        }
        if (type.isPresent() && fallback != null && !type.get().has(ConfigValues.json(key, fallback))) {
            throw new IllegalArgumentException("The default value specified for configuration key '" + key
                    + "' is not of the expected type '" + type.get() + "'");
        }
        return new Declaration(
                key,
                type,
                Optional.ofNullable(fallback).or(() -> Optional.ofNullable(attributes.get("value"))),
                isSecret(key, attributes));
    }

    private static Declaration ofOthers(String key, Map<?, ?> attributes) {
        if (attributes.get("default") != null && attributes.get("value") != null) {
            throw new IllegalArgumentException(both(key));
        }
        String start = "Configuration key '" + key + "' is not namespaced by the project and should not define a ";
        if (attributes.get("type") != null) {
            throw new IllegalArgumentException(start + "type");
        }
        if (attributes.get("default") != null) {
            throw new IllegalArgumentException(
                    start + "default value. Did you mean to use the 'value' attribute instead of 'default'?");
        }
        if (attributes.get("value") == null) {
            throw new IllegalArgumentException(
                    "Configuration key '" + key + "' is namespaced and must provide an attribute 'value'");
        }
        return new Declaration(key, Optional.empty(), Optional.of(attributes.get("value")), isSecret(key, attributes));
    }

    private static String both(String key) {
        return "project config '" + key + "' cannot have both a 'default' and 'value' attribute";
    }

    private static Optional<ConfigType> type(String key, Map<?, ?> attributes) {
        if (attributes.get("type") == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ConfigType.read(attributes.get("type"), attributes.get("items")));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("config." + key + ": " + wrong.getMessage(), wrong);
        }
    }

    private static boolean isSecret(String key, Map<?, ?> attributes) {
        Object secret = attributes.get("secret");
        if (secret != null && !(secret instanceof Boolean)) {
            throw new IllegalArgumentException("config." + key + ": secret must be true or false, got " + secret);
        }
        return Boolean.TRUE.equals(secret);
    }

    /**
     * Completes the values of a stack. A secret that is declared and has no value is no mistake: no preview needs it.
     *
     * @throws ProjectException if a value is missing, or is not what is declared
     */
    void complete(String stack, ConfigValues values) {
        var missing = new ArrayList<String>();
        for (var declared : declarations) {
            String key = values.fullKey(declared.key());
            if (!values.has(key)) {
                if (declared.value().isPresent()) {
                    values.add(key, declared.value().get());
                } else if (!declared.secret()) {
                    missing.add("'" + declared.key() + "'");
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new ProjectException("Stack '" + stack + "' is missing configuration value"
                    + (missing.size() == 1 ? " " : "s ") + enumeration(missing));
        }
        refuse(declarations.stream()
                .flatMap(declared -> mismatch(stack, declared, values).stream())
                .toList());
    }

    private static String enumeration(List<String> words) {
        int last = words.size() - 1;
        return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    private static Optional<String> mismatch(String stack, Declaration declared, ConfigValues values) {
        String key = values.fullKey(declared.key());
        if (declared.type().isEmpty() || !values.has(key)) {
            return Optional.empty();
        }
        String start = "Stack '" + stack + "' with configuration key '" + declared.key() + "' must be ";
        if (declared.secret() && !values.secretKeys().contains(key)) {
            return Optional.of(start + "encrypted as it's secret");
        }
        JsonElement value = values.content(key);
        return declared.type().get().has(value)
                ? Optional.empty()
                : Optional.of(start + "of type '" + declared.type().get() + "'");
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new ProjectException(String.join("\n", problems));
        }
    }
}
