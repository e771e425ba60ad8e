package io.buildkitefleet.operate;

import io.buildkitefleet.config.FleetConfig;
import java.util.List;

/**
 * A bucket for the state and a key for the secrets in it, where docs/first-deploy.md makes them: beside the fleet.
 *
 * @param project the Google Cloud project that they are in
 * @param location where
 */
record StateStore(String project, String location) {
    /** What a person replaces who names no bucket. */
    static final String ANY_BUCKET = "gs://BUCKET";

    /** The name of the key and of its ring. */
    private static final String KEY = "fleet-state";

    /** That of a fleet. A local one is nowhere in Google Cloud, so a person has to say where. */
    static StateStore of(FleetConfig config) {
        return config.local().isPresent()
                ? new StateStore("PROJECT", "LOCATION")
                : new StateStore(config.project(), config.region());
    }

    /** What makes a bucket, such as {@code gs://acme-state}. */
    String bucketCommand(String bucket) {
        return "gcloud storage buckets create " + bucket + " --project " + project + " --location " + location
                + " --uniform-bucket-level-access --public-access-prevention";
    }

    /** What makes a bucket keep what is left of a state that was lost. */
    static String versioningCommand(String bucket) {
        return "gcloud storage buckets update " + bucket + " --versioning";
    }

    /** What makes the key. */
    List<String> keyCommands() {
        return List.of(
                "gcloud kms keyrings create " + KEY + " --location " + location + " --project " + project,
                "gcloud kms keys create " + KEY + " --keyring " + KEY + " --location " + location
                        + " --purpose encryption --project " + project);
    }

    /** The key, as a secrets provider of Pulumi's. */
    String provider() {
        return "gcpkms://projects/" + project + "/locations/" + location + "/keyRings/" + KEY + "/cryptoKeys/" + KEY;
    }
}
