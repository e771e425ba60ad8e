package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.MacConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Mac;

/** Whose jobs are the mac in Google Cloud: an empty list, or a slug alone, would not say it. */
final class MacChecks implements Check {
    private final Fleet fleet;
    private final Problems problems;
    private final Place at;

    MacChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.problems = problems;
        this.at = problems.at("mac");
    }

    @Override
    public void run() {
        if (!at.isRefused()) {
            fleet.config().mac().ifPresent(this::lists);
            fleet.mac().ifPresent(this::organization);
            fleet.mac().ifPresent(this::condition);
        }
    }

    private void lists(MacConfig mac) {
        if (mac.pipelines().isEmpty() && !at.isInDoubt("pipelines")) {
            at.add("pipelines", "is empty; name the pipelines whose jobs may act as the mac, such as [app]");
        }
        if (mac.branches().filter(branches -> branches.isEmpty()).isPresent() && !at.isInDoubt("branches")) {
            at.add("branches", "is empty; leave it out for builds of every branch, or name some, such as [main]");
        }
    }

    private void organization(Mac mac) {
        var id = problems.at("organizationId");
        if (mac.tokens().organizationId().isEmpty() && !id.isInDoubt()) {
            id.add("is missing; with a mac it must be the UUID of the organization \""
                    + fleet.config().organization()
                    + "\": BUILDKITE_ORGANIZATION_ID on the Environment tab of any job, or id in"
                    + " https://buildkite.com/docs/apis/rest-api/organizations");
        }
    }

    private void condition(Mac mac) {
        var length = mac.tokens().condition().length();
        if (length > Limit.PROVIDER_CONDITION.most()) {
            at.add("names too many pipelines and branches: Google takes a condition of "
                    + Limit.PROVIDER_CONDITION.most() + " characters, and this is one of " + length
                    + "; leave branches out, or name fewer");
        }
    }
}
