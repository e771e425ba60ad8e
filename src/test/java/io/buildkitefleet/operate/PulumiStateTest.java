package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.operate.Prerequisite.Status;
import io.buildkitefleet.pulumi.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the state is, and whether its secrets open. Pulumi's words are those of the real one, 3.207.0. */
class PulumiStateTest {
    private static final String KEY = "gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k";
    private static final StateStore STORE = new StateStore("acme-ci-dev", "us-west1");
    private static final String BUCKET = "{\"user\": \"jane\", \"url\": \"gs://acme-state\"}";

    @TempDir
    Path directory;

    private final StandInMachine machine = new StandInMachine();

    @BeforeEach
    void aMachineWithPulumi() throws IOException {
        Files.writeString(directory.resolve("Pulumi.yaml"), "name: buildkite-fleet\nruntime: java\n");
        file("config:\n  gcp:project: acme-ci-dev\n");
        machine.install("pulumi");
        machine.install("gcloud");
        machine.says("whoami", BUCKET);
        machine.says("stack ls", "[{\"name\": \"dev\"}]");
        machine.says("buckets describe gs://acme-state ", "{\"versioning_enabled\": true}");
    }

    private void file(String text) throws IOException {
        Files.writeString(directory.resolve("Pulumi.dev.yaml"), text);
    }

    private List<Prerequisite> examine() {
        return examine("dev");
    }

    private List<Prerequisite> examine(String reference) {
        var project = Project.read(directory);
        return new PulumiState(machine, new Gcloud(machine), project, project.stack(reference), STORE)
                .examine(true, true);
    }

    private Prerequisite one(String what) {
        return one(what, examine());
    }

