package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.SigningConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.PodSpecs;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.text.Listing;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the key that signs steps where nothing runs but their upload. */
final class SigningChecks implements Check {
    private static final String NOT_FOR_JOBS =
            "must not be " + FleetConfig.SIGNING_KEY + ": a job that holds it can sign any step";

    private final FleetConfig config;
    private final Problems problems;
    private final Place at;

    SigningChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.problems = problems;
        this.at = problems.at("signing");
    }

    @Override
    public void run() {
        config.signing().filter(signing -> !at.isRefused()).ifPresent(signing -> {
            key(signing);
            at.at("queues").each(signing.queues(), this::signed);
            repositories();
            Optional.ofNullable(config.queues().get(SigningConfig.UPLOAD_QUEUE))
                    .ifPresentOrElse(queue -> upload(SigningConfig.UPLOAD_QUEUE, queue), this::noUpload);
        });
        givenToJobs();
    }

    private void key(SigningConfig signing) {
        if (at.isInDoubt("publicKeys")
                || at.isInDoubt("keyId")
                || signing.signingKey().isPresent()) {
            return;
        }
        var known = signing.publicKeys().ids();
        signing.keyId()
                .ifPresentOrElse(
                        id -> at.add("keyId", "is none of publicKeys, got \"" + id + "\"; there are: " + known),
                        () -> at.add("keyId", "is missing; with several publicKeys, say which signs: " + known));
    }

    /** A job that holds the key could sign whatever it likes. */
    private void givenToJobs() {
        config.checkoutKey().filter(FleetConfig.SIGNING_KEY::equals).ifPresent(key -> problems.at("checkout", "sshKey")
                .add(NOT_FOR_JOBS));
        config.queues().forEach((name, queue) -> queue.secrets().forEach((variable, key) -> {
            if (key.equals(FleetConfig.SIGNING_KEY)) {
                problems.at("queues", name, "secrets").add(variable, NOT_FOR_JOBS);
            }
        }));
    }

    private void signed(Place place, String name) {
        var queue = Optional.ofNullable(config.queues().get(name));
        if (name.equals(SigningConfig.UPLOAD_QUEUE)) {
            place.add("must not name the queue that signs, got \"" + name
                    + "\": the step that uploads a pipeline comes before anything is signed, and would not run; take "
                    + name + " out, whose jobs may do nothing but upload");
        } else if (config.mac().filter(mac -> mac.queue().equals(name)).isPresent()) {
            place.add("must not name the mac, got \"" + name
                    + "\"; its own configuration says what it verifies: docs/signed-pipelines.md");
        } else if (queue.isEmpty() && !config.queues().isEmpty()) {
            place.add("is not a queue, got \"" + name + "\"; there are: " + Listing.of(mayRequireSignatures()));
        } else if (queue.filter(found -> found.trust() == Trust.UNTRUSTED).isPresent()) {
            place.add("must not name an untrusted queue, got \"" + name
                    + "\": its Buildkite cluster has no queue that signs");
        }
    }

    private List<String> mayRequireSignatures() {
        return config.queues().entrySet().stream()
                .filter(queue -> queue.getValue().trust() == Trust.TRUSTED)
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals(SigningConfig.UPLOAD_QUEUE))
                .toList();
    }

    private void noUpload() {
        var queues = problems.at("queues");
        if (!queues.isInDoubt() && !config.queues().isEmpty()) {
            queues.add("must have the queue " + SigningConfig.UPLOAD_QUEUE
                    + ", which signs steps; add it, with a pool of its own: " + SigningConfig.UPLOAD_QUEUE
                    + ": {pool: POOL}");
        }
    }

    /** Pipelines are uploaded from these alone. */
    private void repositories() {
        var repositories = problems.at("repositories");
        if (config.safeBuilds().repositories().isEmpty() && !repositories.isInDoubt()) {
            repositories.add("is empty; what is signed comes from branches of these repositories alone");
        }
    }

    private void upload(String name, QueueConfig queue) {
        var place = problems.at("queues", name);
        if (queue.trust() == Trust.UNTRUSTED) {
            place.add("trust", "must be trusted: strangers' jobs could read the key that signs steps");
        }
        var refused = "must be empty on the queue that signs steps: it uploads pipelines and does nothing else";
        var filled = Map.of(
                "can", !queue.can().isEmpty(),
                "secrets", !queue.secrets().isEmpty(),
                "variablesKey", queue.variablesKey().isPresent(),
                "debuggers", !queue.debuggers().isEmpty(),
                "warm", !queue.warm().isEmpty());
        filled.entrySet().stream()
                .filter(key -> key.getValue() && !place.isInDoubt(key.getKey()))
                .forEach(key -> place.add(key.getKey(), refused));
        if (queue.podSpecs() == PodSpecs.ALLOWED && !place.isInDoubt("podSpecs")) {
            place.add(
                    "podSpecs",
                    "must not be allowed on the queue that signs steps: a step's own containers start before anything has"
                            + " looked at it, beside the key");
        }
        var others = config.queues().entrySet().stream()
                .filter(other -> !other.getKey().equals(name))
                .filter(other -> other.getValue().pool().equals(queue.pool()))
                .map(Map.Entry::getKey)
                .collect(Listing.joining());
        if (!others.isEmpty() && !place.isInDoubt("pool")) {
            place.add(
                    "pool",
                    "must be a pool that nothing else uses: jobs of " + others
                            + " may reach the key through the node, got pool \"" + queue.pool()
                            + "\"; give it a pool of its own");
        }
        config.namespaces().forEach((namespace, bounds) -> {
            if (bounds.pool().filter(queue.pool()::equals).isPresent()) {
                problems.at("namespaces", namespace)
                        .add(
                                "pool",
                                "must not be the pool of the queue that signs steps, whose key its pods may reach through"
                                        + " the node, got \"" + queue.pool() + "\"");
            }
        });
    }
}
