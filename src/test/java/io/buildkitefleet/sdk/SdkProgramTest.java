package io.buildkitefleet.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.Context;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is held of the SDK itself; what a program does on it, InlineProgramTest and EngineTest hold. */
class SdkProgramTest {
    @Test
    void theSdkIsTheOneWhoseInnerClassesWereRead() {
        var jar = Path.of(Context.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        assertThat(jar.getFileName().toString().replaceAll("^pulumi-|\\.jar$", ""))
                .as("""
                        the version of Pulumi's SDK. SdkProgram stands in for Pulumi.run with classes of the SDK that may
                        change with each version: compare it with PulumiInternal and DeploymentImpl of the new one, run
                        InlineProgramTest and EngineTest, which compare it with Pulumi, and then name the version there
                        """)
                .isEqualTo(SdkProgram.COMPARED_WITH);
    }

    @Test
    void aProgramThatPulumiHasNotStartedSaysSo() {
        assertThatThrownBy(() -> SdkProgram.underPulumi(context -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("run without the Pulumi engine available");
    }
}
