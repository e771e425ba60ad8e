package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cloud.Permission;
import io.buildkitefleet.operate.Prerequisite.Status;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.testing.PermissionsStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Google says that somebody may do. */
class HeldPermissionsTest {
    private static final Path ADC = Path.of("/adc.json");
    private static final String ACCOUNT = "up@acme-ci-dev.iam.gserviceaccount.com";
    private static final List<Permission> NEEDED = IntStream.range(100, 250)
            .mapToObj(number -> new Permission("compute.things" + number + ".get", true, "a test", new TreeSet<>()))
            .toList();

    private final StandInMachine machine = new StandInMachine();
    private final Set<String> held = new TreeSet<>();
    private PermissionsStandIn google;

    @BeforeEach
    void somebodyWhoIsLoggedIn() throws IOException {
        google = new PermissionsStandIn("acme-ci-dev", held::contains);
        machine.set("GOOGLE_APPLICATION_CREDENTIALS", ADC.toString());
        machine.set(HeldPermissions.ENDPOINT, google.address());
        machine.put(ADC);
        machine.install("gcloud");
        machine.says("auth application-default print-access-token", "ya29.own\n");
        machine.says("auth print-access-token --impersonate-service-account " + ACCOUNT, "ya29.account\n");
    }

    @AfterEach
    void close() {
        google.close();
    }

    private static Stack stack(String account) {
        var stack = Project.read(Path.of("")).stack("dev");
        return account.isEmpty() ? stack : stack.withValue("gcp:impersonateServiceAccount", account);
    }

    private Prerequisite examine(String account) {
        var credentials = new Credentials(machine, new Gcloud(machine), stack(account));
        return new HeldPermissions(machine, credentials, "acme-ci-dev", Duration.ofSeconds(1))
                .examine(NEEDED, "./fleet roles dev");
    }

    private Prerequisite examine() {
        return examine("");
    }

    @Test
    void whoHasAllOfThemIsGood() {
        NEEDED.forEach(permission -> held.add(permission.name()));
        assertThat(examine()).isEqualTo(Prerequisite.good("permissions", "all 150 that pulumi up needs of Google"));
        assertThat(google.requests()).hasSize(2);
    }

    @Test
    void whatIsLackingIsNamedWithTheRoleThatHasIt() {
        NEEDED.stream().skip(2).forEach(permission -> held.add(permission.name()));
        assertThat(examine())
                .isEqualTo(Prerequisite.missing(
                        "permissions",
                        "whoever deploys lacks 2 of 150: compute.things100.get, compute.things101.get; have an owner "
                                + "grant a role with them (docs/deployer.md)",
                        "./fleet roles dev --role up --out up-role.yaml"));
    }

    @Test
    void whoHasNoneSeesAFewOfThem() {
        assertThat(examine().detail()).contains("lacks 150 of 150: ").contains("compute.things104.get and 145 more");
    }

    @Test
    void aPersonAsksInTheNameOfTheProject() {
        examine();
        assertThat(google.requests().get(0).getFirst("Authorization")).isEqualTo("Bearer ya29.own");
        assertThat(google.requests().get(0).getFirst("X-Goog-User-Project")).isEqualTo("acme-ci-dev");
    }

    @Test
    void whoMayNotUseTheProjectForThatAsksWithoutIt() {
        NEEDED.forEach(permission -> held.add(permission.name()));
        google.refuseProjects();
        assertThat(examine().status()).isEqualTo(Status.GOOD);
    }

    @Test
    void whoActsAsAServiceAccountAsksAsThat() {
        examine(ACCOUNT);
        assertThat(google.requests().get(0).getFirst("Authorization")).isEqualTo("Bearer ya29.account");
        assertThat(google.requests().get(0)).doesNotContainKey("X-goog-user-project");
    }

    @Test
    void withoutATokenNobodyIsAsked() {
        machine.refuses("print-access-token", "ERROR: reauthenticate");
        assertThat(examine().status()).isEqualTo(Status.UNKNOWN);
        assertThat(examine().text()).endsWith("what 150 are needed shows: ./fleet roles dev");
        assertThat(google.requests()).isEmpty();
    }

    @Test
    void whatGoogleRefusesIsUnknownWithItsWords() {
        google.refuse("{\"error\": {\"message\": \"Cloud Resource Manager API has not been used\"}}");
        assertThat(examine().detail())
                .isEqualTo("Google does not say which of 150 are held (it answers with 403: Cloud Resource Manager API "
                        + "has not been used); what is needed shows");
        google.refuse("<html>");
        assertThat(examine().status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aGoogleThatIsSlowIsUnknown() {
        google.slowDown(Duration.ofSeconds(3));
        assertThat(examine().status()).isEqualTo(Status.UNKNOWN);
        assertThat(examine().detail()).contains("no answer");
    }

    @Test
    void aGoogleThatIsOutOfReachIsUnknown() {
        google.close();
        assertThat(examine().status()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void theTokenGoesNowhereInClear() {
        machine.set(HeldPermissions.ENDPOINT, "http://proxy.example/");
        assertThat(examine().detail()).contains("must begin with https://, got: http://proxy.example");
    }
}
