package io.buildkitefleet.engine.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.buildkitefleet.engine.EngineProject;
import io.buildkitefleet.engine.PulumiCli;
import io.buildkitefleet.engine.RealEngineTest;
import io.buildkitefleet.engine.Runbook;
import io.buildkitefleet.engine.provider.CloudResource;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** States that are locked, half-written, lost or elsewhere, and what docs/state.md says to do. */
class StateTest extends RealEngineTest {
    private static final Path PAGE = Path.of("docs", "state.md");
    private static final String BUCKET_TYPE = "gcp:storage/bucket:Bucket";
    private static final String BUCKET = "artifacts-bucket";

    /** The types of the rows of the page's table. */
    private static final Set<String> LASTING = Set.of(
            BUCKET_TYPE,
            "gcp:artifactregistry/repository:Repository",
            "gcp:kms/keyRing:KeyRing",
            "gcp:kms/cryptoKey:CryptoKey",
            "gcp:secretmanager/secret:Secret",
            "gcp:serviceaccount/account:Account");

    private static final Pattern ADOPTION = Pattern.compile("(?s)```json\n(.*?)```");

    private final Map<String, String> names = new HashMap<>(Map.of("STACK", "dev", "PROVIDER", "passphrase"));
    private EngineProject project;

    @AfterEach
    void stopIt() {
        project.stop();
    }

    private void aFleet(String stack) throws Exception {
        project = project(stack);
        names.put("STACK", stack);
        project.up().succeeded();
        project.cloud().forgetCalls();
    }

    private PulumiCli.Run follow(String section) throws Exception {
        return Runbook.section(PAGE, section).runIn(project, names);
    }

    private void nothingChangesAnyMore() throws Exception {
        project.cloud().forgetCalls();
        project.up().succeeded();
        assertThat(project.cloud().changes()).isEmpty();
        assertThat(project.cloud().resources())
                .extracting(resource -> resource.type() + " " + resource.name())
                .doesNotHaveDuplicates()
                .contains("kubernetes:helm.sh/v3:Release queue-big-release");
    }

    private CloudResource bucket() {
        return project.cloud().find(BUCKET_TYPE, BUCKET).orElseThrow();
    }

    /** Kills an update of a new fleet while the create of a resource is under way, which Google ends. */
    private void killUpWhileItMakes(String resource) throws Exception {
        project = project("dev");
        project.cloud().slowDown(Duration.ofSeconds(1));
        var up = project.start("up", "--yes", "--skip-preview", "--parallel", "1");
        while (project.cloud().calls().stream()
                .noneMatch(call -> call.method().equals("Create") && call.name().equals(resource))) {
            assertThat(up.process().isAlive()).as(up.said()).isTrue();
            project.cloud().slowDown(Duration.ofSeconds(1));
            Thread.sleep(10);
        }
        up.kill();
        while (project.cloud().resources().stream()
                .noneMatch(made -> made.name().equals(resource))) {
            Thread.sleep(10);
        }
        project.cloud().heal();
    }

    @Test
    void aLockThatIsLeftIsTakenAway() throws Exception {
        killUpWhileItMakes("services-compute");
        var refused = project.up();
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.err()).contains("the stack is currently locked by 1 lock(s)");

