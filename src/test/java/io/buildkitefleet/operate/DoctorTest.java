package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.buildkitefleet.cloud.Permission;
import io.buildkitefleet.fleet.Api;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.operate.Prerequisite.Status;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a deployment lacks, on machines and in projects of all kinds. */
class DoctorTest {
    private static final Path ADC = Path.of("/home/jane/.config/gcloud/application_default_credentials.json");
    private static final List<Permission> PERMISSIONS = Permission.of(List.of("gcp:container/cluster:Cluster"));
    private static final String UNASKED = "not asked, that takes gcloud and a login";

    private final StandInMachine machine = new StandInMachine();
    private final Project project = Project.read(Path.of(""));
    private Stack stack = project.stack("dev");

    @Test
    void onAnEmptyMachineEachMissingThingSaysHowToGetIt() {
        assertThat(examine())
                .filteredOn(check -> check.status() == Status.MISSING)
                .extracting(Prerequisite::what, Prerequisite::command)
                .containsExactly(
                        tuple("gcloud", "https://cloud.google.com/sdk/docs/install"),
                        tuple("gke-gcloud-auth-plugin", "gcloud components install gke-gcloud-auth-plugin"),
                        tuple("pulumi", "https://www.pulumi.com/docs/install/"),
                        tuple("Google credentials", "gcloud auth application-default login"),
                        tuple(
                                "secret agentToken",
                                "pulumi config set --secret buildkite-fleet:agentToken --stack dev"));
        assertThat(one("secret agentToken").text())
                .isEqualTo("make one on the Agent Tokens page of a cluster at "
                        + "https://buildkite.com/organizations/acme/clusters, "
                        + "and set it: pulumi config set --secret buildkite-fleet:agentToken --stack dev");
    }

    @Test
    void whatIsLookedAtComesInTheOrderOfTheSteps() {
        assertThat(examine())
                .extracting(Prerequisite::what)
                .startsWith(
                        "gcloud",
                        "gke-gcloud-auth-plugin",
                        "pulumi",
                        "Pulumi's Java support",
                        "gcloud login",
                        "Google credentials",
                        "project",
                        "billing",
                        "Google APIs",
                        "permissions",
                        "Pulumi's backend",
                        "stack",
                        "secrets provider",
                        "secret agentToken",
                        "Buildkite")
                .endsWith("n1-standard-8 of pool big", "n1-standard-1 of pool light");
    }

