package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pull request is told. */
class ReviewCommandTest {
    @TempDir
    private Path directory;

    private ProjectRepository project;

    @BeforeEach
    void aRepositoryWithAMainBranch() throws IOException, InterruptedException {
        project = new ProjectRepository(directory.resolve("repository"));
        project.git("update-ref", "refs/remotes/origin/main", "HEAD");
    }

    @Test
    void aRealChangeIsToldAsWasAgreed() throws IOException {
        doubleThePoolAndAddAQueue();
        var page = project.file("review.html");

        assertThat(project.fleet("review", "dev", "--base", "origin/main", "--markdown", "--html", page.toString()))
                .isZero();
        assertThat(project.out())
                .contains("- **Changes** in `dev`: ", "| `light` | most nodes | `4` | `8` |", "| `lint` | **new** |");
        Golden.named("dev-review.md").matches(project.out());
        Golden.named("dev-review.html").matches(Files.readString(page));
        Golden.part("docs/pull-requests.md", "review").matches("\n" + project.out() + "\n");
    }

    @Test
    void whoSignsStepsAndWhoRunsSignedOnesAloneIsTold() throws IOException {
        project.replace("    queues:\n", "      uploads: {machineType: e2-standard-2, max: 1}\n    queues:\n");
        project.replace(
                "light: {pool: light}\n",
                "light: {pool: light}\n      upload: {pool: uploads}\n    signing: {queues: [light], publicKeys: ["
                        + TestKeys.publicKey() + "]}\n");

        assertThat(project.fleet("review", "dev", "--base", "HEAD")).isZero();
        assertThat(project.out())
                .contains("| `light` | signed steps alone | none | `true` |")
                .containsPattern("\\| `upload` \\| \\*\\*new\\*\\* .* tags queue=upload, signs steps true` \\|");
    }

    @Test
    void whatChangesNothingSaysSo() {
        assertThat(project.fleet("review", "dev", "--base", "HEAD")).isZero();
        assertThat(project.out()).contains("- **Nothing changes** in `dev`.\n").doesNotContain("State at risk");
    }

    @Test
    void whatIsLostComesFirst() throws IOException {
        project.replace("zones: [us-west1-a]", "zones: [us-west1-b]");

        assertThat(project.fleet("review", "dev", "--base", "HEAD")).isZero();
        assertThat(project.out())
                .containsPattern(
                        "- \\*\\*State at risk\\*\\* in `dev`: \\d+ resources change, \\d+ of them replace or delete")
                .containsSubsequence("**State at risk: ", "| `cluster-gke` | **replace** |", "**Replaced or deleted");
    }

    @Test
    void severalStacksShareAComment() throws IOException {
        var dev = Files.readString(project.file("Pulumi.dev.yaml"));
        Files.writeString(project.file("Pulumi.stage.yaml"), dev.replace("acme-ci-dev", "acme-ci-stage"));

        assertThat(project.fleet("review", "dev", "stage", "dev", "--base", "HEAD"))
                .isZero();
        assertThat(project.out())
                .containsSubsequence("- **Nothing changes** in `dev`.", "- **New stack** `stage`: ", "### `stage`")
                .containsOnlyOnce("in `dev`");
    }

    @Test
    void aChangeThatBreaksTheConfigurationIsToldAndFails() throws IOException {
        project.replace("region: us-west1", "region: west");
        var comment = project.file("comment.md");

        assertThat(project.fleet("review", "dev", "--base", "HEAD", "--out", comment.toString()))
                .isEqualTo(1);
        assertThat(comment)
                .content()
                .contains("- **Wrong configuration**: `dev` cannot be previewed", "```\nPulumi.dev.yaml: 1 problem\n")
                .contains("region: must be a region");
        assertThat(project.out()).isEmpty();
        assertThat(project.err()).startsWith("Pulumi.dev.yaml: 1 problem");
    }

    @Test
    void aChangeThatMendsTheConfigurationIsNotBlamed() throws IOException, InterruptedException {
        project.replace("region: us-west1", "region: west");
        project.commit();
        project.replace("region: west", "region: us-west1");

        assertThat(project.fleet("review", "dev", "--base", "HEAD")).isEqualTo(1);
        assertThat(project.out())
                .contains("- **Not compared**: `dev` can be previewed, but not at the base.")
                .containsPattern("the base [0-9a-f]{40} is wrong: Pulumi.dev.yaml: 1 problem");
    }

