package io.buildkitefleet.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitefleet.testing.SourceFiles;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitTest {
    @Test
    void everyRowIsALimitAndTheReverse() {
        assertThat(Limit.rows().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Limit.values()).map(Limit::key).toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyLimitHasANumberAUnitAndASource(Limit limit) {
        var row = Limit.rows().getAsJsonObject(limit.key());

        assertThat(row.has("least") || row.has("most")).as("a number").isTrue();
        assertThat(row.get("unit").getAsString()).isNotBlank();
        assertThat(limit.source()).startsWith("https://");
    }

    @Test
    void everyLimitHoldsSomething() {
        var code = SourceFiles.directories(SourceFiles.MAIN).stream()
                .flatMap(folder -> SourceFiles.in(folder).stream())
                .map(SourceFiles::read)
                .collect(Collectors.joining("\n"));

        assertThat(Limit.values())
                .allSatisfy(limit -> assertThat(code).as("uses of " + limit).contains("Limit." + limit.name() + "."));
    }

    @Test
    void aBoundThatThereIsNotIsNoNumber() {
        assertThat(Limit.SERVICE_ACCOUNT_ID.least()).isEqualTo(6);
        assertThat(Limit.SERVICE_ACCOUNT_ID.most()).isEqualTo(30);
        assertThatThrownBy(Limit.NODE_POOL_NAME::least).hasMessage("nodePoolName has no least");
    }
}
