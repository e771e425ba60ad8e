package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;

import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** What a deployment lacks, on machines and in projects of all kinds. */
class DoctorTest {
    private final Machine machine = Mockito.mock(Machine.class);
    private final Project project = Project.read(Path.of(""));
    private Stack stack = project.stack("dev");

    @BeforeEach
    void anEmptyMachine() {
        Mockito.when(machine.find(any())).thenReturn(Optional.empty());
        Mockito.when(machine.variable(any())).thenReturn(Optional.empty());
        Mockito.when(machine.output(any())).thenReturn(Optional.empty());
    }

    @Test
    void onAnEmptyMachineEachMissingThingSaysHowToGetIt() {
        assertThat(examine())
                .filteredOn(check -> check.status() == Prerequisite.Status.MISSING)
                .extracting(Prerequisite::what)
                .containsExactly("pulumi", "gke-gcloud-auth-plugin", "secret agentToken", "Google credentials");
        assertThat(detail("secret agentToken"))
                .isEqualTo("make one on the Agent Tokens page of a cluster at "
                        + "https://buildkite.com/organizations/acme/clusters, "
                        + "and set it: pulumi config set --secret buildkite-fleet:agentToken --stack dev");
        assertThat(detail("Google credentials")).contains("gcloud auth application-default login");
    }

    @Test
    void aSecretOfAProjectWithAnotherNameIsNoneOfTheFleets() {
        stack = stack.withPlaceholderSecrets(java.util.Set.of("acme-fleet:agentToken"));
        assertThat(status("secret agentToken")).isEqualTo(Prerequisite.Status.MISSING);
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
        assertThat(status("secret agentToken")).isEqualTo(Prerequisite.Status.UNKNOWN);
        assertThat(detail("secret agentToken"))
                .startsWith("not in Pulumi.dev.yaml; environment: acme/ci-dev may have it, else make one on ");
    }

