package io.buildkitefleet.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {
    @Test
    void oneIsOneAndTheOthersAreSeveral() {
        assertThat(new Count(0, "node")).hasToString("0 nodes");
        assertThat(new Count(1, "node")).hasToString("1 node");
        assertThat(new Count(2, "node")).hasToString("2 nodes");
    }
}
