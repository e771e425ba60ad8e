package io.buildkitefleet.rules.secrets;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.text.SecretForms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks for literal secrets in values. It remembers the texts that it has seen, so one serves a whole plan. */
public final class LiteralSecrets {
    /** An argument of a command; what is longer is a script, which is searched by itself. */
    private static final int LONGEST_ARGUMENT = 200;

    private static final JsonPrimitive SECRET = new JsonPrimitive("Secret");

    private static final Set<String> HELD = Set.of("data", "stringData");

    /** Texts without a secret: most are the same in every queue. */
    private final Set<String> clean = new HashSet<>();

    /** What names say, which are the same in every object of a kind. */
    private final Map<String, SecretName> names = new HashMap<>();

    /** Those in the inputs of a resource, each place once. */
    public List<LiteralSecret> in(JsonObject inputs) {
        var found = new ArrayList<LiteralSecret>();
        search(new Place("", SecretName.NONE), inputs, found);
        return List.copyOf(found);
    }

    /** @param name what the name there says of its value */
    private record Place(String path, SecretName name) {
        Place key(String key, SecretName own) {
            return new Place(path.isEmpty() ? key : path + "." + key, own == SecretName.NONE ? name.inside() : own);
        }

        Place item(int index) {
            return new Place(path + "[" + index + "]", name);
        }
    }

    private void search(Place place, JsonElement json, List<LiteralSecret> found) {
        if (PropertyValues.isSecret(json) || PropertyValues.isMask(json) || PropertyValues.isUnknown(json)) {
            return;
        }
        if (json instanceof JsonObject object) {
            object.asMap().forEach((key, value) -> search(place.key(key, name(object, key)), value, found));
        } else if (json instanceof JsonArray array) {
            searchItems(place, array, found);
        } else if (json instanceof JsonPrimitive value && !value.isBoolean()) {
            searchText(place, value.getAsString(), found);
        }
    }

    /** A Secret of Kubernetes may stand in another object's values: all of it is secret. */
    private SecretName name(JsonObject object, String key) {
        return HELD.contains(key) && SECRET.equals(object.get("kind"))
                ? SecretName.HELD
                : names.computeIfAbsent(named(object, key), SecretName::of);
    }

    /** A variable is written as an object with a name and a value; metadata has a key in place of the name. */
    private static String named(JsonObject object, String key) {
        return Optional.of(key)
                .filter("value"::equals)
                .map(unused -> object.has("name") ? object.get("name") : object.get("key"))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .orElse(key);
    }

    /** A command is a list as well, in which one argument may say what the next one is. */
    private void searchItems(Place place, JsonArray array, List<LiteralSecret> found) {
        var before = found.size();
        for (int i = 0; i < array.size(); i++) {
            search(place.item(i), array.get(i), found);
        }
        if (found.size() == before && array.size() > 1) {
            var command = array.asList().stream()
                    .filter(item -> item instanceof JsonPrimitive argument && argument.isString())
                    .map(JsonElement::getAsString)
                    .filter(argument -> argument.length() <= LONGEST_ARGUMENT)
                    .collect(Collectors.joining(" "));
            sign(command).ifPresent(sign -> found.add(new LiteralSecret(place.path(), sign)));
        }
    }

    private void searchText(Place place, String text, List<LiteralSecret> found) {
        if (place.name().holds(text)) {
            found.add(new LiteralSecret(place.path(), "stands under the name of a secret"));
            return;
        }
        if (clean.contains(text)) {
            return;
        }
        var before = found.size();
        var json = document(text);
        if (json.isPresent()) {
            search(place, json.get(), found);
        } else {
            sign(text).ifPresent(sign -> found.add(new LiteralSecret(place.path(), sign)));
        }
        if (found.size() == before) {
            clean.add(text);
        }
    }

    /** What a text of JSON says, unless it is a mere value. */
    private static Optional<JsonElement> document(String text) {
        var trimmed = text.strip();
        if (!trimmed.startsWith("{") && !trimmed.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonParser.parseString(trimmed)).filter(json -> !json.isJsonPrimitive());
        } catch (JsonParseException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<String> sign(String text) {
        return SecretForms.in(text).or(() -> Assignments.in(text)).or(() -> EncodedText.in(text)
                .flatMap(inner -> LiteralSecrets.sign(inner).stream())
                .findFirst()
                .map(inner -> "is base64, and what it encodes " + inner));
    }
}
