package io.buildkitefleet.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitefleet.buildkite.BuildkiteCluster;
import io.buildkitefleet.buildkite.ClusterQueue;
import io.buildkitefleet.operate.OperateException;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a drain on the disk. */
class PauseFileTest {
    private static final String RESUME = "./fleet up dev --resume";

    private static final ClusterQueue QUEUE = new ClusterQueue(
            new BuildkiteCluster("acme", "c1", "CI"),
            "q1",
            "UTE=",
            "big",
            "https://buildkite.com/organizations/acme/clusters/c1/queues/q1",
            Optional.empty());

    private static final DrainOwner OWNER = DrainOwner.inCloud("buildkite-fleet/dev", "bk-dev", "acme-ci-dev");

    @TempDir
    private Path project;

    private PauseFile file;
    private final PauseNote note = PauseNote.of(OWNER, "Jane Doe", RESUME);

    @BeforeEach
    void emptyProject() {
        file = new PauseFile(project, "dev");
    }

    private PauseRecord own() {
        return PauseRecord.of(note, List.of(QUEUE));
    }

    private PauseRecord with(String host, long process, long started) {
        return new PauseRecord(
                "buildkite-fleet/dev",
                note.text(),
                host,
                process,
                started,
                RunningProcess.NONE,
                "2026-11-29T12:00:00Z",
                own().queues());
    }

    private PauseRecord killedOnThisMachine() {
        return with(PauseRecord.thisHost(), ProcessHandle.current().pid(), 12);
    }

    @Test
    void whatWasWrittenIsReadAgain() {
        file.create(own(), RESUME);
        assertThat(file.read().orElseThrow().clusterQueues()).containsExactly(QUEUE);
        assertThat(file.read().orElseThrow().pauseNote()).isEqualTo(note);
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        file.create(own(), RESUME);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(file.path().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void nothingElseStaysBesideIt() throws IOException {
        file.create(own(), RESUME);
        try (var files = Files.list(file.path().getParent())) {
            assertThat(files).containsExactly(file.path());
        }
    }

    @Test
    void withoutOneThereIsNothingInTheWay() {
        assertThat(file.refusal(RESUME)).isEmpty();
    }

    @Test
    void aDrainThatIsAtWorkIsNamed() {
        file.create(own(), RESUME);
        assertThat(file.refusal(RESUME).orElseThrow())
                .contains("is at work, as process " + ProcessHandle.current().pid(), "has paused big");
    }

    @Test
    void aSecondDrainOfTheStackIsRefusedAndTheFirstKeepsItsFile() {
        file.create(own(), RESUME);
        var first = file.read();
        assertThatThrownBy(() -> file.create(with("elsewhere", 1, 1), RESUME))
                .isInstanceOf(OperateException.class)
                .hasMessageContaining("is at work");
        assertThat(file.read()).isEqualTo(first);
    }

    /** The id of a process that has ended may be another's by now. */
    @Test
    void aDrainThatWasKilledSaysHowToResume() {
        file.create(killedOnThisMachine(), RESUME);
        assertThat(file.refusal(RESUME).orElseThrow())
                .contains("was killed", "may have left paused: big", "resume that first: " + RESUME);
    }

    @Test
    void aPulumiThatGoesOnAfterItsDrainWasKilledIsInTheWay() throws IOException {
        var pulumi = RunningProcess.of(ProcessHandle.current());
        file.create(killedOnThisMachine(), RESUME);
        file.update(killedOnThisMachine().updatedBy(pulumi));
        assertThat(file.refusal(RESUME).orElseThrow())
                .contains("its Pulumi still updates the stack, as process " + pulumi.id(), "wait until it has ended");
    }

    @Test
    void aProcessThatHasTheIdOfAPulumiThatHasEndedIsNone() throws IOException {
        file.create(killedOnThisMachine(), RESUME);
        file.update(killedOnThisMachine()
                .updatedBy(new RunningProcess(ProcessHandle.current().pid(), 12)));
        assertThat(file.refusal(RESUME).orElseThrow()).contains("was killed, and may have left paused");
    }

    @Test
    void aFileThatSaysNothingOfPulumiIsReadAsOneBeforeItStarted() throws IOException {
        file.create(own(), RESUME);
        var json = Json.parse(Files.readString(file.path())).getAsJsonObject();
        json.remove("update");
        Files.writeString(file.path(), json.toString());
        assertThat(file.read().orElseThrow().update()).isEqualTo(RunningProcess.NONE);
    }

    @Test
    void aDrainOfAnotherMachineMayStillBeAtWork() {
        file.create(with("ci-7", 1, 1), RESUME);
        assertThat(file.refusal(RESUME).orElseThrow()).contains("on ci-7", "if it is no longer at work there", RESUME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "null", "{\"host\": \"a\", \"queues\": [], \"note\": \"by hand\"}", "half of {"})
    void aFileThatIsNoneOfOursIsToldWithWhatToDo(String text) throws IOException {
        Files.createDirectories(file.path().getParent());
        Files.writeString(file.path(), text);
        assertThatThrownBy(() -> file.refusal(RESUME))
                .isInstanceOf(OperateException.class)
                .hasMessageContaining(file.path().toString())
                .hasMessageContaining("delete the file");
    }

    @Test
    void aNoteIsKnownAgainAlsoIfSomebodyAddsToIt() {
        assertThat(note.isIn("Bob: leave it! " + note.text() + " (thanks)")).isTrue();
        assertThat(note.isIn(PauseNote.of(OWNER, "Jane Doe", RESUME).text()))
                .as("another drain's")
                .isFalse();
        assertThat(note.isIn("")).isFalse();
        assertThat(PauseNote.parse(note.text())).contains(note);
    }

    @Test
    void aNoteOfAnEarlierVersionIsOfNoFleetThatIsKnown() {
        var id = "4f2a0000-0000-4000-8000-000000000000";
        var earlier = PauseNote.parse("Paused. [fleet drain buildkite-fleet/dev " + id + "]")
                .orElseThrow();
        assertThat(earlier.id()).isEqualTo(id);
        assertThat(earlier.owner()).isEqualTo(new DrainOwner("buildkite-fleet/dev", ""));
    }

    @Test
    void aNoteSaysWhoAndWhyAndHowToResume() {
        assertThat(note.text()).contains("Jane Doe", PauseRecord.thisHost(), "lose running jobs", RESUME);
    }
}
