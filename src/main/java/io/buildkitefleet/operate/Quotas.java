package io.buildkitefleet.operate;

import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Quota;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the project may have what the fleet needs at full size. */
final class Quotas {
    private static final String PAGE = "https://console.cloud.google.com/iam-admin/quotas";

    private final Gcloud gcloud;
    private final Fleet fleet;

    /** What a project may have of something, and what is left of that. */
    private record Grant(long limit, long left) {}

    Quotas(Gcloud gcloud, Fleet fleet) {
        this.gcloud = gcloud;
        this.fleet = fleet;
    }

    /** @param canAsk whether somebody is logged in with gcloud */
    List<Prerequisite> examine(boolean canAsk) {
        var checks = new ArrayList<Prerequisite>();
        if (canAsk) {
            var grants = new HashMap<String, Grant>();
            var silence = addGrants(grants, "compute", "project-info", "describe")
                    + addGrants(
                            grants,
                            "compute",
                            "regions",
                            "describe",
                            fleet.config().region());
            fleet.quotas().forEach(quota -> checks.add(quota(quota, grants, silence)));
        } else {
            fleet.quotas()
                    .forEach(quota -> checks.add(GoogleProject.unasked(what(quota), "needs " + quota.amount(), PAGE)));
        }
        fleet.unknownQuotas()
                .forEach(quota ->
                        checks.add(Prerequisite.unknown("quota " + quota.what(), quota.reason() + "; look at", PAGE)));
        return checks;
    }

    private static String what(Quota quota) {
        return "quota " + quota.metric();
    }

    /** @param silence why Google did not say all; empty if it did */
    private static Prerequisite quota(Quota quota, Map<String, Grant> grants, String silence) {
        var needs = "needs " + quota.amount() + ", ";
        var grant = grants.get(quota.metric());
        if (grant == null) {
            return Prerequisite.unknown(
                    what(quota), needs + "gcloud does not say what is left" + silence + "; look at", PAGE);
        }
        if (grant.limit() == 0 && quota.isOfReclaimable()) {
            return Prerequisite.warning(
                    what(quota),
                    needs + "the project has none of it; Google counts such nodes with all others then, and the other"
                            + " quotas here leave no room for them; ask for it",
                    PAGE);
        }
        return grant.left() >= quota.amount()
                ? Prerequisite.good(what(quota), needs + grant.left() + " left")
                : Prerequisite.missing(what(quota), needs + grant.left() + " left; ask for more", PAGE);
    }

    /** Adds what Google says; returns why it says nothing, in brackets, or an empty text. */
    private String addGrants(Map<String, Grant> grants, String... words) {
        var command = new ArrayList<>(List.of(words));
        command.addAll(List.of("--project", fleet.config().project(), "--format=json(quotas)"));
        var reply = gcloud.ask(command.toArray(String[]::new));
        reply.text().flatMap(JsonAnswer::parse).stream()
                .flatMap(answer -> answer.field("quotas").stream())
                .flatMap(quotas -> quotas.items().stream())
                .forEach(quota -> add(grants, quota));
        return reply.reason().isEmpty() ? "" : " (" + reply.reason() + ")";
    }

    private static void add(Map<String, Grant> grants, JsonAnswer quota) {
        var metric = quota.text("metric");
        var limit = quota.number("limit");
        var usage = quota.number("usage");
        if (metric.isPresent() && limit.isPresent() && usage.isPresent()) {
            grants.put(metric.get(), new Grant(limit.get().longValue(), (long) (limit.get() - usage.get())));
        }
    }
}
