package io.buildkitefleet.scanners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.report.scanner.Manifests;
import io.buildkitefleet.report.scanner.TerraformPlan;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scanners of others read both forms of prod, find what a person has agreed to and nothing else, and find a mistake
 * that is put there for them: a scanner that reads nothing finds nothing, too.
 */
@Tag("engine")
@ExtendWith(PreviewedStacks.Extension.class)
class ScannersTest {
    private static final String CACHE = "4.deployment.buildkite-caches.bazel.yaml";

    @TempDir
    private static Path directory;

    private static Scanner scanner;

    private static Path terraform;

    private static Path manifests;

    @BeforeAll
    static void bothForms(PreviewedStacks previews) throws Exception {
        scanner = new Scanner(directory);
        terraform = directory.resolve("plan.json");
        try (var out = Files.newBufferedWriter(terraform)) {
            PlanJson.write(TerraformPlan.of(previews.prod().plan()), out);
        }
        manifests = Files.createDirectory(directory.resolve("manifests"));
        for (var file : new TreeMap<>(Manifests.of(previews.prod().plan())).entrySet()) {
            Files.writeString(manifests.resolve(file.getKey()), Manifests.MARK + file.getValue());
        }
    }

    @Test
    void checkovFailsInTheTerraformFormWhatIsAgreed() throws Exception {
        assertThat(Agreed.named("checkov-terraform.yaml").differences(scanner.checkovOfTerraform(terraform)))
                .isEmpty();
    }

    @Test
    void theDocumentSaysHowManyResultsOfCheckovAreGood() throws Exception {
        var passed = scanner.checkovOfTerraform(terraform).passed();
        assertThat(Files.readString(Path.of("docs/rules.md")))
                .as("what docs/rules.md says of checkov on the Terraform form of prod")
                .contains(" pass in prod, with " + passed + " results;");
    }

    @Test
    void checkovFailsInTheManifestsWhatIsAgreed() throws Exception {
        assertThat(Agreed.named("checkov-manifests.yaml").differences(scanner.checkovOfManifests(manifests)))
                .isEmpty();
    }

    @Test
    void kubeScoreFailsInTheManifestsWhatIsAgreed() throws Exception {
        assertThat(Agreed.named("kube-score-manifests.yaml").differences(scanner.kubeScore(manifests)))
                .isEmpty();
    }

    @Test
    void checkovFindsAMistakeInTheTerraformForm() throws Exception {
        var mistaken =
                changed(terraform, "\"uniform_bucket_level_access\": true", "\"uniform_bucket_level_access\": false");
        assertThat(scanner.checkovOfTerraform(mistaken).failed())
                .contains("CKV_GCP_29 of google_storage_bucket.artifacts-bucket");
    }

    @Test
    void checkovFindsAMistakeInTheManifests() throws Exception {
        assertThat(scanner.checkovOfManifests(alone(changed(
                                manifests.resolve(CACHE),
                                "allowPrivilegeEscalation: false",
                                "allowPrivilegeEscalation: true")))
                        .failed())
                .contains("CKV_K8S_20 of Deployment.buildkite-caches.bazel");
    }

    @Test
    void kubeScoreFindsAMistakeInTheManifests() throws Exception {
        assertThat(scanner.kubeScore(alone(changed(
                                manifests.resolve(CACHE),
                                "readOnlyRootFilesystem: true",
                                "readOnlyRootFilesystem: false")))
                        .failed())
                .contains(
                        "container-security-context-readonlyrootfilesystem of Deployment/apps/v1/buildkite-caches/bazel");
    }

    /** As all of these tests are where this one is not skipped. */
    @Test
    void theyNeedNoNetwork() {
        assumeThat(scanner.isCutOff())
                .as("unshare can take the network from a program on this machine")
                .isTrue();
    }

    @Test
    void whatIsNotAsAgreedIsSaidWithWhatToDo() throws Exception {
        var file = "src/test/resources/scanners/checkov-terraform.yaml";
        var agreed = Agreed.named("checkov-terraform.yaml");
        var verdict = new Verdict(3, new TreeSet<>(Set.of("CKV_GCP_1 of google_container_cluster.x")));

        assertThat(agreed.differences(verdict))
                .contains(
                        "CKV_GCP_1 of google_container_cluster.x fails, and nobody has agreed to that: repair it, or add it to "
                                + file + " with why",
                        "CKV_GCP_62 of google_storage_bucket.artifacts-bucket fails no more, or is judged no more: take it"
                                + " out of " + file)
                .anyMatch(line -> line.startsWith("only 3 results are good"));
    }

    /** A copy of a file in which each such text is another one. */
    private static Path changed(Path file, String text, String other) throws IOException {
        var before = Files.readString(file);
        assertThat(before).contains(text);
        var copy = Files.createTempDirectory(directory, "mistake").resolve(file.getFileName());
        return Files.writeString(copy, before.replace(text, other));
    }

    private static Path alone(Path file) {
        return file.getParent();
    }
}
