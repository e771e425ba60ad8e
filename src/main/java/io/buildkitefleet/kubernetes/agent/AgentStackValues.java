package io.buildkitefleet.kubernetes.agent;

import java.util.Map;

/**
 * Values of the chart that its controller accepts: an instance exists only if every key is known and every type right.
 */
public final class AgentStackValues {
    private final Map<String, Object> values;

    private AgentStackValues(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * Checked values.
     *
     * @throws IllegalArgumentException naming every key that is unknown or of the wrong type
     */
    static AgentStackValues of(Map<String, Object> values) {
        AgentStackSchema.check(values);
        return new AgentStackValues(Map.copyOf(values));
    }

    /** What the controller is told: the values below {@code config}. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> controllerConfig() {
        return (Map<String, Object>) values.get("config");
    }

    /** As Helm takes them. */
    public Map<String, Object> asMap() {
        return values;
    }
}
