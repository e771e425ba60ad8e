package io.buildkitefleet.config;

import static io.buildkitefleet.testing.BadStack.of;
import static io.buildkitefleet.testing.BadStack.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which pipelines may deploy: what is refused, and how it is told. */
class DeployerConfigTest {
    private static final String PIPELINE = "0190d2f6-5b4e-4b9c-8f0a-3c1d2e4f5a6b";

    private static final String CLUSTER = "0191f956-042f-7ec4-aa62-8e5eeae396d0";

    private static final Stacks JOBS = Stacks.minimal()
            .without("cluster.authorizedNetworks")
            .with("cluster.dnsEndpoint", "true")
            .with("organizationId", "bb3125de-4dc9-44cf-ad18-65d2b71a5a34")
            .with("repositories", "['git@github.com:acme/app.git']")
            .with("queues.deploy", "{pool: big, only: {branches: [main]}, imageRegistries: [docker.io/pulumi]}")
            .with("deployer.buildkite.up", "{pipeline: " + PIPELINE + ", queue: deploy, cluster: " + CLUSTER + "}");

    private static final Stacks WORKFLOWS =
            Stacks.minimal().with("deployer.github", "{ownerId: 583231, repositoryId: 1296269, environment: fleet}");

    @Test
    void aQueueForTheBranchAloneMayDeploy() {
        assertThat(problems(JOBS)).isEmpty();
        assertThat(FleetResolver.resolve(JOBS).warnings()).isEmpty();
    }

    @Test
    void aRepositoryMayDeployWithoutAnythingAtBuildkite() {
        assertThat(problems(WORKFLOWS)).isEmpty();
    }

    @Test
    void nobodyLooksUnlessThatIsSaid() {
        assertThat(FleetResolver.resolve(WORKFLOWS).deployers()).hasSize(1);
        assertThat(FleetResolver.resolve(WORKFLOWS.with("deployer.github.previews", "true"))
                        .deployers())
                .hasSize(2);
    }

    @Test
    void aQueueThatIsNoneOfTheStacksIsToldOf() {
        assertThat(FleetResolver.resolve(JOBS.with("deployer.buildkite.up.queue", "elsewhere"))
                        .warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .contains(
                                "is none of this stack's",
                                "got \"elsewhere\"",
                                "only: {branches: [main], pipelines: [" + PIPELINE + "]}"));
    }

    @Test
    void aQueueThatIsNoneOfTheStacksIsToldOfWherePreviewsRun() {
        assertThat(warnings(JOBS.with(
                        "deployer.buildkite.preview",
                        "{pipeline: " + PIPELINE + ", queue: nowhere, cluster: " + CLUSTER + "}")))
                .singleElement()
                .asString()
                .contains("is none of this stack's, got \"nowhere\"");
    }

    @Test
    void whatMakesADeployerWeakerIsToldOf() {
        assertThat(warnings(JOBS.without("deployer.buildkite.up.cluster")))
                .singleElement()
                .asString()
                .startsWith("is left out, so a queue \"deploy\" in any cluster at Buildkite counts");
        assertThat(warnings(JOBS.with("deployer.buildkite.preview", "{pipeline: " + PIPELINE + ", queue: deploy}")))
                .singleElement()
                .asString()
                .startsWith("is left out, so a queue \"deploy\" in any cluster at Buildkite counts");
        assertThat(warnings(JOBS.without("queues.deploy.imageRegistries")))
                .singleElement()
                .asString()
                .startsWith("is left out on the queue that deploys");
        assertThat(warnings(JOBS.with("queues.deploy.debuggers", "['user:jane@example.com']")))
                .contains("may look into the jobs that deploy, and so can deploy: user:jane@example.com; name none on "
                        + "this queue, or deploy on another");
    }

    @Test
    void anotherPipelineOnTheQueueThatDeploysIsToldOf() {
        assertThat(warnings(JOBS.with("queues.deploy.only.pipelines", "[app, " + PIPELINE + "]")))
                .singleElement()
                .asString()
                .startsWith("lets others than the pipeline that deploys read the queue's secrets, app; leave it out");
        assertThat(warnings(JOBS.with("queues.deploy.only.pipelines", "[" + PIPELINE + "]")))
                .isEmpty();
    }

    @Test
    void aDeployerWithoutAWayToTheApiIsToldOf() {
        var networks = JOBS.without("cluster.dnsEndpoint")
                .with("cluster.authorizedNetworks", "[{cidr: 203.0.113.0/24, name: office}]");
        assertThat(warnings(networks))
                .singleElement()
                .asString()
                .startsWith("has jobs that reach the Kubernetes API only from cluster.authorizedNetworks");
        var inside = networks.with("cluster.authorizedNetworks", "[{cidr: 10.9.0.0/24, name: vpn}]")
                .with("cluster.privateEndpoint", "true");
        assertThat(warnings(inside)).isEmpty();
        assertThat(warnings(
                        inside.with("deployer.github", "{ownerId: 583231, repositoryId: 1296269, environment: fleet}")))
                .singleElement()
                .asString()
                .startsWith("has jobs outside of the cluster's network");
    }