    @Test
    void whatCouldNotBeLookedAtSaysWhyAndWithWhatOneLooks() {
        assertThat(examine())
                .filteredOn(check -> check.status() == Status.UNKNOWN)
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.text())
                        .as(check.what())
                        .matches("(?s).*(not asked|not installed|no pulumi|not known).*"));
    }

    @Test
    void aSecretOfAProjectWithAnotherNameIsNoneOfTheFleets() {
        stack = stack.withPlaceholderSecrets(Set.of("acme-fleet:agentToken"));
        assertThat(one("secret agentToken").status()).isEqualTo(Status.MISSING);
        assertThat(detail("secret agentToken"))
                .startsWith(
                        "(acme-fleet:agentToken is another key: Pulumi puts the project's name before one without a "
                                + "namespace); make one on ");
    }

    @Test
    void aSecretThatAnEnvironmentMayHaveIsNotSaidToBeMissing(@TempDir Path directory) throws IOException {
        Files.copy(Path.of("Pulumi.yaml"), directory.resolve("Pulumi.yaml"));
        Files.writeString(
                directory.resolve("Pulumi.dev.yaml"),
                "environment: [acme/ci-dev]\n" + Files.readString(Path.of("Pulumi.dev.yaml")));
        stack = Project.read(directory).stack("dev");
        assertThat(one("secret agentToken").status()).isEqualTo(Status.UNKNOWN);
        assertThat(detail("secret agentToken"))
                .startsWith("not in Pulumi.dev.yaml; environment: acme/ci-dev may have it, else make one on ");
    }

    @Test
    void aSecretThatIsSetIsFound() {
        var withToken = stack.withPlaceholderSecrets(Set.of("buildkite-fleet:agentToken"));
        assertThat(new Doctor(machine, project).examine(withToken, Previews.fleetOf(stack), PERMISSIONS))
                .filteredOn(check -> check.what().equals("secret agentToken"))
                .extracting(Prerequisite::status)
                .containsExactly(Status.GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOOGLE_CREDENTIALS", "GOOGLE_OAUTH_ACCESS_TOKEN", "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT"})
    void whatCountsForOneHalfOfTheFleetOnlyIsNotEnough(String variable) {
        credentials();
        machine.set(variable, "x");

        assertThat(one("Google credentials").status()).isEqualTo(Status.MISSING);
        assertThat(detail("Google credentials"))
                .startsWith(variable + " counts for Google's half of the fleet and not in the cluster; unset it");
        assertThat(one("Google credentials").command()).startsWith("unset " + variable + "; gcloud auth");
    }

    @Test
    void credentialsThatOpenNothingAreNotGood() {
        loggedIn();
        machine.refuses("application-default print-access-token", "ERROR: Reauthentication failed.");
        assertThat(one("Google credentials"))
                .isEqualTo(Prerequisite.missing(
                        "Google credentials",
                        ADC + " opens nothing (ERROR: Reauthentication failed.); log in again",
                        "gcloud auth application-default login"));
    }

    @Test
    void credentialsThatCouldNotBeTriedAreUnknown() {
        loggedIn();
        machine.answer("application-default print-access-token", new Reply.Late(Duration.ofSeconds(60)));
        assertThat(one("Google credentials").status()).isEqualTo(Status.UNKNOWN);
        assertThat(detail("Google credentials")).contains("was not tried: no answer in 60 seconds");
    }

    @Test
    void aTokenIsNotShown() {
        loggedIn();
        machine.says("print-access-token", "ya29.secret");
        assertThat(examine().toString()).doesNotContain("ya29");
    }

    @Test
    void whoActsAsAServiceAccountDoesSoInBothHalves() {
        credentials();
        impersonating("up@acme.iam.gserviceaccount.com");
        assertThat(detail("Google credentials")).endsWith("through gcloud, which is not installed");

        machine.install("gcloud");
        machine.refuses("auth print-access-token --impersonate-service-account up@", "ERROR: PERMISSION_DENIED");
        assertThat(detail("Google credentials"))
                .startsWith("gcloud's login may not act as up@acme.iam.gserviceaccount.com (ERROR: PERMISSION_DENIED)");

        machine.says("auth print-access-token --impersonate-service-account up@", "");
        assertThat(one("Google credentials").status()).isEqualTo(Status.GOOD);
        assertThat(detail("Google credentials")).endsWith("both as up@acme.iam.gserviceaccount.com");
    }

    private void impersonating(String account) {
        stack = stack.withValue("gcp:impersonateServiceAccount", account);
    }

    @Test
    void nobodyWhoIsLoggedInWithGcloudIsMissingWhereNothingElseOpensTheCluster() {
        machine.install("gcloud");
        machine.says("auth list", "[]");
        assertThat(one("gcloud login"))
                .isEqualTo(Prerequisite.missing("gcloud login", "nobody is logged in", "gcloud auth login"));
    }

    /** A pipeline has credentials in a file, and perhaps no gcloud at all. */
    @Test
    void whoHasCredentialsWithoutGcloudIsOnlyWarned() {
        credentials();
        assertThat(one("gcloud").status()).isEqualTo(Status.WARNING);
        assertThat(one("Google credentials").status()).isEqualTo(Status.GOOD);

        machine.install("gcloud");
        machine.says("auth list", "[]");
        assertThat(one("gcloud login").status()).isEqualTo(Status.WARNING);
    }

    @Test
    void whoGcloudActsAsIsNamed() {
        loggedIn();
        assertThat(one("gcloud login")).isEqualTo(Prerequisite.good("gcloud login", "jane@acme.example"));

        machine.says("auth list", "[]");
        machine.set("CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", "/tmp/token");
        assertThat(one("gcloud login").status()).isEqualTo(Status.GOOD);
    }

    @Test
    void aProjectThatNobodySeesIsToBeMade() {
        loggedIn();
        machine.refuses(
                "projects describe acme-ci-dev --format",
                "ERROR: (gcloud.projects.describe) [jane@acme.example] does not have permission to access projects "
                        + "instance [acme-ci-dev] (or it may not exist)");
        assertThat(one("project").status()).isEqualTo(Status.MISSING);
        assertThat(one("project").command()).isEqualTo("gcloud projects create acme-ci-dev");
        assertThat(detail("billing")).startsWith("not asked, there is no project yet");
        assertThat(detail("Google APIs")).startsWith("not asked, there is no project yet");
    }

    @Test
    void aProjectThatWasDeletedIsToBeTakenBack() {
        loggedIn();
        machine.says("projects describe", "{\"projectId\": \"acme-ci-dev\", \"lifecycleState\": \"DELETE_REQUESTED\"}");
        assertThat(one("project"))
                .isEqualTo(Prerequisite.missing(
                        "project",
                        "acme-ci-dev is DELETE_REQUESTED, so nothing can be made in it",
                        "gcloud projects undelete acme-ci-dev"));
    }

    @Test
    void withoutANetworkNothingIsMissingInTheProjectButUnknown() {
        loggedIn();
        var reason = "ERROR: gcloud crashed (ServerNotFoundError): Unable to find the server";
        for (var question : List.of("projects describe", "services list", "compute", "billing")) {
            machine.refuses(question, reason);
        }
        assertThat(examine())
                .filteredOn(
                        check -> List.of("project", "billing", "Google APIs").contains(check.what())
                                || check.what().startsWith("quota CPUS")
                                || check.what().contains("of pool"))
                .hasSizeGreaterThan(6)
                .allSatisfy(check -> {
                    assertThat(check.status()).as(check.what()).isEqualTo(Status.UNKNOWN);
                    assertThat(check.detail()).contains(reason);
                });
    }

    @Test
    void aGcloudThatDoesNotAnswerIsWaitedForOnce() {
        credentials();
        machine.install("gcloud");
        machine.answer("gcloud", new Reply.Late(Duration.ofSeconds(60)));
        assertThat(detail("gcloud login")).startsWith("no answer in 60 seconds");
        assertThat(machine.asked())
                .filteredOn(command -> command.startsWith("gcloud "))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{", "[1, {}, null]", "\"text\"", "{\"quotas\": [{\"metric\": []}]}"})
    void whateverGcloudAnswersIsNoFault(String answer) {
        loggedIn();
        machine.says("gcloud", answer);
        machine.says("auth list", "[{\"account\": \"jane@acme.example\"}]");
        assertThat(examine())
                .filteredOn(check -> check.what().equals("project"))
                .extracting(Prerequisite::status)
                .containsExactly(Status.UNKNOWN);
    }

    @Test
    void billingIsAskedAndNotGuessed() {
        loggedIn();
        machine.says("billing projects describe", "{\"billingAccountName\": \"\", \"billingEnabled\": false}");
        assertThat(one("billing").command())
                .isEqualTo("gcloud billing projects link acme-ci-dev --billing-account ACCOUNT");
        assertThat(detail("billing")).startsWith("nobody pays for the project");

        machine.says(
                "billing projects describe",
                "{\"billingAccountName\": \"billingAccounts/0-1-A\", \"billingEnabled\": false}");
        assertThat(detail("billing")).startsWith("billingAccounts/0-1-A is closed");

        machine.says(
                "billing projects describe",
                "{\"billingAccountName\": \"billingAccounts/0-1-A\", \"billingEnabled\": true}");
        assertThat(one("billing")).isEqualTo(Prerequisite.good("billing", "paid by billingAccounts/0-1-A"));

        machine.refuses("billing projects describe", "ERROR: SERVICE_DISABLED");
        assertThat(one("billing").text())
                .isEqualTo("ERROR: SERVICE_DISABLED; look yourself: gcloud billing projects describe acme-ci-dev");
    }

    @Test
    void withoutGcloudWhatTheProjectHasIsNotGuessed() {
        credentials();
        assertThat(examine())
                .filteredOn(check -> check.what().startsWith("quota "))
                .isNotEmpty()
                .allMatch(check -> check.status() == Status.UNKNOWN);
    }

    @Test
    void quotasAreHeldAgainstWhatTheProjectHasLeft() {
        loggedIn();
        machine.says(
                "compute regions", "{\"quotas\": [" + quota("CPUS", 72, 24) + "," + quota("INSTANCES", 100, 0) + "]}");
        assertThat(one("quota CPUS").text()).startsWith("needs 51, 48 left; ask for more: https://console");
        assertThat(detail("quota INSTANCES")).isEqualTo("needs 23, 100 left");
        assertThat(one("quota PREEMPTIBLE_CPUS").text())
                .startsWith("needs 45, gcloud does not say what is left")
                .endsWith("look at: https://console.cloud.google.com/iam-admin/quotas");
        assertThat(one("quota CPUS").status()).isEqualTo(Status.MISSING);
        assertThat(one("quota INSTANCES").status()).isEqualTo(Status.GOOD);
    }

    /** Google counts spot nodes as all others where a project has no quota of their own. */
    @Test
    void aProjectWithoutAPreemptibleQuotaIsWarned() {
        loggedIn();
        machine.says("compute regions", "{\"quotas\": [" + quota("PREEMPTIBLE_CPUS", 0, 0) + "]}");
        assertThat(one("quota PREEMPTIBLE_CPUS").status()).isEqualTo(Status.WARNING);
        assertThat(detail("quota PREEMPTIBLE_CPUS"))
                .startsWith("needs 45, the project has none of it; Google counts such nodes with all others then");

        machine.says("compute regions", "{\"quotas\": [" + quota("PREEMPTIBLE_CPUS", 40, 0) + "]}");
        assertThat(detail("quota PREEMPTIBLE_CPUS")).startsWith("needs 45, 40 left; ask for more");
        assertThat(one("quota PREEMPTIBLE_CPUS").status()).isEqualTo(Status.MISSING);
    }

    @Test
    void quotasAreNamedAsGoogleNamesThem() {
        var stackOfGpus = Stacks.minimal()
                .with(
                        "pools.big",
                        "{max: 1, capacity: on-demand, diskType: pd-ssd, machineType: a3-megagpu-8g, accelerator: {type:"
                                + " nvidia-h100-mega-80gb, count: 8}}");
        assertThat(unasked(stackOfGpus))
                .contains(
                        unasked("quota GPUS_PER_GPU_FAMILY:NVIDIA_H100_MEGA", "needs 16"),
                        unasked("quota GPUS_ALL_REGIONS", "needs 16"));

        assertThat(unasked(Stacks.minimal().with("pools.big", "{max: 1, capacity: spot, machineType: n4-standard-8}")))
                .contains(
                        unasked("quota CPUS_PER_VM_FAMILY:N4", "needs 16"),
                        unasked("quota HDB_TOTAL_GB", "needs 400"),
                        Prerequisite.unknown(
                                "quota HDB_TOTAL_IOPS",
                                "how much of it the disks take is not known; look at",
                                "https://console.cloud.google.com/iam-admin/quotas"));
    }

    @Test
    void aQuotaWithoutAKnownNameIsSaidToHaveNone() {
        var stackOfGpus = Stacks.minimal()
                .with(
                        "pools.big",
                        "{max: 1, capacity: on-demand, machineType: a9-highgpu-4g, size: {vcpus: 96, memory: 900Gi},"
                                + " accelerator: {type: nvidia-z900, count: 4}}");
        assertThat(unasked(stackOfGpus))
                .contains(Prerequisite.unknown(
                        "quota GPUs nvidia-z900",
                        "8 are needed, and the name of their quota is not known; look at",
                        "https://console.cloud.google.com/iam-admin/quotas"));
    }

    private List<Prerequisite> unasked(Stacks stacks) {
        return new Doctor(machine, project).examine(stack, FleetResolver.resolve(stacks), PERMISSIONS);
    }

    private static Prerequisite unasked(String what, String need) {
        return Prerequisite.unknown(
                what, need + ", " + UNASKED + "; look at", "https://console.cloud.google.com/iam-admin/quotas");
    }

    @Test
    void quotasOfTheWholeProjectAreHeldAgainstIt() {
        loggedIn();
        machine.says("compute project-info", "{\"quotas\": [" + quota("CPUS_ALL_REGIONS", 12, 0) + "]}");
        assertThat(detail("quota CPUS_ALL_REGIONS")).contains(", 12 left; ask for more");
        assertThat(one("quota CPUS_ALL_REGIONS").status()).isEqualTo(Status.MISSING);
    }

    @Test
    void whichZonesHaveAMachineIsAskedAndNotGuessed() {
        assertThat(one("n1-standard-8 of pool big").status()).isEqualTo(Status.UNKNOWN);
        assertThat(one("n1-standard-8 of pool big").text())
                .startsWith(UNASKED + "; look yourself: gcloud compute machine-types list")
                .contains("'--filter=name=(e2-standard-2 n1-standard-8 n1-standard-1) AND zone~^us-west1-'"
                        + " '--format=json(name,zone)'");

        loggedIn();
        machine.says(
                "machine-types",
                "[{\"name\": \"n1-standard-8\", \"zone\": \"us-west1-a\"},"
                        + "{\"name\": \"e2-standard-2\", \"zone\": \"https://www.googleapis.com/compute/v1/projects/p/zones/us-west1-b\"}]");
        assertThat(one("n1-standard-8 of pool big"))
                .isEqualTo(Prerequisite.good("n1-standard-8 of pool big", "in us-west1-a"));
        assertThat(one("n1-standard-1 of pool light"))
                .isEqualTo(Prerequisite.missing(
                        "n1-standard-1 of pool light", "in no zone of us-west1; set another machineType, or region"));
        assertThat(detail("e2-standard-2 of pool system")).startsWith("not in us-west1-a, but in us-west1-b; ");
    }

    @Test
    void theApisWithoutWhichNoOtherCanBeTurnedOnAreNamed() {
        loggedIn();
        machine.says("services list", "[{\"config\": {\"name\": \"serviceusage.googleapis.com\"}}]");
        assertThat(one("Google APIs"))
                .isEqualTo(Prerequisite.missing(
                        "Google APIs",
                        "turn on",
                        "gcloud services enable cloudresourcemanager.googleapis.com --project acme-ci-dev"));
    }

    @Test
    void theApisThatAnUpdateTurnsOnAreNamedToo() {
        loggedIn();
        var on = Stream.of(Api.values())
                .filter(api -> api != Api.STORAGE && api != Api.CLOUD_KMS)
                .map(Api::service)
                .collect(Collectors.toCollection(ArrayList::new));
        on.add("serviceusage.googleapis.com");
        machine.says("services list", enabled(on));
        assertThat(one("Google APIs"))
                .isEqualTo(
                        Prerequisite.good(
                                "Google APIs",
                                "those that turn on the others are on; pulumi up turns on cloudkms.googleapis.com storage.googleapis.com"));
        on.addAll(List.of("storage.googleapis.com", "cloudkms.googleapis.com"));
        machine.says("services list", enabled(on));
        assertThat(detail("Google APIs")).isEqualTo("all that the stack needs are on");
    }

    private static String enabled(List<String> services) {
        return services.stream()
                .map(service -> "{\"config\": {\"name\": \"" + service + "\"}}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Test
    void aProjectThatMayNotBeLookedAtIsUnknownAndNotGood() {
        loggedIn();
        assertThat(one("Google APIs").status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aRegistryMirrorIsLookedAtWhereThereIsCrane() {
        machine.install("bash");
        assertThat(mirror().status()).isEqualTo(Status.UNKNOWN);
        assertThat(mirror().text()).endsWith("elsewhere: ./fleet mirror dev --check");

        machine.install("crane");
        assertThat(mirror().status()).isEqualTo(Status.MISSING);
        assertThat(mirror().text())
                .startsWith("us-docker.pkg.dev/acme-ci/mirror lacks something")
                .endsWith("fill it: ./fleet mirror dev --run");

        machine.says("--check", "ok");
        assertThat(mirror().status()).isEqualTo(Status.GOOD);
        assertThat(mirror().detail()).isEqualTo("us-docker.pkg.dev/acme-ci/mirror has all 3");
    }

    /** Of a stack that has a mirror; the other has none to look at. */
    private Prerequisite mirror() {
        assertThat(examine()).noneMatch(check -> check.what().equals("registry mirror"));
        var fleet = FleetResolver.resolve(Stacks.minimal().with("registryMirror", "us-docker.pkg.dev/acme-ci/mirror"));
        return new Doctor(machine, project)
                .examine(stack, fleet, PERMISSIONS).stream()
                        .filter(check -> check.what().equals("registry mirror"))
                        .findFirst()
                        .orElseThrow();
    }

    private void credentials() {
        machine.set("HOME", "/home/jane");
        machine.put(ADC);
    }

    private void loggedIn() {
        credentials();
        machine.install("gcloud");
        machine.says("auth list", "[{\"account\": \"jane@acme.example\"}]");
    }

    private static String quota(String metric, int limit, int usage) {
        return "{\"metric\": \"" + metric + "\", \"limit\": " + limit + ".0, \"usage\": " + usage + ".0}";
    }

    private List<Prerequisite> examine() {
        return new Doctor(machine, project).examine(stack, Previews.fleetOf(stack), PERMISSIONS);
    }

    private String detail(String what) {
        return one(what).detail();
    }

    private Prerequisite one(String what) {
        return examine().stream()
                .filter(check -> check.what().equals(what))
                .findFirst()
                .orElseThrow();
    }
}
