package io.buildkitefleet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cloud.DeployerRole;
import io.buildkitefleet.fleet.identity.Deployer;
import io.buildkitefleet.fleet.identity.FederatedTokens;
import io.buildkitefleet.fleet.identity.WorkflowTokens;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The configuration and the workflow of docs/deployer.md, which somebody copies. */
class DeployerDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "deployer.md");

    private Stacks stack;
    private Map<Object, Object> workflow;

    @BeforeEach
    void read() throws IOException {
        workflow = new Yaml(new SafeConstructor(new LoaderOptions())).load(block("workflow"));
        stack = Stacks.minimal()
                .with("pools.stable", "{machineType: e2-standard-2, capacity: on-demand, max: 2}")
                .with("queues.light", "{pool: stable}");
        for (var key : Json.parse(block("configuration")).getAsJsonObject().entrySet()) {
            stack = key.getKey().equals("queues")
                    ? stack.with(
                            "queues.deploy", key.getValue().getAsJsonObject().get("deploy"))
                    : key.getKey().equals("cluster")
                            ? stack.with("cluster.dnsEndpoint", "true")
                            : stack.with(key.getKey(), key.getValue());
        }
    }

    @Test
    void theConfigurationIsAccepted() {
        assertThat(BadStack.problems(stack)).isEmpty();
        assertThat(FleetResolver.resolve(stack).deployers())
                .extracting(Deployer::role)
                .containsExactly(DeployerRole.PREVIEW, DeployerRole.UP);
    }

    /** The job of another event, branch or environment would be nobody. */
    @Test
    void theWorkflowsJobsGetTokensThatAreTaken() {
        // YAML of 2005, in which on is a word for yes.
        assertThat(workflow.get(Boolean.TRUE)).isEqualTo(Map.of("push", Map.of("branches", List.of("main"))));
        assertThat(conditions()).anySatisfy(condition -> assertThat(condition)
                .contains("event_name == 'push'", "ref == 'refs/heads/main'", "environment == 'fleet'"));
        assertThat(jobs()).allSatisfy((name, job) -> {
            assertThat(job.get("environment")).isEqualTo("fleet");
            assertThat(job.get("permissions")).isEqualTo(Map.of("contents", "read", "id-token", "write"));
        });
    }

    @Test
    void whatReadsTheTokenIsPinnedByItsCommit() {
        assertThat(uses())
                .filteredOn(action -> action.contains("/auth@"))
                .isNotEmpty()
                .allMatch(action -> action.matches("google-github-actions/auth@[0-9a-f]{40}"));
    }

    /** StepsTest says what those do. */
    @Test
    void itDoesWhatTheStepsAtBuildkiteDo() {
        assertThat(steps("plan", "run"))
                .containsExactly("./fleet preview prod --engine --non-interactive --diff --save-plan plan-prod.json");
        assertThat(steps("up", "run"))
                .containsExactly("./fleet up prod --non-interactive --yes --skip-preview --plan plan-prod.json");
        assertThat(jobs().get("up").get("needs")).isEqualTo("plan");
    }

    private List<String> conditions() {
        return FleetResolver.resolve(stack).deployers().stream()
                .flatMap(deployer -> deployer.tokens().stream())
                .filter(WorkflowTokens.class::isInstance)
                .map(FederatedTokens::condition)
                .toList();
    }

    private List<String> uses() {
        return jobs().keySet().stream()
                .flatMap(job -> steps(job, "uses").stream())
                .toList();
    }

    private List<String> steps(String job, String field) {
        return ((List<?>) jobs().get(job).get("steps"))
                .stream()
                        .map(Map.class::cast)
                        .filter(step -> step.containsKey(field))
                        .map(step -> step.get(field).toString())
                        .toList();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Map<String, Object>> jobs() {
        return (Map<String, Map<String, Object>>) workflow.get("jobs");
    }

    private static String block(String name) throws IOException {
        var found = Pattern.compile("(?s)<!-- " + name + ": begin -->\n```yaml\n(.*?)```\n<!-- " + name + ": end -->")
                .matcher(Files.readString(DOCUMENT));
        assertThat(found.find()).as(name + " in " + DOCUMENT).isTrue();
        return found.group(1);
    }
}