    @Test
    void newFindingsFailFromTheSeverityOnThatOneNames() throws IOException {
        project.replace("light: {pool: light}", "light: {pool: light, can: [docker]}");

        assertThat(project.fleet("review", "dev", "--base", "HEAD")).isZero();
        assertThat(project.fleet("review", "dev", "--base", "HEAD", "--fail-on", "high"))
                .isZero();
        assertThat(project.fleet("review", "dev", "--base", "HEAD", "--fail-on", "Medium"))
                .isEqualTo(1);
        assertThat(project.out())
                .contains("- **Changes that break rules** in `dev`: ", "**New findings**")
                .contains("| `namespace-pod-security` | medium | `queue-light-namespace-border` |");
    }

    @Test
    void aWaiverIsSeen() throws IOException {
        project.replace("light: {pool: light}", "light: {pool: light, can: [docker]}");
        project.replace(
                "    waivers:\n",
                "    waivers:\n      - {rule: namespace-pod-security, resource: queue-light-*, until: \"2027-01-31\","
                        + " reason: \"ask @all | <b>\"}\n");

        assertThat(project.fleet("review", "dev", "--base", "HEAD", "--fail-on", "low"))
                .isZero();
        assertThat(project.out())
                .contains("1 finding newly waived", "**Newly waived**")
                .contains("| `namespace-pod-security` | medium | `queue-light-namespace-border` | 2027-01-31 "
                        + "| `ask @all `&#124;` <b>` |");
    }

    @Test
    void aWaiverOfNoRuleIsToldOfTheFileThatWasNamed() throws IOException {
        var trial = project.file("Pulumi.trial.yaml");
        Files.writeString(
                trial,
                Files.readString(project.file("Pulumi.dev.yaml"))
                        .replace("rule: state-protected", "rule: state-protektd"));

        assertThat(project.fleet("review", "dev", "--base", "HEAD", "--config-file", trial.toString()))
                .isOne();
        assertThat(project.out()).contains("Pulumi.trial.yaml: 1 problem").doesNotContain("Pulumi.dev.yaml: 1 problem");
    }

    @Test
    void aReviewOfAHundredQueuesFitsIntoAComment() throws IOException {
        Files.writeString(project.file("Pulumi.large.yaml"), hundredQueues());
        var page = project.file("review.html");

        assertThat(project.fleet("review", "large", "--base", "HEAD", "--markdown", "--html", page.toString()))
                .isZero();
        assertThat(project.out().getBytes(StandardCharsets.UTF_8).length).isBetween(50_000, 60_000);
        assertThat(project.out())
                .contains("Shortened, to fit into a comment. All of it: `./fleet review large --base HEAD --html FILE`")
                .contains("more, left out here")
                .endsWith("is not known.\n");
        assertThat(project.out().split("<details>", -1))
                .hasSameSizeAs(project.out().split("</details>", -1));
        assertThat(page).content().doesNotContain("left out").contains("queue-q99-release");
    }

    private static String hundredQueues() {
        var text = new StringBuilder("""
                config:
                  gcp:project: acme-ci-large
                  buildkite-fleet:fleet:
                    organization: acme
                    region: us-west1
                    cluster: {authorizedNetworks: [{cidr: 203.0.113.0/24, name: office}]}
                    pools: {p: {machineType: n1-standard-8, max: 200}}
                    queues:
                """);
        for (int queue = 0; queue < 100; queue++) {
            text.append("      q").append(queue).append(": {pool: p}\n");
        }
        return text.toString();
    }

    @Test
    void wrongUsageHasExitCodeTwo() {
        assertThat(project.fleet("review", "dev")).isEqualTo(2);
        assertThat(project.fleet("review", "--base", "HEAD")).isEqualTo(2);
        assertThat(project.fleet("review", "dev", "--base", "HEAD", "--fail-on", "never"))
                .isEqualTo(2);
    }

    @Test
    void aBaseThatThereIsNotIsNoReview() {
        assertThat(project.fleet("review", "dev", "--base", "nowhere")).isEqualTo(1);
        assertThat(project.out()).isEmpty();
        assertThat(project.err()).startsWith("--base nowhere: is neither a file nor a revision");
    }

    private void doubleThePoolAndAddAQueue() throws IOException {
        project.replace(
                "light: {machineType: n1-standard-1, capacity: preemptible, max: 4}",
                "light: {machineType: n1-standard-1, capacity: preemptible, max: 8}");
        project.replace("light: {pool: light}\n", "light: {pool: light}\n      lint: {pool: light}\n");
    }
}
