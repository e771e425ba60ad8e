package io.buildkitefleet.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GoogleDefaultsTest {
    @Test
    void aDefaultIsTheProvidersByTypePathAndValue() {
        var bucket = GoogleType.BUCKET.token();
        assertThat(GoogleDefaults.LIST.has(bucket, "storageClass", "STANDARD")).isTrue();
        assertThat(GoogleDefaults.LIST.has(bucket, "storageClass", "ARCHIVE")).isFalse();
        assertThat(GoogleDefaults.LIST.has(bucket, "priority", "1000")).isFalse();
        assertThat(GoogleDefaults.LIST.has("gcp:compute/instance:Instance", "storageClass", "STANDARD"))
                .isFalse();
    }

    @Test
    void itNamesTypesOfTheProgramAlone() {
        var known = Arrays.stream(GoogleType.values())
                .map(type -> type.entry().terraformName())
                .toList();
        assertThat(known).containsAll(GoogleDefaults.LIST.types().keySet());
    }
}
