package io.buildkitefleet.kubernetes.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the controller would refuse at its start is refused before it is sent there. */
class AgentStackValuesTest {
    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("an unknown key", config("max-in-flite", 3), "config.max-in-flite is not a key"),
                Arguments.of("text for a number", config("max-in-flight", "3"), "config.max-in-flight must be a whole"),
                Arguments.of("text for a flag", config("debug", "true"), "config.debug must be true or false"),
                Arguments.of("text for a list", config("tags", "queue=big"), "config.tags must be a list of texts"),
                Arguments.of("numbers in a list", config("tags", List.of(1)), "config.tags must be a list of texts"),
                Arguments.of(
                        "the spelling of the chart's schema",
                        config("workspaceVolume", Map.of()),
                        "config.workspaceVolume is not a key"),
                Arguments.of(
                        "a key that only the schema has",
                        config("graphql-results-limit", 100),
                        "config.graphql-results-limit is not a key"),
                Arguments.of(
                        "an unknown key deep inside",
                        config("default-checkout-params", Map.of("gitMirrors", Map.of("Path", "/x"))),
                        "config.default-checkout-params.gitMirrors.Path is not a key"),
                Arguments.of("a token in the values", Map.of("agentToken", "secret"), "agentToken is not a key"),
                Arguments.of(
                        "a value of the top level", Map.of("tolerations", Map.of()), "tolerations must be a list"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String what, Map<String, Object> values, String message) {
        assertThatThrownBy(() -> AgentStackValues.of(values))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> AgentStackValues.of(Map.of("one", 1, "config", Map.of("two", 2))))
                .hasMessageContaining("one is not a key")
                .hasMessageContaining("config.two is not a key");
    }

    @Test
    void acceptsWhatTheControllerTakes() {
        var values = Map.<String, Object>of(
                "agentStackSecret", "agent-token", "config", Map.of("queue", "big", "max-in-flight", 3, "debug", true));
        assertThat(AgentStackValues.of(values).asMap()).isEqualTo(values);
    }

    private static Map<String, Object> config(String key, Object value) {
        return Map.of("config", Map.of(key, value));
    }
}
