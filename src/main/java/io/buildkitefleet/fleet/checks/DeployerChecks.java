package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.DeployerConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.MacConfig;
import io.buildkitefleet.config.OnlyConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Repository;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.identity.Deployer;
import io.buildkitefleet.fleet.identity.JobTokens;
import java.util.List;
import java.util.stream.Collectors;

/** Who may deploy: where nothing holds that it is a commit of the branch, anybody who can start a build could. */
final class DeployerChecks implements Check {
    private final Fleet fleet;
    private final FleetConfig config;
    private final Problems problems;
    private final Place at;

    DeployerChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.config = fleet.config();
        this.problems = problems;
        this.at = problems.at("deployer");
    }

    @Override
    public void run() {
        config.deployer().filter(unused -> !at.isRefused()).ifPresent(this::deployer);
    }

    private void deployer(DeployerConfig deployer) {
        if (deployer.buildkite().isEmpty() && deployer.github().isEmpty() && !at.isInDoubt()) {
            at.add("names nobody who deploys; name buildkite or github, or leave it out");
        }
        fleet.deployers().forEach(this::account);
        wayToTheApi(deployer);
        deployer.buildkite().ifPresent(buildkite -> {
            organization();
            if (buildkite.up().isEmpty()
                    && buildkite.preview().isEmpty()
                    && !at.at("buildkite").isInDoubt()) {
                at.add("buildkite", "names no jobs; name up, preview or both, or leave it out");
            }
            buildkite.up().ifPresent(jobs -> {
                repository(deployer);
                up(at.at("buildkite", "up"), jobs, deployer.branch());
                warn(at.at("buildkite", "up"), jobs);
            });
            buildkite.preview().ifPresent(jobs -> preview(at.at("buildkite", "preview"), jobs));
        });
    }

    private void organization() {
        var id = problems.at("organizationId");
        if (config.organizationId().isEmpty() && !id.isInDoubt()) {
            id.add("is missing; with deployer.buildkite it must be the UUID of the organization \""
                    + config.organization()
                    + "\": BUILDKITE_ORGANIZATION_ID on the Environment tab of any job, or id in"
                    + " https://buildkite.com/docs/apis/rest-api/organizations");
        }
    }

    /**
     * Jobs of its own queues leave by the NAT, whose addresses Google chooses, unless the API has no other address than
     * that in the cluster's network.
     */
    private void wayToTheApi(DeployerConfig deployer) {
        var cluster = config.cluster();
        if (cluster.dnsEndpoint() || problems.at("cluster").isRefused()) {
            return;
        }
        var isInNetwork = deployer.github().isEmpty()
                && deployer.buildkite().stream()
                        .flatMap(DeployerConfig.Buildkite::all)
                        .allMatch(jobs -> config.queues().containsKey(jobs.queue()));
        if (!cluster.privateEndpoint()) {
            at.warn(
                    "has jobs that reach the Kubernetes API only from cluster.authorizedNetworks: add the addresses that they come from"
                            + ", which on this stack's own queues are those of the NAT, or set cluster.dnsEndpoint: true");
        } else if (!isInNetwork) {
            at.warn("has jobs outside of the cluster's network, in which alone the Kubernetes API has an address;"
                    + " set cluster.dnsEndpoint: true");
        }
    }

    /** Whoever may push to the branch of its name in another one would deploy as well. */
    private void repository(DeployerConfig deployer) {
        var all = config.safeBuilds().repositories();
        var key = at.at("repository");
        if (key.isInDoubt() || problems.at("repositories").isInDoubt()) {
            return;
        }
        var names = all.stream().map(Repository::normalForm).distinct().collect(Collectors.joining(", "));
        deployer.repository()
                .filter(named -> !all.contains(named))
                .ifPresent(named -> key.add("must be one of repositories (" + (names.isEmpty() ? "none" : names)
                        + "), got \"" + named.normalForm() + "\""));
        if (deployer.repository().isEmpty() && all.stream().distinct().count() > 1) {
            key.add("is missing, and commits of each of these would be deployed: " + names
                    + "; name the one that the stack is deployed from");
        }
    }

    private static void cluster(Place jobs, DeployerConfig.Jobs named) {
        if (named.cluster().isEmpty() && !jobs.isInDoubt("cluster")) {
            jobs.at("cluster")
                    .warn(
                            "is left out, so a queue \"" + named.queue()
                                    + "\" in any cluster at Buildkite counts; set it to BUILDKITE_CLUSTER_ID of a job of that queue");
        }
    }

    /** What makes it weaker than it could be. */
    private void warn(Place jobs, DeployerConfig.Jobs up) {
        cluster(jobs, up);
        var queue = config.queues().get(up.queue());
        if (queue == null) {
            return;
        }
        if (!queue.debuggers().isEmpty()) {
            problems.at("queues", up.queue(), "debuggers")
                    .warn("may look into the jobs that deploy, and so can deploy: "
                            + String.join(", ", queue.debuggers()) + "; name none on this queue, or deploy on another");
        }
        if (queue.imageRegistries().isEmpty()) {
            problems.at("queues", up.queue(), "imageRegistries")
                    .warn(
                            "is left out on the queue that deploys, so whoever starts a build names any image for a step that"
                                    + " names none; list where the images of its steps come from, such as docker.io/pulumi");
        }
    }

    /** The branch of a build is what whoever starts it says; that of a commit is what git says, and hooks ask it. */
    private void up(Place jobs, DeployerConfig.Jobs up, String branch) {
        var queue = config.queues().get(up.queue());
        if (jobs.isInDoubt("queue") || !fits(jobs, up)) {
            return;
        }
        if (isMac(up)) {
            jobs.add(
                    "queue",
                    "is the mac's, got \"" + up.queue() + "\": nothing asks git there whether a commit is on " + branch
                            + "; use a queue of a cluster, with only: {branches: [" + branch + "]}");
        } else if (queue == null) {
            jobs.at("queue")
                    .warn("is none of this stack's, got \"" + up.queue() + "\": where it is, it has to say"
                            + " only: {branches: [" + branch + "], pipelines: [" + up.pipeline()
                            + "]}, or whoever can start a build with any commit deploys it, and the jobs of any pipeline"
                            + " read what the queue has");
        } else if (isTrusted(jobs, up, queue) && !isForBranch(queue, branch)) {
            jobs.add(
                    "queue",
                    "must be for commits of " + branch + " alone, got \"" + up.queue()
                            + "\": a build's branch is what whoever starts it says; add only: {branches: [" + branch
                            + "]} to queues." + up.queue());
        }
        if (queue != null) {
            pipelines(up, queue);
        }
    }

    /** Without any the queue is for the pipeline that deploys. */
    private void pipelines(DeployerConfig.Jobs up, QueueConfig queue) {
        var only = problems.at("queues", up.queue(), "only");
        var named = queue.only().map(OnlyConfig::pipelines).orElse(List.of());
        if (named.isEmpty()
                || only.isInDoubt("pipelines")
                || at.at("buildkite", "up").isInDoubt("pipeline")) {
            return;
        }
        if (!named.contains(up.pipeline())) {
            only.add(
                    "pipelines",
                    "must have the pipeline that deploys by its id, " + up.pipeline() + ", got "
                            + String.join(", ", named) + "; leave it out, which means that pipeline alone, or add it");
        } else if (named.size() > 1) {
            only.at("pipelines")
                    .warn("lets others than the pipeline that deploys read the queue's secrets, "
                            + named.stream()
                                    .filter(pipeline -> !pipeline.equals(up.pipeline()))
                                    .collect(Collectors.joining(", "))
                            + "; leave it out, or name nobody who may not deploy");
        }
    }

    private void preview(Place jobs, DeployerConfig.Jobs preview) {
        cluster(jobs, preview);
        var queue = config.queues().get(preview.queue());
        if (jobs.isInDoubt("queue") || !fits(jobs, preview)) {
            return;
        }
        if (queue != null) {
            isTrusted(jobs, preview, queue);
        } else if (!isMac(preview)) {
            jobs.at("queue")
                    .warn("is none of this stack's, got \"" + preview.queue()
                            + "\": where there is no queue of that key, nobody acts as this deployer");
        }
    }

    private boolean fits(Place jobs, DeployerConfig.Jobs named) {
        var most = Limit.PROVIDER_ID.most() - JobTokens.PROVIDER_PREFIX.length();
        if (named.queue().length() > most) {
            jobs.add(
                    "queue",
                    "must have at most " + most + " characters, for Google's names, got \"" + named.queue()
                            + "\"; use another queue");
            return false;
        }
        return true;
    }

    private static boolean isTrusted(Place jobs, DeployerConfig.Jobs named, QueueConfig queue) {
        if (queue.trust() == Trust.UNTRUSTED) {
            jobs.add("queue", "must be a trusted queue, got \"" + named.queue() + "\", which runs what anybody wrote");
        }
        return queue.trust() != Trust.UNTRUSTED;
    }

    private boolean isMac(DeployerConfig.Jobs jobs) {
        return config.mac().map(MacConfig::queue).filter(jobs.queue()::equals).isPresent();
    }

    private boolean isForBranch(QueueConfig queue, String branch) {
        return queue.only()
                .map(OnlyConfig::branches)
                .filter(List.of(branch)::equals)
                .isPresent();
    }

    private void account(Deployer deployer) {
        var id = deployer.account();
        var isTaken = config.queues().keySet().stream()
                        .anyMatch(queue -> fleet.names().account(queue).equals(id))
                || fleet.mac().filter(mac -> mac.account().equals(id)).isPresent();
        if (isTaken) {
            at.add("its service account would be \"" + id
                    + "\", which is that of a queue; give the queue another name");
        }
        if (id.length() > Limit.SERVICE_ACCOUNT_ID.most()
                && !problems.at("name").isInDoubt()) {
            problems.at("name")
                    .add("a deployer's Google service account would be \"" + id + "\", and Google wants at most "
                            + Limit.SERVICE_ACCOUNT_ID.most() + " characters; set a shorter name");
        }
    }
}
