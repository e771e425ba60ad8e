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

    private final Machine machine;
    private final Fleet fleet;

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
        var left = new HashMap<String, Long>();
        addQuotas(left, List.of("gcloud", "compute", "project-info", "describe"));
        addQuotas(
                left,
                List.of(
                        "gcloud",
                        "compute",
                        "regions",
                        "describe",
                        fleet.config().region()));
        return fleet.quotas().stream().map(quota -> quota(quota, left)).toList();
    }

    private static Prerequisite quota(Quota quota, Map<String, Long> left) {
        var what = "quota " + quota.metric();
        var have = left.get(quota.metric());
        if (have == null) {
            return Prerequisite.unknown(what, "needs " + quota.amount() + "; Google does not say what is left");
        }
        return have >= quota.amount()
                ? Prerequisite.good(what, "needs " + quota.amount() + ", " + have + " left")
                : Prerequisite.missing(
                        what,
                        "needs " + quota.amount() + ", " + have
                                + " left; ask for more: https://console.cloud.google.com/iam-admin/quotas");
    }

    private void addQuotas(Map<String, Long> left, List<String> command) {
        var full = Stream.concat(command.stream(), Stream.of("--project", project(), "--format=json(quotas)"))
                .toList();
        machine.output(full)
                .map(JsonParser::parseString)
                .map(JsonElement::getAsJsonObject)
                .filter(answer -> answer.has("quotas"))
                .ifPresent(answer -> answer.getAsJsonArray("quotas").forEach(item -> {
                    JsonObject quota = item.getAsJsonObject();
                    var free = quota.get("limit").getAsDouble()
                            - quota.get("usage").getAsDouble();
                    left.put(quota.get("metric").getAsString(), (long) free);
                }));
    }

    private String project() {
        return fleet.config().project();
    }
}
