package io.buildkitefleet.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as people write them. */
class DurationsTest {
    @ParameterizedTest
    @CsvSource({"1h,3600", "90m,5400", "1h30m,5400", "45s,45", "1h1m1s,3661"})
    void hoursMinutesAndSecondsAreRead(String text, long seconds) {
        assertThat(Durations.parse(text)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "1", "h", "1d", "-1h", "1h 30m", "1.5h", "30m1h"})
    void anythingElseIsNoTime(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "59,59s", "60,1m", "90,1m30s", "3600,1h", "5430,1h30m"})
    void theyAreToldInTwoUnits(long seconds, String text) {
        assertThat(Durations.text(Duration.ofSeconds(seconds))).isEqualTo(text);
    }
}