        project.cloud().forgetCalls();
        follow("It is locked");
        nothingChangesAnyMore();
    }

    @Test
    void whatWasMadeWhileUpWasKilledIsAdopted() throws Exception {
        killUpWhileItMakes(BUCKET);
        project.pulumi("cancel", "--yes").succeeded();
        var made = bucket();
        var warned = project.up();
        assertThat(warned.toString())
                .contains("pending operations from previous deployment", BUCKET + ", interrupted while creating")
                .contains("already exists");

        // The section ends with the update that still finds the bucket there.
        var cleared = project.runShell(
                Runbook.section(PAGE, "An operation is pending").script(names));
        assertThat(cleared.toString()).contains("already exists").doesNotContain("interrupted while creating");

        writeAdoption("\"nameTable\": {\"artifacts\": \"" + urn("artifacts") + "\"}, ", true);
        project.cloud().forgetCalls();
        follow("Adopt what is there");
        assertThat(project.cloud().changes()).noneMatch(change -> change.endsWith(" " + BUCKET));
        assertThat(bucket().id()).isEqualTo(made.id());
        nothingChangesAnyMore();
    }

    @Test
    void whatIsNotThereIsMadeOnceTheQuestionIsForgotten() throws Exception {
        killUpWhileItMakes(BUCKET);
        project.cloud().lose(bucket());
        project.pulumi("cancel", "--yes").succeeded();
        follow("An operation is pending");
        nothingChangesAnyMore();
    }

    /** Why the page says to delete such things first. */
    @Test
    void whatHasARandomNameIsMadeAgainAndTheFirstIsLeftOver() throws Exception {
        killUpWhileItMakes("network-vpc");
        project.pulumi("cancel", "--yes").succeeded();
        follow("An operation is pending");
        assertThat(project.cloud().resources())
                .extracting(CloudResource::name)
                .filteredOn("network-vpc"::equals)
                .hasSize(2);
    }

    /** The file of the page, with the bucket's name, and without its parent if that is in the state. */
    private void writeAdoption(String nameTable, boolean isParentThere) throws IOException {
        var block = ADOPTION.matcher(Files.readString(PAGE));
        assertThat(block.find()).isTrue();
        var text = block.group(1).replace("\"BUCKET\"", "\"" + bucket().id() + "\"");
        if (isParentThere) {
            text = text.replaceFirst("(?m)^.*\"component\": true},\n", "")
                    .replaceFirst("\\{", "{" + nameTable.replace("$", "\\$"));
        }
        Files.writeString(project.file("adopt.json"), Json.parse(text).toString());
    }

    private String urn(String name) throws IOException {
        return project.resources().stream()
                .map(resource -> resource.get("urn").getAsString())
                .filter(urn -> urn.endsWith("::" + name))
                .findFirst()
                .orElseThrow();
    }

    private void loseState() throws IOException {
        Files.delete(project.file("state/.pulumi/stacks/buildkite-fleet/dev.json"));
    }

    /** Of an older version of the same fleet, made before somebody changed it. */
    @Test
    void aLostStateComesBackFromACopy() throws Exception {
        aFleet("dev");
        follow("Keep a copy");
        assertThat(Files.readString(project.file("state.json"))).doesNotContain(EngineProject.AGENT_TOKEN);
        project.edit(
                "light: {machineType: n1-standard-1, capacity: preemptible, max: 4}",
                "light: " + "{machineType: n1-standard-1, capacity: preemptible, max: 5}");
        project.up().succeeded();
        loseState();

        project.cloud().forgetCalls();
        follow("It is lost");
        assertThat(project.cloud().changes())
                .noneMatch(change -> change.startsWith("Create ") || change.startsWith("Delete "));
        nothingChangesAnyMore();
    }

    @Test
    void withoutACopyTheBucketIsAdoptedBeforeTheFirstUp() throws Exception {
        aFleet("dev");
        var made = bucket();
        loseState();
        project.pulumi("stack", "init", "dev").succeeded();
        project.cloud().resources().stream()
                .filter(resource -> !resource.name().equals(BUCKET))
                .forEach(project.cloud()::lose);
        writeAdoption("", false);
        project.cloud().forgetCalls();
        follow("Adopt what is there");
        assertThat(bucket().id()).isEqualTo(made.id());
        assertThat(project.cloud().changes())
                .contains("Create cluster-gke")
                .doesNotContain("Create " + BUCKET, "Delete " + BUCKET);
        nothingChangesAnyMore();
    }

    /** All rows of the page's table, of which the bucket is one: keys, or what they encrypt would be replaced. */
    @Test
    void withoutACopyAllThatHoldsSomethingIsAdoptedBeforeTheFirstUp() throws Exception {
        aFleet("dev");
        var lasting = project.resources().stream()
                .filter(resource -> LASTING.contains(resource.get("type").getAsString()))
                .toList();
        var ids = lasting.stream()
                .map(resource -> resource.get("id").getAsString())
                .toList();
        assertThat(ids).hasSizeGreaterThan(9);
        var adoption = adoptionOf(lasting);
        loseState();
        project.pulumi("stack", "init", "dev").succeeded();
        project.cloud().resources().stream()
                .filter(resource -> !ids.contains(resource.id()))
                .forEach(project.cloud()::lose);
        Files.writeString(project.file("adopt.json"), adoption.toString());

        project.cloud().forgetCalls();
        follow("Adopt what is there");
        assertThat(project.cloud().resources()).extracting(CloudResource::id).containsAll(ids);
        assertThat(project.cloud().changes())
                .contains("Create cluster-gke")
                .noneMatch(change -> change.startsWith("Delete "));
        nothingChangesAnyMore();
    }

    /** With all components above them. */
    private JsonObject adoptionOf(List<JsonObject> lasting) throws IOException {
        var parents = new HashMap<String, String>();
        for (var resource : project.resources()) {
            if (resource.has("parent")) {
                parents.put(
                        resource.get("urn").getAsString(),
                        resource.get("parent").getAsString());
            }
        }
        var entries = new LinkedHashMap<String, JsonObject>();
        for (var resource : lasting) {
            var urn = resource.get("parent").getAsString();
            while (parents.containsKey(urn)) {
                entries.putIfAbsent(urn, entry(urn, parents.get(urn), Map.of("component", true)));
                urn = parents.get(urn);
            }
        }
        for (var resource : lasting) {
            var urn = resource.get("urn").getAsString();
            var id = Map.of("id", resource.get("id").getAsString());
            entries.put(urn, entry(urn, parents.get(urn), id));
        }
        var resources = new JsonArray();
        entries.values().forEach(resources::add);
        var adoption = new JsonObject();
        adoption.add("resources", resources);
        return adoption;
    }

    /** The stack itself is nobody's parent in such a file. */
    private static JsonObject entry(String urn, String parent, Map<String, ?> rest) {
        var values = new HashMap<String, Object>(rest);
        values.put("type", lastType(urn));
        values.put("name", name(urn));
        if (!lastType(parent).equals("pulumi:pulumi:Stack")) {
            values.put("parent", name(parent));
        }
        return Json.of(values);
    }

    private static String name(String urn) {
        return urn.substring(urn.lastIndexOf("::") + 2);
    }

    private static String lastType(String urn) {
        var types = urn.split("::")[2];
        return types.substring(types.lastIndexOf('$') + 1);
    }

    /** What the page's table says of them, and that they are in the way of a fleet without a state. */
    @Test
    void whatHoldsSomethingHasTheNameThatThePageSays() throws Exception {
        aFleet("dev");
        var table = Files.readString(PAGE);
        for (var row : Map.of(
                        "artifacts-bucket", "PROJECT-NAME-artifacts",
                        "images-repository", "NAME-images",
                        "secrets-bk-dev-agent-token", "NAME-agent-token",
                        "identity-big-account", "NAME-QUEUE",
                        "nodes-identity-account", "NAME-node")
                .entrySet()) {
            assertThat(table).contains("`" + row.getValue() + "`");
            var name = row.getValue()
                    .replace("PROJECT", "acme-ci-dev")
                    .replace("NAME", "bk-dev")
                    .replace("QUEUE", "big");
            assertThat(project.cloud().resources())
                    .filteredOn(resource -> resource.name().equals(row.getKey()))
                    .hasSize(1)
                    .allMatch(resource -> resource.id().matches("(.*/)?" + name + "(@.*)?"));
        }
        loseState();
        project.pulumi("stack", "init", "dev").succeeded();
        var refused = project.up();
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.toString()).containsPattern("(bk-dev-artifacts|/bk-dev-\\S+) already exists");
    }

    @Test
    void aStateMovesToAnotherBackend() throws Exception {
        aFleet("dev");
        Files.createDirectories(project.file("elsewhere"));
        names.put("OLD_BACKEND", "file://" + project.file("state"));
        names.put("NEW_BACKEND", "file://" + project.file("elsewhere"));
        project.unset("PULUMI_BACKEND_URL");
        project.runShell("pulumi login file://" + project.file("state")).succeeded();

        follow("Move it to another backend");
        assertThat(project.cloud().changes()).isEmpty();
        assertThat(project.file("state/.pulumi/stacks/buildkite-fleet/dev.json"))
                .doesNotExist();
        assertThat(project.file("Pulumi.dev.yaml")).exists();
        nothingChangesAnyMore();
        project.destroy().succeeded();
        assertThat(project.cloud().resources()).isEmpty();
    }

    @Test
    void secretsAreEncryptedWithAnotherPassphrase() throws Exception {
        aFleet("dev");
        var before = Files.readString(project.file("Pulumi.dev.yaml"));
        project.runShell(
                        Runbook.section(PAGE, "Encrypt its secrets with another key")
                                .script(names),
                        "second\nsecond\n")
                .succeeded();
        assertThat(Files.readString(project.file("Pulumi.dev.yaml"))).isNotEqualTo(before);
        var withTheOld = project.pulumi("config", "get", "agentToken");
        assertThat(withTheOld.err()).contains("incorrect passphrase");

        project.set("PULUMI_CONFIG_PASSPHRASE", "second");
        assertThat(project.pulumi("config", "get", "agentToken").succeeded().out())
                .contains(EngineProject.AGENT_TOKEN);
        nothingChangesAnyMore();
    }

    @Test
    void aProtectedResourceIsReplacedOnPurposeAndProtectedAgain() throws Exception {
        aFleet("prod");
        project.edit("artifacts: {location: US,", "artifacts: {location: EU,");
        var refused = project.up();
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.toString().replaceAll("\\s+", " ")).contains("as it is currently marked for protection");
        assertThat(project.cloud().changes()).noneMatch(change -> change.endsWith(" " + BUCKET));

        // The key of its place goes with it.
        for (var key : List.of("keys-ring-us", "keys-buckets-us")) {
            project.pulumi("state", "unprotect", "--yes", urn(key)).succeeded();
        }
        names.put("URN", urn(BUCKET));
        follow("What is protected");
        assertThat(project.cloud().changes()).contains("Create " + BUCKET, "Delete " + BUCKET);
        assertThat(project.protectedUrns()).contains(urn(BUCKET));
        nothingChangesAnyMore();
    }
}
