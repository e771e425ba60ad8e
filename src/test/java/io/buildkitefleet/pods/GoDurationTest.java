package io.buildkitefleet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({"0,0", "10m,600", "600s,600", "1h30m,5400", "1.5h,5400", ".5m,30", "1500ms,1.5"})
    void aTimeIsReadAsGoReadsIt(String text, BigDecimal seconds) {
        assertThat(GoDuration.parse(text).orElseThrow().seconds()).isEqualByComparingTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "10 m", "m", "-10m", "1d", "ten"})
    void whatGoRefusesIsNone(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }
}
