package io.buildkitefleet.operate;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.buildkitefleet.fleet.Api;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Quota;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Google Cloud project of a stack: the APIs that are on, the quotas that are left, and where machines are. */
final class ProjectState {
    /** Without these two nothing can turn on the others. */
    private static final List<String> FIRST_APIS =
            List.of("serviceusage.googleapis.com", "cloudresourcemanager.googleapis.com");

    private static final String QUOTAS = "https://console.cloud.google.com/iam-admin/quotas";

    private final Machine machine;
    private final Fleet fleet;

    /** What a project may have of something, and what is left of that. */
    private record Grant(long limit, long left) {}

    ProjectState(Machine machine, Fleet fleet) {
        this.machine = machine;
        this.fleet = fleet;
    }

    List<Prerequisite> examine(boolean credentials) {
        var canAsk = credentials && machine.find("gcloud").isPresent();
        var checks = new ArrayList<Prerequisite>();
        checks.add(canAsk ? apis() : unasked("Google APIs", apiCommand()));
        if (canAsk) {
            checks.addAll(quotas());
        } else {
            fleet.quotas().forEach(quota -> checks.add(unasked("quota " + quota.metric(), "needs " + quota.amount())));
        }
        fleet.unknownQuotas()
                .forEach(quota -> checks.add(
                        Prerequisite.unknown("quota " + quota.what(), quota.reason() + "; look at " + QUOTAS)));
        checks.addAll(new ZoneMachines(machine, fleet).examine(canAsk));
        return checks;
    }

    private Prerequisite unasked(String what, String detail) {
        return Prerequisite.unknown(what, "not asked, that takes gcloud and credentials; " + detail);
    }

    private Prerequisite apis() {
        var answer = machine.output(List.of(
                "gcloud", "services", "list", "--enabled", "--project", project(), "--format=json(config.name)"));
        if (answer.isEmpty()) {
            return Prerequisite.unknown(
                    "Google APIs", "gcloud may not list those of " + project() + "; " + apiCommand());
        }
        var on = JsonParser.parseString(answer.get()).getAsJsonArray().asList().stream()
                .map(service -> service.getAsJsonObject()
                        .getAsJsonObject("config")
                        .get("name")
                        .getAsString())
                .toList();
        var off = FIRST_APIS.stream().filter(api -> !on.contains(api)).toList();
        return off.isEmpty()
                ? Prerequisite.good("Google APIs", "those that turn on the others are on")
                : Prerequisite.missing(
                        "Google APIs",
                        "turn on: gcloud services enable " + String.join(" ", off) + " --project " + project());
    }

    /** The program turns on the others itself. */
    private String apiCommand() {
        var others = Stream.of(Api.values()).map(Api::service).collect(Collectors.joining(" "));
        return "turn on: gcloud services enable " + String.join(" ", FIRST_APIS) + " --project " + project()
                + " (pulumi up turns on " + others + ")";
    }

    private List<Prerequisite> quotas() {
        var grants = new HashMap<String, Grant>();
        addQuotas(grants, List.of("gcloud", "compute", "project-info", "describe"));
        addQuotas(
                grants,
                List.of(
                        "gcloud",
                        "compute",
                        "regions",
                        "describe",
                        fleet.config().region()));
        return fleet.quotas().stream().map(quota -> quota(quota, grants)).toList();
    }

    private static Prerequisite quota(Quota quota, Map<String, Grant> grants) {
        var what = "quota " + quota.metric();
        var needs = "needs " + quota.amount() + ", ";
        var grant = grants.get(quota.metric());
        if (grant == null) {
            return Prerequisite.unknown(what, needs + "gcloud does not say what is left; look at " + QUOTAS);
        }
        if (grant.limit() == 0 && quota.isOfReclaimable()) {
            return Prerequisite.warning(
                    what,
                    needs + "the project has none of it; Google counts such nodes with all others then, and the other"
                            + " quotas here leave no room for them; ask for it: " + QUOTAS);
        }
        return grant.left() >= quota.amount()
                ? Prerequisite.good(what, needs + grant.left() + " left")
                : Prerequisite.missing(what, needs + grant.left() + " left; ask for more: " + QUOTAS);
    }

    private void addQuotas(Map<String, Grant> grants, List<String> command) {
        var full = Stream.concat(command.stream(), Stream.of("--project", project(), "--format=json(quotas)"))
                .toList();
        machine.output(full)
                .map(JsonParser::parseString)
                .map(JsonElement::getAsJsonObject)
                .filter(answer -> answer.has("quotas"))
                .ifPresent(answer -> answer.getAsJsonArray("quotas").forEach(item -> {
                    JsonObject quota = item.getAsJsonObject();
                    var limit = quota.get("limit").getAsDouble();
                    var left = limit - quota.get("usage").getAsDouble();
                    grants.put(quota.get("metric").getAsString(), new Grant((long) limit, (long) left));
                }));
    }

    private String project() {
        return fleet.config().project();
    }
}
