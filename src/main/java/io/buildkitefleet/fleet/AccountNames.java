package io.buildkitefleet.fleet;

import io.buildkitefleet.config.FleetConfig;

/** The ids of Google service accounts. */
final class AccountNames {
    /** https://cloud.google.com/iam/docs/service-accounts-create */
    static final int LONGEST = 30;

    private AccountNames() {}

    /** The account of a queue's jobs, inside the cluster or outside. */
    static String of(FleetConfig config, String queue) {
        return config.name() + "-" + queue;
    }
}
