package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack against another one. */
class DiffStackTest {
    private static final String SAME = "no resource differs\nTaken for the same: acme-ci-dev and acme-builds, "
            + "bk-dev and bk-stage, dev and stage.\n";

    @TempDir
    private Path directory;

    private ProjectRepository project;

    @BeforeEach
    void aProjectWithTwoStacksThatAreAlike() throws IOException, InterruptedException {
        project = new ProjectRepository(directory.resolve("repository"));
        stage("acme-ci-dev", "acme-builds");
    }

    private void stage(String... replaced) throws IOException {
        var text = Files.readString(project.file("Pulumi.dev.yaml"));
        for (int i = 0; i < replaced.length; i += 2) {
            assertThat(text).contains(replaced[i]);
            text = text.replace(replaced[i], replaced[i + 1]);
        }
        project.write("Pulumi.stage.yaml", text);
    }

    private void diff(String... arguments) {
        var all = new String[arguments.length + 2];
        all[0] = "diff";
        all[1] = "stage";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        assertThat(project.fleet(all)).as(project.err()).isZero();
    }

    @Test
    void stacksThatDifferInTheirNamesAloneDoNotDiffer() {
        diff("--base", "Pulumi.dev.yaml");
        assertThat(project.out()).startsWith("stage beside dev: " + SAME).doesNotContain("Queue ");
    }

    @Test
    void theOtherStackMayBeNamed() {
        diff("--base", "dev");
        assertThat(project.out()).startsWith("stage beside dev: " + SAME);
    }

    @Test
    void theOtherStackMayBeNamedWithItsOrganization() {
        diff("--base", "acme/buildkite-fleet/dev");
        assertThat(project.out()).startsWith("stage beside dev: " + SAME);
    }

    /** What a person writes may hold the stack's name, and is another nevertheless. */
    @Test
    void anImageABranchAndATagThatHoldTheStacksNameDiffer() throws IOException {
        var queue = "      light: {pool: light}\n";
        project.replace(
                queue,
                "      light: {pool: light, image: 'ghcr.io/acme/bk-dev:dev', tags: {of: dev}, only: {branches: [dev]}}\n");
        stage("acme-ci-dev", "acme-builds", "bk-dev:dev", "bk-dev:stage", "of: dev", "of: stage", "[dev]", "[stage]");
        diff("--base", "dev");
        assertThat(project.out())
                .contains("ghcr.io/acme/bk-dev:stage", "ghcr.io/acme/bk-dev:dev", "of=stage", "of=dev")
                .contains("only-branch stage", "only-branch dev");
    }

    @Test
    void eachIsNamedWithWhatItHas() throws IOException {
        stage(
                "acme-ci-dev",
                "acme-builds",
                "capacity: preemptible, max: 4}\n      light",
                "capacity: on-demand, max: 6}\n      light",
                "      light: {pool: light}\n",
                "      light: {pool: light}\n      extra: {pool: light, can: [kubectl], namespaces: [apps]}\n");
        diff("--base", "dev");
        assertThat(project.out())
                .containsPattern("stage beside dev: \\d+ only in stage, 1 only in dev, \\d+ differ\n")
                .contains(">  queue-extra-release  kubernetes:helm.sh/v3:Release  only in stage\n")
                .contains("<  pool-big-fallback-nodes  gcp:container/nodePool:NodePool  only in dev\n")
                .contains(
                        "≠  pool-big-nodes  gcp:container/nodePool:NodePool\n"
                                + "    autoscaling.locationPolicy: stage \"BALANCED\"; dev \"ANY\"\n"
                                + "    autoscaling.totalMaxNodeCount: stage 6; dev 4\n"
                                + "    nodeConfig.labels[\"buildkite-fleet/capacity\"]: stage \"on-demand\"; dev \"preemptible\"\n")
                .contains("Queue big:\n")
                .contains("    maxNodes: stage 6; dev 4\n")
                .contains("Queue extra: only in stage\n")
                .containsPattern("USD A MONTH +stage +dev  DIFFERENCE\n")
                .doesNotContain("replace", "DANGER", "→");
    }

    /** It is no input, and what a stack is protected from matters. */
    @Test
    void whatOnlyOneProtectsDiffers() throws IOException {
        stage("acme-ci-dev", "acme-builds", "protect: false", "protect: true");
        diff("--base", "dev");
        assertThat(project.out())
                .contains("≠  network-vpc  gcp:compute/network:Network\n    protect: stage true; dev false\n");
    }

