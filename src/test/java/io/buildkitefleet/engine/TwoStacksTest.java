package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.engine.provider.StandInProviders;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two environments of one project, in one backend. */
@Tag("engine")
class TwoStacksTest {
    @TempDir
    Path directory;

    /** Each has a cluster of its own, and in it namespaces of the same names. */
    private final StandInProviders ofDev = StandInProviders.start();

    private final StandInProviders ofProd = StandInProviders.start();

    @AfterEach
    void stop() {
        ofDev.close();
        ofProd.close();
    }

    @Test
    void destroyingOneLeavesTheOtherAsItIs() throws Exception {
        var dev = new EngineProject(directory, "dev", ofDev);
        var prod = new EngineProject(directory, "prod", ofProd);
        prod.up().succeeded();
        var stateOfProd = prod.state();
        dev.up().succeeded();
        dev.destroy().succeeded();
        assertThat(ofDev.cloud().resources()).isEmpty();
        assertThat(prod.state()).isEqualTo(stateOfProd);
        ofProd.cloud().forgetCalls();
        prod.up().succeeded();
        assertThat(Changes.in(ofProd.cloud())).isEmpty();
    }
}