    private static Prerequisite one(String what, List<Prerequisite> checks) {
        return checks.stream()
                .filter(check -> check.what().equals(what))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStateInABucketIsGood() {
        assertThat(one("Pulumi's backend")).isEqualTo(Prerequisite.good("Pulumi's backend", "gs://acme-state"));
        assertThat(one("bucket of the state").status()).isEqualTo(Status.GOOD);
        assertThat(one("stack")).isEqualTo(Prerequisite.good("stack", "dev is in the backend"));
    }

    @Test
    void whoIsNotLoggedInIsToldTo() {
        machine.refuses(
                "whoami", "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions");
        assertThat(one("Pulumi's backend").status()).isEqualTo(Status.MISSING);
        assertThat(one("Pulumi's backend").command()).isEqualTo("pulumi login gs://BUCKET");
        assertThat(one("stack").detail()).isEqualTo("not asked, that takes a backend");
        assertThat(one("secrets provider").detail()).isEqualTo("not asked, that takes a backend");
    }

    @Test
    void aBackendThatRefusesIsMissing() {
        machine.refuses("whoami", "error: missing google credentials: unable to find gcp credentials");
        assertThat(one("Pulumi's backend").text())
                .isEqualTo("it does not open (error: missing google credentials: unable to find gcp credentials); "
                        + "see: pulumi whoami --verbose");
        assertThat(one("Pulumi's backend").status()).isEqualTo(Status.MISSING);
    }

    @Test
    void aBackendThatIsOutOfReachIsUnknown() {
        machine.refuses("whoami", "error: dial tcp: lookup api.pulumi.com: no such host");
        assertThat(one("Pulumi's backend").status()).isEqualTo(Status.UNKNOWN);

        machine.answer("whoami", new Reply.Late(Duration.ofSeconds(60)));
        assertThat(one("Pulumi's backend").text())
                .isEqualTo("no answer in 60 seconds; look yourself: pulumi whoami --verbose");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jane", "[]", "{\"url\": {}}"})
    void whateverPulumiAnswersIsNoFault(String answer) {
        machine.says("whoami", answer);
        assertThat(one("Pulumi's backend").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aStateOnOneMachineIsWarnedOf() {
        machine.says("whoami", "{\"url\": \"file:///home/jane\"}");
        assertThat(one("Pulumi's backend").status()).isEqualTo(Status.WARNING);
        assertThat(examine()).noneMatch(check -> check.what().equals("bucket of the state"));
    }

    @Test
    void aBucketWithoutOlderVersionsIsWarnedOf() {
        machine.says("whoami", "{\"url\": \"gs://acme-state/ci?project=x\"}");
        machine.says("buckets describe gs://acme-state ", "{}");
        assertThat(one("bucket of the state").command())
                .isEqualTo("gcloud storage buckets update gs://acme-state --versioning");
        assertThat(one("bucket of the state").status()).isEqualTo(Status.WARNING);
    }

    @Test
    void aStackThatIsNotThereIsMadeWithAKey() {
        machine.says("stack ls", "[{\"name\": \"prod\"}, {\"name\": \"organization/buildkite-fleet/undev\"}]");
        assertThat(one("stack").status()).isEqualTo(Status.MISSING);
        assertThat(one("stack").command()).startsWith("pulumi stack init dev --secrets-provider gcpkms://projects/");
    }

    @Test
    void aStackThatIsNotThereIsMadeWithTheKeyThatItsFileNames() throws IOException {
        machine.says("stack ls", "[]");
        file("secretsprovider: " + KEY + "\nconfig:\n  gcp:project: acme-ci-dev\n");
        assertThat(one("stack").command()).isEqualTo("pulumi stack init dev --secrets-provider " + KEY);
    }

    @Test
    void aBucketThatIsNotThereIsToBeMade() {
        machine.refuses("buckets describe gs://acme-state ", "gs://acme-state not found: 404.");
        assertThat(one("bucket of the state"))
                .isEqualTo(
                        Prerequisite.missing(
                                "bucket of the state",
                                "gs://acme-state is not there; make it, as docs/first-deploy.md says",
                                "gcloud storage buckets create gs://acme-state --project acme-ci-dev --location us-west1 --uniform-bucket-level-access --public-access-prevention"));
    }

    @Test
    void aBackendWhoseBucketIsNotThereIsToBeMade() {
        machine.set("PULUMI_BACKEND_URL", "gs://acme-state/ci");
        machine.refuses("whoami", "error: read \".pulumi/meta.yaml\": storage: bucket doesn't exist");
        assertThat(one("Pulumi's backend").status()).isEqualTo(Status.MISSING);
        assertThat(one("Pulumi's backend").command()).startsWith("gcloud storage buckets create gs://acme-state --");
    }

    @ParameterizedTest
    @CsvSource({"acme/dev, acme/dev", "acme/buildkite-fleet/dev, acme/dev", "acme/dev, dev", "dev, dev"})
    void aStackOfPulumiCloudIsFoundHoweverItIsNamed(String reference, String listed) {
        machine.says("whoami", "{\"url\": \"https://app.pulumi.com/jane\"}");
        machine.says("stack ls", "[{\"name\": \"" + listed + "\"}]");
        assertThat(one("stack", examine(reference)).status()).isEqualTo(Status.GOOD);
        assertThat(one("secrets provider", examine(reference)).detail()).startsWith("Pulumi Cloud; not tried");
    }

    @ParameterizedTest
    @CsvSource({"dev, other/dev", "acme/dev, other/dev", "dev, organization/other/dev"})
    void theStackOfAnotherOrganizationOrProjectIsAnother(String reference, String listed) {
        machine.says("whoami", "{\"url\": \"https://app.pulumi.com/jane\"}");
        machine.says("stack ls", "[{\"name\": \"" + listed + "\"}]");
        var stack = one("stack", examine(reference));
        assertThat(stack.status()).isEqualTo(Status.MISSING);
        assertThat(stack.text())
                .isEqualTo("the backend has no stack " + reference + ", and " + listed
                        + " is another one; name that, if it is meant, or make it: pulumi stack init " + reference);
    }

    @Test
    void aPassphraseThatIsNotSetIsMissing() throws IOException {
        file("encryptionsalt: v1:abc\nconfig:\n  gcp:project: acme-ci-dev\n");
        assertThat(one("secrets provider").status()).isEqualTo(Status.MISSING);
        assertThat(one("secrets provider").command()).isEqualTo("export PULUMI_CONFIG_PASSPHRASE_FILE=FILE");

        machine.set("PULUMI_CONFIG_PASSPHRASE", "x");
        assertThat(one("secrets provider").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void anEmptyPassphraseIsOneAndAnEmptyFileIsNone() throws IOException {
        file("encryptionsalt: v1:abc\nconfig:\n  gcp:project: acme-ci-dev\n");
        machine.set("PULUMI_CONFIG_PASSPHRASE_FILE", "");
        assertThat(one("secrets provider").status()).isEqualTo(Status.MISSING);

        machine.set("PULUMI_CONFIG_PASSPHRASE", "");
        assertThat(one("secrets provider").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aSecretIsOpenedAndNotShown() throws IOException {
        file("secretsprovider: " + KEY
                + "\nconfig:\n  buildkite-fleet:agentToken: {secure: AAAA}\n  gcp:project: acme-ci-dev\n");
        machine.says("config get buildkite-fleet:agentToken --stack dev", "bkct_secret");
        assertThat(one("secrets provider").detail()).isEqualTo(KEY + ", and it opens the stack's secrets");
        assertThat(examine().toString()).doesNotContain("bkct_secret");

        machine.refuses("config get", "error: incorrect passphrase");
        assertThat(one("secrets provider"))
                .isEqualTo(Prerequisite.missing(
                        "secrets provider",
                        KEY
                                + " does not open buildkite-fleet:agentToken (error: incorrect passphrase); try it yourself",
                        "pulumi config get buildkite-fleet:agentToken --stack dev >/dev/null"));

        machine.refuses("config get", "error: dial tcp 1.2.3.4:443: i/o timeout");
        assertThat(one("secrets provider").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void withoutPulumiNothingIsAsked() {
        var project = Project.read(directory);
        assertThat(new PulumiState(machine, new Gcloud(machine), project, project.stack("dev"), STORE)
                        .examine(false, true))
                .extracting(Prerequisite::status)
                .containsOnly(Status.UNKNOWN);
        assertThat(machine.asked()).isEmpty();
    }
}
