package io.buildkitefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamespaceAdmissionTest {
    /** https://github.com/google/cel-spec/blob/v0.24.0/doc/langdef.md#string-and-bytes-values */
    @Test
    void aConstantIsWrittenSoThatNothingInItEndsIt() {
        assertThat(NamespaceAdmission.literal("it's")).isEqualTo("'it\\'s'");
        assertThat(NamespaceAdmission.literal("a\\b\nc")).isEqualTo("'a\\\\b\\nc'");
    }

    @Test
    void listsAndObjectsAreWrittenItemByItem() {
        assertThat(NamespaceAdmission.literal(List.of("bash", "-c"))).isEqualTo("['bash', '-c']");
        assertThat(NamespaceAdmission.literal(Map.of("go", "b", "bazel", "a"))).isEqualTo("{'bazel': 'a', 'go': 'b'}");
    }
}
