package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** Running a script that could have been printed. */
class ShellScriptTest {
    private final Machine machine = Mockito.mock(Machine.class);
    private final ShellScript script =
            new ShellScript(machine, "fleet mirror", "[[ \"$0 $1\" == 'fleet mirror 7' ]]\nexit $1\n");

    @Test
    void itsExitCodeIsOursAndItGetsItsArguments() {
        Mockito.when(machine.find("bash")).thenReturn(new LocalMachine().find("bash"));
        assertThat(script.run(List.of("7"))).isEqualTo(7);
    }

    @Test
    void bashIsGivenTheWholeTextAndNoFile() {
        Mockito.when(machine.find("bash")).thenReturn(Optional.of(Path.of("/bin/bash")));
        assertThat(script.command(List.of("--check")))
                .startsWith("/bin/bash", "-c")
                .endsWith("fleet mirror", "--check")
                .hasSize(5);
    }

    @Test
    void withoutBashItSaysSo() {
        Mockito.when(machine.find("bash")).thenReturn(Optional.empty());
        assertThatThrownBy(() -> script.run(List.of()))
                .isInstanceOf(OperateException.class)
                .hasMessage("bash is not installed; the script is one for bash");
    }
}
