package io.buildkitefleet.engine.google;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.engine.provider.Values;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketKeyPlaceTest {
    private static Optional<String> refusal(String location, String key) {
        return BucketKeyPlace.refusal(
                "gcp:storage/bucket:Bucket",
                Values.ofPlain(Map.of("location", location, "encryption", Map.of("defaultKmsKeyName", key)))
                        .getStructValue());
    }

    @ParameterizedTest
    @CsvSource({"us-west1, us-west1", "US, us", "EU, europe", "eu, europe"})
    void aKeyWhereTheBucketIsIsTaken(String location, String key) {
        assertThat(refusal(location, "projects/p/locations/" + key + "/keyRings/r/cryptoKeys/k"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"US, us-west1", "us-west1, us", "EU, eu", "US, global"})
    void aKeyElsewhereIsRefused(String location, String key) {
        assertThat(refusal(location, "projects/p/locations/" + key + "/keyRings/r/cryptoKeys/k"))
                .hasValueSatisfying(message -> assertThat(message).contains("Cloud KMS region '" + key + "'"));
    }

    @Test
    void whatIsNotKnownYetIsNotRefused() {
        assertThat(refusal("US", Values.UNKNOWN.getStringValue())).isEmpty();
    }
}