    @Test
    void toolsAreToldWhichSideAValueIsOn() throws IOException {
        stage(
                "acme-ci-dev",
                "acme-builds",
                "capacity: preemptible, max: 4}\n      light",
                "capacity: preemptible, max: 6}\n      light");
        diff("--base", "dev", "--json");
        var json = JsonParser.parseString(project.out()).getAsJsonObject();
        assertThat(json.keySet()).containsExactly("stack", "base", "sameNames", "resources", "queues", "cost");
        assertThat(json.getAsJsonObject("sameNames").asMap()).containsOnlyKeys("dev", "bk-dev", "acme-ci-dev");
        assertThat(json.getAsJsonArray("resources").asList())
                .extracting(resource -> resource.getAsJsonObject().get("name").getAsString())
                .contains("pool-big-nodes");
        var pool = json.getAsJsonArray("resources").asList().stream()
                .map(resource -> resource.getAsJsonObject())
                .filter(resource -> resource.get("name").getAsString().equals("pool-big-nodes"))
                .findFirst()
                .orElseThrow();
        assertThat(pool.get("kind").getAsString()).isEqualTo("differs");
        assertThat(pool.getAsJsonArray("properties"))
                .containsExactly(object("path", "autoscaling.totalMaxNodeCount", "base", "4", "stack", "6"));
        assertThat(json.getAsJsonArray("queues")
                        .get(0)
                        .getAsJsonObject()
                        .get("kind")
                        .getAsString())
                .isEqualTo("differs");
        assertThat(json.getAsJsonObject("cost").keySet()).containsExactly("base", "stack");
    }

    private static JsonObject object(String... members) {
        var object = new JsonObject();
        for (int i = 0; i < members.length; i += 2) {
            object.addProperty(members[i], members[i + 1]);
        }
        return object;
    }

    @Test
    void theSameStackMayHaveTwoFiles() throws IOException {
        project.write(
                "trial.yaml",
                Files.readString(project.file("Pulumi.stage.yaml")).replace("n1-standard-1, ", "n1-standard-2, "));
        diff("--base", project.file("trial.yaml").toString());
        assertThat(project.out())
                .containsPattern("stage beside /\\S+trial.yaml: \\d+ differ\n\n")
                .contains("nodeConfig.machineType: stage \"n1-standard-1\"; ");
    }

    @Test
    void theFileOfTheStackItselfMayBeAnother() {
        diff("--config-file", project.file("Pulumi.dev.yaml").toString(), "--base", "Pulumi.stage.yaml");
        assertThat(project.out()).startsWith("stage beside Pulumi.stage.yaml: ");
    }

    @Test
    void aRevisionIsMeantBeforeAStackOfItsName() throws IOException, InterruptedException {
        project.commit();
        project.git("branch", "dev");
        diff("--base", "dev");
        assertThat(project.out()).startsWith("stage against dev: no resource changes\n");
        assertThat(project.err())
                .isEqualTo(
                        "--base dev is a revision and a stack, and was taken for the revision; the stack is --base Pulumi.dev.yaml\n");
    }

    @Test
    void aFileThatStacksExtendIsNoStackToCompareWith() throws IOException {
        project.write("Pulumi.base.yaml", "config: {buildkite-fleet:fleet: {labels: {owner: platform}}}\n");
        stage("acme-ci-dev", "acme-builds", "organization: acme", "extends: Pulumi.base.yaml\n    organization: acme");
        assertThat(project.fleet("diff", "stage", "--base", "Pulumi.base.yaml")).isEqualTo(1);
        assertThat(project.err()).startsWith("\"base\" is no stack: ");
    }

    @Test
    void whatIsWrongInTheOtherStackIsSaidWithItsFile() throws IOException {
        project.replace("us-west1\n", "west\n");
        assertThat(project.fleet("diff", "stage", "--base", "dev")).isEqualTo(1);
        assertThat(project.err()).startsWith("Pulumi.dev.yaml: 1 problem\n");
    }

    @Test
    void aBaseThatIsNothingIsToldWhatItMayBe() {
        assertThat(project.fleet("diff", "stage", "--base", "Pulumi.nowhere.yaml"))
                .isEqualTo(1);
        assertThat(project.err())
                .contains("--base Pulumi.nowhere.yaml: is neither a file nor a revision")
                .contains("; ./fleet diff takes a stack as well: dev, stage");
    }
}
