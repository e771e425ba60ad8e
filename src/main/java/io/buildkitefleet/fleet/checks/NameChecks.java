package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.variables.ReservedVariables;
import java.util.List;
import java.util.TreeMap;

/** Names that Google or Kubernetes would refuse, and names that would be taken twice. */
final class NameChecks implements Check {
    /**
     * What the names of Google's own labels begin with, such as those of GKE on clusters and their nodes:
     * https://docs.cloud.google.com/batch/docs/organize-resources-using-labels
     */
    private static final List<String> GOOGLES_LABELS = List.of("goog-", "google-");

    /**
     * Of a node pool, goog-gke-node-pool-provisioning-model and goog-gke-accelerator-type; of much else,
     * goog-pulumi-provisioned: https://github.com/pulumi/registry/issues/5403
     */
    private static final int ADDED_LABELS = 3;

    private final FleetConfig config;
    private final ResourceNames names;
    private final boolean hasUntrustedNodes;
    private final boolean isLocal;
    private final Problems problems;

    NameChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.names = fleet.names();
        this.isLocal = fleet.isLocal();
        this.hasUntrustedNodes = !fleet.untrustedPools().isEmpty();
        this.problems = problems;
    }

    @Override
    public void run() {
        if (!isLocal) {
            inGoogleCloud();
        }
        config.queues().forEach(this::queue);
    }

    private void inGoogleCloud() {
        if (!problems.at("name").isInDoubt()) {
            fleet();
        }
        labels();
        config.mac().ifPresent(mac -> {
            var at = problems.at("mac");
            if (!at.isInDoubt()) {
                mac(at.at("queue"), mac.queue());
            }
        });
        secrets();
    }

    /** The nodes' account has the tightest limit; names of clusters may have 40 characters. */
    private void fleet() {
        var account = names.nodeAccount();
        var bucket = names.artifactBucket();
        if (account.length() > Limit.SERVICE_ACCOUNT_ID.most()) {
            problems.at("name")
                    .add("the nodes' Google service account would be \"" + account + "\", and Google wants at most "
                            + Limit.SERVICE_ACCOUNT_ID.most() + " characters; set a shorter name");
        } else if (bucket.matches("goog.*|.*(google|g00gle).*")) {
            problems.at("name")
                    .add("the bucket would be \"" + bucket
                            + "\", and Cloud Storage takes no name with google in it, nor one that begins with goog;"
                            + " set another name (https://cloud.google.com/storage/docs/buckets#naming)");
        } else if (bucket.length() > Limit.BUCKET_NAME.most()) {
            problems.at("name")
                    .add("Cloud Storage refuses bucket names of over " + Limit.BUCKET_NAME.most()
                            + " characters, got \"" + bucket + "\"; set a shorter name");
        }
    }

    /** Node pools have one more. */
    private void labels() {
        var at = problems.at("labels");
        config.labels().keySet().forEach(label -> reserved(at, label));
        var most = Limit.LABELS.most() - 1;
        if (!at.isInDoubt() && config.labels().size() > most) {
            at.add("must be at most " + most + ", got " + config.labels().size() + ": Google takes "
                    + Limit.LABELS.most() + " of a resource, and the fleet has one of its own");
        } else if (!at.isInDoubt() && config.labels().size() > most - ADDED_LABELS) {
            at.warn("are " + config.labels().size() + ": GKE and Pulumi's provider add up to " + ADDED_LABELS
                    + " labels to some resources, and whether Google counts those among the " + Limit.LABELS.most()
                    + " that it takes is not known; leave room for them");
        }
    }

    private static void reserved(Place at, String label) {
        if (label.equals(Pool.RESOURCE_LABEL)) {
            at.add(label, "is the fleet's own label, with the name of a node's pool; use another name");
        } else if (GOOGLES_LABELS.stream().anyMatch(label::startsWith)) {
            at.add(
                    label,
                    "must not begin with " + String.join(" or ", GOOGLES_LABELS)
                            + ": Google keeps such names for labels of its own; use another name");
        }
    }

    private void queue(String name, QueueConfig queue) {
        var at = problems.at("queues", name);
        var release = ResourceNames.release(name);
        if (queue.trust() == Trust.TRUSTED) {
            queue.secrets().keySet().forEach(variable -> ReservedVariables.refusal(variable)
                    .ifPresent(reason -> at.at("secrets").add(variable, reason)));
        }
        if (queue.trust() == Trust.TRUSTED && !isLocal) {
            account(at, name);
        } else if (release.length() > Limit.HELM_RELEASE.most()) {
            at.add("its Helm release would be \"" + release + "\", and Helm wants at most " + Limit.HELM_RELEASE.most()
                    + " characters; use a shorter queue name");
        }
    }

    private void mac(Place at, String queue) {
        account(at, queue);
        if (config.queues().containsKey(queue)) {
            at.add("is the name of a queue in the cluster too, got \"" + queue
                    + "\"; jobs for the one would go to the other");
        }
    }

    private void account(Place at, String queue) {
        var id = names.account(queue);
        if (id.equals(names.nodeAccount()) || hasUntrustedNodes && id.equals(names.untrustedNodeAccount())) {
            at.add("must have another name than \"" + queue + "\": the nodes' own identity is named so");
        }
        var wrong = id.length() > Limit.SERVICE_ACCOUNT_ID.most() || id.length() < Limit.SERVICE_ACCOUNT_ID.least();
        if (wrong && !problems.at("name").isInDoubt()) {
            at.add("its Google service account would be \"" + id + "\", and Google wants "
                    + Limit.SERVICE_ACCOUNT_ID.least() + " to "
                    + Limit.SERVICE_ACCOUNT_ID.most() + " characters; use another queue name, or set name ("
                    + config.name() + ")");
        }
    }

    /** Keys that differ in their capitals only become one secret in Secret Manager. */
    private void secrets() {
        var keys = new TreeMap<String, String>();
        for (var key : config.secretKeys()) {
            var id = names.secretId(key);
            var other = keys.putIfAbsent(id, key);
            if (other != null) {
                problems.add(
                        FleetConfig.fullKey(key),
                        "is too like " + other + ": both would be the secret \"" + id + "\"; rename one");
            }
        }
    }
}