    @Test
    void aSecretThatIsSetIsFound() {
        var withToken = stack.withPlaceholderSecrets(java.util.Set.of("buildkite-fleet:agentToken"));
        assertThat(new Doctor(machine, project).examine(withToken, Previews.fleetOf(stack)))
                .filteredOn(check -> check.what().equals("secret agentToken"))
                .extracting(Prerequisite::status)
                .containsExactly(Prerequisite.Status.GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GOOGLE_CREDENTIALS", "GOOGLE_OAUTH_ACCESS_TOKEN", "GOOGLE_IMPERSONATE_SERVICE_ACCOUNT"})
    void whatCountsForOneHalfOfTheFleetOnlyIsNotEnough(String variable) {
        credentials();
        Mockito.when(machine.variable(variable)).thenReturn(Optional.of("x"));

        assertThat(status("Google credentials")).isEqualTo(Prerequisite.Status.MISSING);
        assertThat(detail("Google credentials"))
                .startsWith(variable + " counts for Google's half of the fleet and not in the cluster; unset it");
    }

    @Test
    void whoActsAsAServiceAccountDoesSoInBothHalves() {
        credentials();
        stack = stack.withValue("gcp:impersonateServiceAccount", "up@acme.iam.gserviceaccount.com");
        assertThat(detail("Google credentials")).endsWith("through gcloud, which is not installed");

        Mockito.when(machine.find("gcloud")).thenReturn(Optional.of(Path.of("/usr/bin/gcloud")));
        assertThat(detail("Google credentials"))
                .startsWith("gcloud's login may not act as up@acme.iam.gserviceaccount.com; log in: gcloud auth login");

        gcloud("--impersonate-service-account", "acme-ci-dev");
        assertThat(status("Google credentials")).isEqualTo(Prerequisite.Status.GOOD);
        assertThat(detail("Google credentials")).endsWith("both as up@acme.iam.gserviceaccount.com");
    }

    @Test
    void withoutGcloudWhatTheProjectHasIsNotGuessed() {
        credentials();
        assertThat(examine())
                .filteredOn(check -> check.what().startsWith("quota "))
                .isNotEmpty()
                .allMatch(check -> check.status() == Prerequisite.Status.UNKNOWN);
    }

    @Test
    void quotasAreHeldAgainstWhatTheProjectHasLeft() {
        credentials();
        gcloud("regions", "{\"quotas\": [" + quota("CPUS", 72, 24) + "," + quota("INSTANCES", 100, 0) + "]}");
        assertThat(detail("quota CPUS")).startsWith("needs 51, 48 left; ask for more");
        assertThat(detail("quota INSTANCES")).isEqualTo("needs 23, 100 left");
        assertThat(detail("quota PREEMPTIBLE_CPUS"))
                .isEqualTo("needs 45, gcloud does not say what is left; look at "
                        + "https://console.cloud.google.com/iam-admin/quotas");
        assertThat(status("quota CPUS")).isEqualTo(Prerequisite.Status.MISSING);
        assertThat(status("quota INSTANCES")).isEqualTo(Prerequisite.Status.GOOD);
    }

    /** Google counts spot nodes as all others where a project has no quota of their own. */
    @Test
    void aProjectWithoutAPreemptibleQuotaIsWarned() {
        credentials();
        gcloud("regions", "{\"quotas\": [" + quota("PREEMPTIBLE_CPUS", 0, 0) + "]}");
        assertThat(status("quota PREEMPTIBLE_CPUS")).isEqualTo(Prerequisite.Status.WARNING);
        assertThat(detail("quota PREEMPTIBLE_CPUS"))
                .startsWith("needs 45, the project has none of it; Google counts such nodes with all others then");

        gcloud("regions", "{\"quotas\": [" + quota("PREEMPTIBLE_CPUS", 40, 0) + "]}");
        assertThat(detail("quota PREEMPTIBLE_CPUS")).startsWith("needs 45, 40 left; ask for more");
        assertThat(status("quota PREEMPTIBLE_CPUS")).isEqualTo(Prerequisite.Status.MISSING);
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
                                "how much of it the disks take is not known; look at "
                                        + "https://console.cloud.google.com/iam-admin/quotas"));
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
                        "8 are needed, and the name of their quota is not known; look at "
                                + "https://console.cloud.google.com/iam-admin/quotas"));
    }

    private List<Prerequisite> unasked(Stacks stacks) {
        return new Doctor(machine, project).examine(stack, FleetResolver.resolve(stacks));
    }

    private static Prerequisite unasked(String what, String detail) {
        return Prerequisite.unknown(what, "not asked, that takes gcloud and credentials; " + detail);
    }

    @Test
    void quotasOfTheWholeProjectAreHeldAgainstIt() {
        credentials();
        gcloud("project-info", "{\"quotas\": [" + quota("CPUS_ALL_REGIONS", 12, 0) + "]}");
        assertThat(detail("quota CPUS_ALL_REGIONS")).contains(", 12 left; ask for more");
        assertThat(status("quota CPUS_ALL_REGIONS")).isEqualTo(Prerequisite.Status.MISSING);
    }

    @Test
    void whichZonesHaveAMachineIsAskedAndNotGuessed() {
        credentials();
        assertThat(status("n1-standard-8 of pool big")).isEqualTo(Prerequisite.Status.UNKNOWN);
        assertThat(detail("n1-standard-8 of pool big"))
                .startsWith("not asked, that takes gcloud and credentials; gcloud compute machine-types list")
                .contains("'--filter=name=(e2-standard-2 n1-standard-8 n1-standard-1) AND zone~^us-west1-'"
                        + " '--format=json(name,zone)'");

        gcloud(
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
        credentials();
        gcloud("services", "[{\"config\": {\"name\": \"serviceusage.googleapis.com\"}}]");
        assertThat(detail("Google APIs"))
                .isEqualTo("turn on: gcloud services enable cloudresourcemanager.googleapis.com --project acme-ci-dev");
    }

    @Test
    void aProjectThatMayNotBeLookedAtIsUnknownAndNotGood() {
        credentials();
        Mockito.when(machine.find("gcloud")).thenReturn(Optional.of(Path.of("/usr/bin/gcloud")));
        assertThat(status("Google APIs")).isEqualTo(Prerequisite.Status.UNKNOWN);
    }

    @Test
    void aRegistryMirrorIsLookedAtWhereThereIsCrane() {
        Mockito.when(machine.find("bash")).thenReturn(Optional.of(Path.of("/bin/bash")));
        assertThat(mirror().status()).isEqualTo(Prerequisite.Status.UNKNOWN);
        assertThat(mirror().detail()).endsWith("elsewhere: ./fleet mirror dev --check");

        Mockito.when(machine.find("crane")).thenReturn(Optional.of(Path.of("/usr/bin/crane")));
        assertThat(mirror().status()).isEqualTo(Prerequisite.Status.MISSING);
        assertThat(mirror().detail())
                .startsWith("us-docker.pkg.dev/acme-ci/mirror lacks something")
                .endsWith("fill it: ./fleet mirror dev --run");

        Mockito.when(machine.output(argThat(command -> command != null && command.contains("--check"))))
                .thenReturn(Optional.of("ok"));
        assertThat(mirror().status()).isEqualTo(Prerequisite.Status.GOOD);
        assertThat(mirror().detail()).isEqualTo("us-docker.pkg.dev/acme-ci/mirror has all 3");
    }

    /** Of a stack that has a mirror; the other has none to look at. */
    private Prerequisite mirror() {
        assertThat(examine()).noneMatch(check -> check.what().equals("registry mirror"));
        var fleet = FleetResolver.resolve(Stacks.minimal().with("registryMirror", "us-docker.pkg.dev/acme-ci/mirror"));
        return new Doctor(machine, project)
                .examine(stack, fleet).stream()
                        .filter(check -> check.what().equals("registry mirror"))
                        .findFirst()
                        .orElseThrow();
    }

    private void credentials() {
        Mockito.when(machine.variable("HOME")).thenReturn(Optional.of("/home/jane"));
        Mockito.when(machine.canRead(Path.of("/home/jane/.config/gcloud/application_default_credentials.json")))
                .thenReturn(true);
    }

    private void gcloud(String subject, String answer) {
        Mockito.when(machine.find("gcloud")).thenReturn(Optional.of(Path.of("/usr/bin/gcloud")));
        Mockito.when(machine.output(argThat(command -> command != null && command.contains(subject))))
                .thenReturn(Optional.of(answer));
    }

    private static String quota(String metric, int limit, int usage) {
        return "{\"metric\": \"" + metric + "\", \"limit\": " + limit + ".0, \"usage\": " + usage + ".0}";
    }

    private List<Prerequisite> examine() {
        return new Doctor(machine, project).examine(stack, Previews.fleetOf(stack));
    }

    private String detail(String what) {
        return one(what).detail();
    }

    private Prerequisite.Status status(String what) {
        return one(what).status();
    }

    private Prerequisite one(String what) {
        return examine().stream()
                .filter(check -> check.what().equals(what))
                .collect(Collectors.collectingAndThen(Collectors.toList(), found -> found.get(0)));
    }
}
