package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;

import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

/** The way into a running job. */
class JobShellTest {
    private static final JobShell.Entry SHELL = new JobShell.Entry("container-0", Optional.empty());
    private static final JobShell.Entry TRACE = new JobShell.Entry("container-0", Optional.of("tools:1"));

    private static final String KUBECTL =
            "kubectl --context gke_acme-ci-dev_us-west1_bk-dev --namespace buildkite-big ";

    private final Stacks stack = Stacks.minimal().with("queues.big.debuggers", "[\"user:jane@example.com\"]");
    private final Machine machine = Mockito.mock(Machine.class);

    @Test
    void theLinesLogInFindTheNewestJobAndOpenAShellInIt() {
        assertThat(shell(stack, "big", SHELL).lines())
                .containsExactly(
                        "gcloud container clusters get-credentials bk-dev --location us-west1 --project acme-ci-dev",
                        "POD=\"$(" + KUBECTL
                                + "get pods --selector buildkite-fleet/role=job,buildkite-fleet/queue=big --field-selector "
                                + "status.phase=Running --sort-by .metadata.creationTimestamp --output name | tail -n 1)\"",
                        KUBECTL + "exec --stdin --tty \"$POD\" --container container-0 -- /bin/sh");
    }

    @Test
    void tracingTakesAContainerOfOnesOwnWithTheOneRightThatItNeeds() {
        assertThat(shell(stack, "big", TRACE).lines())
                .last()
                .isEqualTo(KUBECTL + "debug --stdin --tty \"$POD\" --image tools:1 --target container-0 "
                        + "--profile general -- bash");
    }

    @Test
    void whatAPersonNamesIsAWordOfTheLine() {
        var entry = new JobShell.Entry("$(reboot)", Optional.of("tools; reboot"));
        assertThat(shell(stack, "big", entry).lines())
                .last()
                .isEqualTo(KUBECTL + "debug --stdin --tty \"$POD\" --image 'tools; reboot' --target '$(reboot)' "
                        + "--profile general -- bash");
    }

    @Test
    void aClusterWithoutAPublicAddressIsReachedByItsPrivateOne() {
        assertThat(shell(stack.with("cluster.privateEndpoint", "true"), "big", SHELL)
                        .lines())
                .first()
                .asString()
                .endsWith(" --internal-ip");
    }

    @Test
    void aClusterThatHasANameIsReachedByIt() {
        var named = stack.with("cluster.privateEndpoint", "true").with("cluster.dnsEndpoint", "true");
        assertThat(shell(named, "big", SHELL).lines()).first().asString().endsWith(" --dns-endpoint");
    }

    @Test
    void runningGoesToTheNewestJobAndEndsAsItsShellDoes(@TempDir Path directory) throws IOException {
        var said = directory.resolve("said");
        kubectl(directory, "printf '%s\\n' \"$@\" > " + said + "; exit 7");
        Mockito.when(machine.output(any())).thenReturn(Optional.of("pod/older\npod/newest\n"));

        assertThat(shell(stack, "big", SHELL).run()).isEqualTo(7);
        assertThat(Files.readAllLines(said))
                .containsExactly(
                        "--context",
                        "gke_acme-ci-dev_us-west1_bk-dev",
                        "--namespace",
                        "buildkite-big",
                        "exec",
                        "--stdin",
                        "--tty",
                        "pod/newest",
                        "--container",
                        "container-0",
                        "--",
                        "/bin/sh");
    }

    @Test
    void whenNothingRunsItSaysSo(@TempDir Path directory) throws IOException {
        kubectl(directory, "exit 1");
        Mockito.when(machine.output(any())).thenReturn(Optional.of(""));
        assertThatThrownBy(shell(stack, "big", SHELL)::run)
                .isInstanceOf(OperateException.class)
                .hasMessage("no job of queue big is running");
    }

    @Test
    void withoutKubectlOrALoginItSaysWhatToDo(@TempDir Path directory) throws IOException {
        Mockito.when(machine.find("kubectl")).thenReturn(Optional.empty());
        assertThatThrownBy(shell(stack, "big", SHELL)::run).hasMessageContaining("kubectl is not installed");
        kubectl(directory, "exit 1");
        Mockito.when(machine.output(any())).thenReturn(Optional.empty());
        assertThatThrownBy(shell(stack, "big", SHELL)::run)
                .hasMessageContaining("log in first: gcloud container clusters get-credentials bk-dev");
    }

    @Test
    void onlyQueuesWithDebuggersAreOpened() {
        var stacks = stack.with("queues.light", "{pool: big}")
                .with("pools.sandbox", "{machineType: e2-standard-4, sandbox: gvisor, max: 2}")
                .with("queues.forks", "{pool: sandbox, trust: untrusted}")
                .withSecret("untrustedAgentToken");
        assertThatThrownBy(() -> shell(stacks, "light", SHELL))
                .hasMessageContaining("name people in queues.light.debuggers");
        assertThatThrownBy(() -> shell(stacks, "forks", SHELL)).hasMessageContaining("forks is untrusted");
        assertThatThrownBy(() -> shell(stacks, "lite", SHELL))
                .hasMessage("lite is not a queue; there are: big, light, forks");
    }

    private JobShell shell(Stacks configuration, String queue, JobShell.Entry entry) {
        return new JobShell(machine, FleetResolver.resolve(configuration), queue, entry);
    }

    private void kubectl(Path directory, String body) throws IOException {
        var script = Files.createFile(
                directory.resolve("kubectl"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Mockito.when(machine.find("kubectl")).thenReturn(Optional.of(script));
    }
}
