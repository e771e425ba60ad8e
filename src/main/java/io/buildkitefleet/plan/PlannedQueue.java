package io.buildkitefleet.plan;

import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.config.value.Trust;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A queue as a plan tells of it, field by field: a plan of another version of the program may have other fields.
 *
 * @param fields in the order of {@link io.buildkitefleet.fleet.QueueSummary}; a list has a blank between its items
 */
public record PlannedQueue(Map<String, String> fields) {
    /** The field that names the queue. */
    static final String NAME = "queue";

    static final String TRUST = "trust";

    static final String POOL = "pool";

    static final String CAPABILITIES = "can";

    static final String SIGNED_STEPS = "signedSteps";

    static final String PRIVATE_APIS = "privateApis";
    static final String IMAGE_REGISTRIES = "imageRegistries";

    public PlannedQueue {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    static PlannedQueue of(Map<String, Object> summary) {
        var fields = new LinkedHashMap<String, String>();
        summary.forEach((name, value) -> fields.put(name, shown(value)));
        return new PlannedQueue(fields);
    }

    public String name() {
        return fields.get(NAME);
    }

    /** Its pool; empty in a plan that does not say it. */
    public String pool() {
        return fields.getOrDefault(POOL, "");
    }

    public boolean isUntrusted() {
        return Spelling.of(Trust.UNTRUSTED).equals(fields.get(TRUST));
    }

    /** Whether something that builds images stands beside its jobs. */
    public boolean buildsImages() {
        return List.of(fields.getOrDefault(CAPABILITIES, "").split(" ")).contains(Spelling.of(Capability.DOCKER));
    }

    /** The private ranges of the control planes that its jobs deploy to, beside that of its own cluster. */
    public List<String> privateApis() {
        return words(PRIVATE_APIS);
    }

    /** What names of its jobs' images may begin with; empty for any, and in a plan that does not say it. */
    public List<String> imageRegistries() {
        return words(IMAGE_REGISTRIES);
    }

    private List<String> words(String field) {
        return Stream.of(fields.getOrDefault(field, "").split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Whether it runs signed steps alone. */
    public boolean requiresSignatures() {
        return Boolean.parseBoolean(fields.get(SIGNED_STEPS));
    }

    private static String shown(Object value) {
        return value instanceof Collection<?> items
                ? items.stream().map(String::valueOf).collect(Collectors.joining(" "))
                : String.valueOf(value);
    }
}
