package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.buildkitefleet.engine.provider.CloudResource;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A deployment that breaks off half-way is taken up again where it stopped. */
class InterruptionTest extends RealEngineTest {
    /** What the key sends. */
    private static final int CTRL_C = 3;

    private EngineProject project;

    @BeforeEach
    void aFleetThatIsNotThereYet() throws Exception {
        project = project("dev");
    }

    @Test
    void aCreateThatFailsLeavesWhatWasMadeAndTheNextUpFinishes() throws Exception {
        project.cloud().failCreate(30, "quota CPUS exceeded");
        var failed = project.up();
        assertThat(failed.exitCode()).isNotZero();
        assertThat(failed.out() + failed.err()).contains("quota CPUS exceeded");
        assertThat(JsonParser.parseString(project.state()).isJsonObject()).isTrue();
        var made = project.cloud().resources();
        assertThat(made).isNotEmpty();

        project.cloud().heal();
        project.up().succeeded();
        assertThat(project.cloud().resources()).containsAll(made);
        everythingIsThereOnce();
    }

    @Test
    void anUpWhoseProgramIsKilledIsFinishedByTheNextOne() throws Exception {
        var up = halfWayThroughUp();
        program(up.process()).destroyForcibly();
        theNextUpFinishesWhatThisOneLeaves(up);
    }

    @Test
    void anUpThatIsInterruptedFromTheKeyboardIsFinishedByTheNextOne() throws Exception {
        var up = halfWayThroughUp();
        new ProcessBuilder("kill", "-INT", String.valueOf(up.process().pid()))
                .start()
                .waitFor();
        theNextUpFinishesWhatThisOneLeaves(up);
    }

    /** A Pulumi that does not lead the processes on its terminal loses the key, in versions before 3.207. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "script, which makes the terminal, is called otherwise on macOS")
    void anUpOfTheLauncherIsStoppedByCtrlCOnItsTerminal() throws Exception {
        project.makeLauncher();
        var up = halfWayThrough(() -> project.startFleetOnTerminal("up dev --yes --skip-preview"));
        var processes = up.process().descendants().toList();
        up.type(CTRL_C);
        theNextUpFinishesWhatThisOneLeaves(up);
        assertThat(processes).as("processes that are left").noneMatch(ProcessHandle::isAlive);
    }

    private PulumiCli.Started halfWayThroughUp() throws InterruptedException {
        return halfWayThrough(() -> project.start("up", "--yes", "--skip-preview"));
    }

    private PulumiCli.Started halfWayThrough(Supplier<PulumiCli.Started> start) throws InterruptedException {
        project.cloud().slowDown(Duration.ofMillis(300));
        var up = start.get();
        while (project.cloud().resources().size() < 10) {
            assertThat(up.process().isAlive()).as(up.command()).isTrue();
            Thread.sleep(20);
        }
        return up;
    }

    private void theNextUpFinishesWhatThisOneLeaves(PulumiCli.Started up) throws Exception {
        assertThat(up.end().exitCode()).isNotZero();
        var made = project.cloud().resources();
        assertThat(made)
                .extracting(CloudResource::name)
                .as("it broke off half-way")
                .doesNotContain("queue-big-release");
        assertThat(JsonParser.parseString(project.state()).isJsonObject()).isTrue();

        project.cloud().heal();
        project.up().succeeded();
        assertThat(project.cloud().resources()).containsAll(made);
        everythingIsThereOnce();
    }

    /** The only JVM that Pulumi starts. */
    private static ProcessHandle program(Process pulumi) {
        return pulumi.descendants()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.endsWith("/java"))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    private void everythingIsThereOnce() throws Exception {
        assertThat(project.cloud().resources())
                .extracting(resource -> resource.type() + " " + resource.name())
                .doesNotHaveDuplicates();
        project.cloud().forgetCalls();
        project.up().succeeded();
        assertThat(project.cloud().changes()).isEmpty();
        assertThat(project.cloud().resources())
                .extracting(CloudResource::name)
                .contains("cluster-gke", "queue-big-release", "queue-light-release");
    }
}
