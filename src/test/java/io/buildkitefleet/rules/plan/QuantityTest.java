package io.buildkitefleet.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.PropertyValues;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "2,2",
        "1.5,1.5",
        "500m,0.5",
        "1Ki,1024",
        "2Mi,2097152",
        "1k,1000",
        "3e3,3000",
        "1E2,100",
        "1E,1e18",
        ".5,0.5"
    })
    void anAmountIsReadAsKubernetesReadsIt(String text, BigDecimal amount) {
        assertThat(Quantity.of(InputValue.of(new JsonPrimitive(text)))
                        .orElseThrow()
                        .amount())
                .isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lots", "1 Gi", "1KB", "1gi", "Mi", "-1", "1,5", "true"})
    void whatTheApiServerRefusesIsNone(String text) {
        assertThat(Quantity.of(InputValue.of(new JsonPrimitive(text)))).isEmpty();
    }

    @Test
    void aNumberIsAnAmountToo() {
        assertThat(Quantity.isAmount(InputValue.of(JsonParser.parseString("2"))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0Gi", "0.0", "0m"})
    void whereAContainerIsLimitedNothingIsNoLimit(String text) {
        assertThat(Quantity.flaw(InputValue.of(new JsonPrimitive(text)), "limits.memory"))
                .isPresent();
    }

    @Test
    void whatIsNotKnownYetIsNoFlaw() {
        assertThat(Quantity.flaw(InputValue.of(new JsonPrimitive(PropertyValues.UNKNOWN)), "limits.memory"))
                .isEmpty();
    }
}
