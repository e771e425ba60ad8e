package io.buildkitefleet.report.json;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.Finding;
import io.buildkitefleet.rules.Result;
import io.buildkitefleet.rules.Status;
import io.buildkitefleet.rules.rule.Severity;

/** Findings as JSON: every rule with what came of it. */
public final class AssessmentJson {
    private AssessmentJson() {}

    public static JsonObject of(Assessment assessment) {
        var statuses = new JsonObject();
        for (var status : Status.values()) {
            statuses.addProperty(Spelling.of(status), assessment.count(status));
        }
        var open = new JsonObject();
        for (var severity : Severity.values()) {
            open.addProperty(
                    Spelling.of(severity),
                    assessment.open().stream()
                            .filter(finding -> finding.rule().severity() == severity)
                            .count());
        }
        var results = new JsonArray();
        assessment.results().forEach(result -> results.add(of(result)));
        var json = new JsonObject();
        json.addProperty("stack", assessment.stack());
        json.add("rules", statuses);
        json.add("open", open);
        json.add("results", results);
        json.add("waiversEnding", ending(assessment));
        return json;
    }

    /** The waivers that end soon. */
    private static JsonArray ending(Assessment assessment) {
        var waivers = new JsonArray();
        assessment.ending().forEach(ending -> {
            var json = new JsonObject();
            json.addProperty("waiver", ending.place());
            json.addProperty("rule", ending.waiver().rule());
            json.addProperty("until", ending.waiver().end().toString());
            json.addProperty("days", ending.days());
            waivers.add(json);
        });
        return waivers;
    }

    private static JsonObject of(Result result) {
        var rule = result.rule();
        var json = new JsonObject();
        json.addProperty("rule", rule.id());
        json.addProperty("title", rule.title());
        json.addProperty("severity", Spelling.of(rule.severity()));
        json.addProperty("status", Spelling.of(result.status()));
        json.addProperty("why", rule.why());
        json.addProperty("mend", rule.mend());
        json.add("sources", new Gson().toJsonTree(rule.sources()));
        if (!result.note().isEmpty()) {
            json.addProperty("note", result.note());
        }
        var findings = new JsonArray();
        result.findings().forEach(finding -> findings.add(of(finding)));
        json.add("findings", findings);
        return json;
    }

    private static JsonObject of(Finding finding) {
        var json = new JsonObject();
        json.addProperty("resource", finding.resource());
        if (!finding.urn().isEmpty()) {
            json.addProperty("type", finding.type());
            json.addProperty("urn", finding.urn());
        }
        json.addProperty("detail", finding.detail());
        finding.waiver().ifPresent(waiver -> {
            var waived = new JsonObject();
            waived.addProperty("reason", waiver.reason());
            waived.addProperty("until", waiver.end().toString());
            waiver.whyNoEnd().ifPresent(why -> waived.addProperty("whyNoEnd", why));
            json.add("waiver", waived);
        });
        return json;
    }
}
