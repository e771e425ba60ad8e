package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Two environments of one project, in one backend. */
class TwoStacksTest extends RealEngineTest {
    /** Each has a cluster of its own, and in it namespaces of the same names. */
    @Test
    void destroyingOneLeavesTheOtherAsItIs() throws Exception {
        var dev = project("dev");
        var prod = project("prod");
        prod.up().succeeded();
        var stateOfProd = prod.state();
        dev.up().succeeded();
        dev.destroy().succeeded();
        assertThat(dev.cloud().resources()).isEmpty();
        assertThat(prod.state()).isEqualTo(stateOfProd);
        prod.cloud().forgetCalls();
        prod.up().succeeded();
        assertThat(prod.cloud().changes()).isEmpty();
    }
}
