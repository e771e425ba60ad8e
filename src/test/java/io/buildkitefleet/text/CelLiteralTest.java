package io.buildkitefleet.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CelLiteralTest {
    @Test
    void aConstantIsWrittenSoThatNothingInItEndsIt() {
        assertThat(CelLiteral.of("it's")).isEqualTo("'it\\'s'");
        assertThat(CelLiteral.of("a\\b\nc")).isEqualTo("'a\\\\b\\nc'");
    }

    @Test
    void listsAndObjectsAreWrittenItemByItem() {
        assertThat(CelLiteral.of(List.of("bash", "-c"))).isEqualTo("['bash', '-c']");
        assertThat(CelLiteral.of(Map.of("go", "b", "bazel", "a"))).isEqualTo("{'bazel': 'a', 'go': 'b'}");
    }
}
