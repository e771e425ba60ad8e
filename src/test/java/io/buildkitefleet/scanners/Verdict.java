package io.buildkitefleet.scanners;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.buildkitefleet.testing.Json;
import java.util.Collection;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a scanner makes of something.
 *
 * @param passed how many results are good
 * @param failed each check that is not, and of what
 */
record Verdict(int passed, TreeSet<String> failed) {
    /** Jobs have a name of chance. */
    private static final Pattern JOB_NAME = Pattern.compile("buildkite-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** The best grade that kube-score gives. */
    private static final int ALL_OK = 10;

    /** Reads what {@code checkov -o json} prints. */
    static Verdict ofCheckov(String output) {
        var report = JsonParser.parseString(output).getAsJsonObject();
        var failed = new TreeSet<String>();
        for (var check : Json.list(Json.object(report, "results"), "failed_checks")) {
            failed.add(failure(
                    Json.text(check.getAsJsonObject(), "check_id"), Json.text(check.getAsJsonObject(), "resource")));
        }
        return new Verdict(Json.object(report, "summary").get("passed").getAsInt(), failed);
    }

    /** Reads what {@code kube-score score -o json} prints. */
    static Verdict ofKubeScore(String output) {
        var passed = 0;
        var failed = new TreeSet<String>();
        for (var scored :
                objects(JsonParser.parseString(output).getAsJsonArray().asList())) {
            for (var check : objects(Json.list(scored, "checks").asList())) {
                if (check.get("skipped").getAsBoolean()) {
                    continue;
                }
                if (check.get("grade").getAsInt() >= ALL_OK) {
                    passed++;
                } else {
                    failed.add(failure(Json.text(Json.object(check, "check"), "id"), Json.text(scored, "object_name")));
                }
            }
        }
        return new Verdict(passed, failed);
    }

    static String failure(String check, String resource) {
        return check + " of " + JOB_NAME.matcher(resource).replaceAll("job");
    }

    private static Iterable<JsonObject> objects(Collection<JsonElement> list) {
        return list.stream().map(JsonElement::getAsJsonObject).toList();
    }
}