    @Test
    void oneOfSeveralRepositoriesDeploys() {
        var several = JOBS.with("repositories", "['git@github.com:acme/app.git', 'git@github.com:acme/fleet.git']");
        assertThat(problems(several.with("deployer.repository", "https://github.com/acme/fleet")))
                .isEmpty();
    }

    private static List<String> warnings(Stacks stack) {
        return FleetResolver.resolve(stack).warnings().stream()
                .map(Problem::message)
                .toList();
    }

    @ParameterizedTest
    @MethodSource({"values", "together"})
    void aMistakeIsReportedWithTheWayOut(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> values() {
        return Stream.of(
                job("pipeline", "deploy", "must be a UUID in lower case", "got \"deploy\""),
                job("cluster", "default", "must be a UUID in lower case", "got \"default\""),
                job("queue", "Deploy", "lower-case letters", "got \"Deploy\""),
                workflow("ownerId", "acme", "must be a number as GitHub's API shows it", "got \"acme\""),
                workflow("repositoryId", "acme/app", "such as 1296269", "got \"acme/app\""),
                workflow("environment", "\"a' || true || 'a\"", "must be the name of an environment"),
                of(
                        "a pattern of branches",
                        JOBS.with("deployer.branch", "'release/*'"),
                        "deployer.branch",
                        "without *",
                        "got \"release/*\""),
                of(
                        "no environment",
                        WORKFLOWS.without("deployer.github.environment"),
                        "deployer.github.environment",
                        "is missing"));
    }

    static Stream<BadStack> together() {
        return Stream.of(
                of("nobody", Stacks.minimal().with("deployer", "{}"), "deployer", "names nobody who deploys"),
                of(
                        "no jobs",
                        JOBS.with("deployer.buildkite", "{}"),
                        "deployer.buildkite",
                        "names no jobs; name up, preview or both"),
                of(
                        "no object",
                        JOBS.with("deployer.buildkite", "yes, please"),
                        "deployer.buildkite",
                        "must be an object of keys and values"),
                of(
                        "no id of the organization",
                        JOBS.without("organizationId"),
                        "organizationId",
                        "is missing; with deployer.buildkite it must be the UUID of the organization \"acme\""),
                of(
                        "a queue for every branch",
                        JOBS.without("queues.deploy.only"),
                        "deployer.buildkite.up.queue",
                        "must be for commits of main alone, got \"deploy\"",
                        "add only: {branches: [main]} to queues.deploy"),
                of(
                        "a queue for other branches, too",
                        JOBS.with("queues.deploy.only.branches", "[main, 'release/*']"),
                        "deployer.buildkite.up.queue",
                        "must be for commits of main alone"),
                of(
                        "a queue for other pipelines",
                        JOBS.with("queues.deploy.only.pipelines", "[app, fleet-deploy]"),
                        "queues.deploy.only.pipelines",
                        "must have the pipeline that deploys by its id, " + PIPELINE + ", got app, fleet-deploy",
                        "leave it out"),
                of(
                        "several repositories",
                        JOBS.with("repositories", "['git@github.com:acme/app.git', 'git@github.com:acme/fleet.git']"),
                        "deployer.repository",
                        "is missing, and commits of each of these would be deployed: github.com/acme/app, github.com/acme/fleet"),
                of(
                        "a repository that is not listed",
                        JOBS.with("deployer.repository", "'git@github.com:acme/other.git'"),
                        "deployer.repository",
                        "must be one of repositories (github.com/acme/app), got \"github.com/acme/other\""),
                of(
                        "the mac's queue",
                        JOBS.with("mac", "{pipelines: [app]}").with("deployer.buildkite.up.queue", "mac"),
                        "deployer.buildkite.up.queue",
                        "is the mac's, got \"mac\""),
                of(
                        "an untrusted queue",
                        JOBS.with("pools.sandbox", "{machineType: e2-standard-4, sandbox: gvisor, max: 2}")
                                .with("queues.forks", "{pool: sandbox, trust: untrusted}")
                                .withSecret("untrustedAgentToken")
                                .with("deployer.buildkite.preview", "{pipeline: " + PIPELINE + ", queue: forks}"),
                        "deployer.buildkite.preview.queue",
                        "must be a trusted queue, got \"forks\""),
                of(
                        "a queue of a deployer's name",
                        WORKFLOWS.with("queues.deployer", "{pool: big}"),
                        "deployer",
                        "its service account would be \"bk-dev-deployer\", which is that of a queue"),
                of(
                        "a long name",
                        WORKFLOWS.with("deployer.github.previews", "true").with("name", "n".repeat(23)),
                        "name",
                        "a deployer's Google service account would be",
                        "at most 30 characters"),
                of(
                        "a long queue",
                        JOBS.with("deployer.buildkite.up.queue", "q".repeat(30)),
                        "deployer.buildkite.up.queue",
                        "must have at most 29 characters"));
    }

    private static BadStack job(String key, String value, String... words) {
        return of(
                key + ": " + value,
                JOBS.with("deployer.buildkite.up." + key, value),
                "deployer.buildkite.up." + key,
                words);
    }

    private static BadStack workflow(String key, String value, String... words) {
        return of(key + ": " + value, WORKFLOWS.with("deployer.github." + key, value), "deployer.github." + key, words);
    }
}
