package io.buildkitefleet.engine;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import com.google.protobuf.Struct;
import io.buildkitefleet.engine.google.GoogleAnswers;
import io.buildkitefleet.engine.google.GoogleFacts;
import io.buildkitefleet.engine.provider.Values;
import io.buildkitefleet.pulumi.PropertyValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A state that an earlier program left, as {@code pulumi stack export} wrote it. What its stand-in for Google said of
 * each resource is replaced by what Google answers to the same inputs.
 */
final class EarlierState {
    private static final Gson GSON = new GsonBuilder()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .serializeNulls()
            .create();

    /** Its address is in the grants of others, too. */
    private static final String AGENT = "gcp:projects/serviceIdentity:ServiceIdentity";

    private EarlierState() {}

    /** Writes the state into another file. */
    static void copy(Path from, Path to) throws IOException {
        var state = map(GSON.fromJson(Files.readString(from), Object.class));
        var agents = new TreeMap<String, String>();
        for (var resource : list(map(state.get("deployment")).get("resources"))) {
            if (String.valueOf(resource.get("type")).startsWith("gcp:")) {
                var answered = answered(resource);
                if (resource.get("type").equals(AGENT)) {
                    agents.put(email(map(resource.get("outputs"))), email(answered));
                }
                resource.put("outputs", answered);
            }
        }
        var text = GSON.toJson(state);
        for (var agent : agents.entrySet()) {
            text = text.replace(agent.getKey(), agent.getValue());
        }
        Files.writeString(to, text);
    }

    private static String email(Map<String, Object> agent) {
        return (String) agent.get("email");
    }

    /** What is encrypted stays so. */
    private static Map<String, Object> answered(Map<String, Object> resource) {
        var known = new TreeMap<>(map(resource.get("inputs")));
        var secrets = new TreeMap<>(map(resource.get("outputs")));
        known.values().removeIf(EarlierState::isSecret);
        secrets.values().removeIf(value -> !isSecret(value));
        var inputs = Values.ofPlain(known).getStructValue();
        var state = GoogleAnswers.of((String) resource.get("type"))
                .state(inputs, facts(inputs, resource), Struct.getDefaultInstance());
        var outputs = new TreeMap<>(map(Values.toPlain(Values.of(state))));
        outputs.putAll(secrets);
        return outputs;
    }

    /** The version of a secret is a number that Google counts, the last part of its id. */
    private static Struct facts(Struct inputs, Map<String, Object> resource) {
        var id = (String) resource.get("id");
        return GoogleFacts.of(inputs, id).toBuilder()
                .putFields("version", Values.of(id.substring(id.lastIndexOf('/') + 1)))
                .build();
    }

    private static boolean isSecret(Object value) {
        return value instanceof Map<?, ?> object && object.containsKey(PropertyValues.SIGNATURE);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }
}
