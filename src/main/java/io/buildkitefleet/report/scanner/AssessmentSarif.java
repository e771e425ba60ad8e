package io.buildkitefleet.report.scanner;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.Finding;
import io.buildkitefleet.rules.Result;
import io.buildkitefleet.rules.Status;
import io.buildkitefleet.rules.rule.Rule;
import io.buildkitefleet.rules.rule.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Findings in the form in which code hosts take them.
 *
 * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html">SARIF 2.1.0</a>
 */
public final class AssessmentSarif {
    private static final Map<Severity, String> LEVELS =
            Map.of(Severity.HIGH, "error", Severity.MEDIUM, "warning", Severity.LOW, "note");

    private final Assessment assessment;
    private final String file;
    private final StackLines lines;
    private final List<Rule> rules;

    private AssessmentSarif(Assessment assessment, String file, StackLines lines) {
        this.lines = lines;
        this.assessment = assessment;
        this.file = file;
        this.rules = assessment.results().stream().map(Result::rule).toList();
    }

    /**
     * Tells them.
     *
     * @param file of the stack, from the directory of the project
     * @param lines of that file
     */
    public static JsonObject of(Assessment assessment, String file, StackLines lines) {
        return new Gson()
                .toJsonTree(new AssessmentSarif(assessment, file, lines).log())
                .getAsJsonObject();
    }

    private Map<String, Object> log() {
        var driver = new LinkedHashMap<String, Object>();
        driver.put("name", "buildkite-fleet");
        driver.put("rules", rules.stream().map(AssessmentSarif::descriptor).toList());
        var run = new LinkedHashMap<String, Object>();
        run.put("tool", Map.of("driver", driver));
        run.put("automationDetails", Map.of("id", "fleet-check/" + assessment.stack() + "/"));
        run.put("invocations", List.of(invocation()));
        run.put(
                "results",
                Stream.concat(
                                assessment.results().stream()
                                        .flatMap(result -> result.findings().stream())
                                        .map(this::result),
                                unchecked().map(this::unchecked))
                        .toList());
        var log = new LinkedHashMap<String, Object>();
        log.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return log;
    }

    /** Rules of which not all could be checked, whatever else they found. */
    private Stream<Result> unchecked() {
        return assessment.results().stream()
                .filter(result -> result.status() != Status.NOT_APPLICABLE)
                .filter(result -> !result.note().isEmpty());
    }

    /** SARIF's place for what was not checked. GitHub does not read it. */
    private Map<String, Object> invocation() {
        var notifications = unchecked()
                .map(result -> new TreeMap<>(Map.of(
                        "level",
                        "warning",
                        "message",
                        notChecked(result),
                        "associatedRule",
                        new TreeMap<>(Map.of("id", result.rule().id(), "index", rules.indexOf(result.rule()))))))
                .toList();
        var invocation = new LinkedHashMap<String, Object>();
        invocation.put("executionSuccessful", true);
        invocation.put("toolExecutionNotifications", notifications);
        return invocation;
    }

    private static Map<String, Object> descriptor(Rule rule) {
        var descriptor = new LinkedHashMap<String, Object>();
        descriptor.put("id", rule.id());
        descriptor.put("shortDescription", text(rule.title()));
        descriptor.put("fullDescription", text(rule.why()));
        descriptor.put("help", text(rule.mend()));
        descriptor.put("defaultConfiguration", Map.of("level", LEVELS.get(rule.severity())));
        descriptor.put("properties", Map.of("tags", rule.sources()));
        return descriptor;
    }

    private Map<String, Object> result(Finding finding) {
        var rule = finding.rule();
        var result = new LinkedHashMap<String, Object>();
        result.put("ruleId", rule.id());
        result.put("ruleIndex", rules.indexOf(rule));
        result.put("level", LEVELS.get(rule.severity()));
        result.put("message", text(finding.resource() + ": " + finding.detail() + "; " + rule.mend()));
        result.put("locations", List.of(location(finding)));
        result.put("partialFingerprints", Map.of("ruleAndResource/v1", rule.id() + " " + finding.resource()));
        finding.waiver()
                .ifPresent(waiver -> result.put(
                        "suppressions",
                        List.of(new TreeMap<>(Map.of("kind", "external", "justification", waiver.reason())))));
        return result;
    }

    /**
     * What was not checked as a note, because it has to be seen.
     *
     * @see <a
     *     href="https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning">what
     *     GitHub reads: results, and no notifications</a>
     */
    private Map<String, Object> unchecked(Result unchecked) {
        var rule = unchecked.rule();
        var result = new LinkedHashMap<String, Object>();
        result.put("ruleId", rule.id());
        result.put("ruleIndex", rules.indexOf(rule));
        result.put("level", LEVELS.get(Severity.LOW));
        result.put("message", notChecked(unchecked));
        result.put("locations", List.of(new TreeMap<>(Map.of("physicalLocation", physical(1)))));
        result.put("partialFingerprints", Map.of("ruleAndResource/v1", rule.id() + " not checked"));
        return result;
    }

    private static Map<String, String> notChecked(Result result) {
        return text("not checked: " + result.note());
    }

    /** What a person changes is the stack's file; which resource it is about stands beside. */
    private Map<String, Object> location(Finding finding) {
        var location = new LinkedHashMap<String, Object>();
        location.put("physicalLocation", physical(lines.lineOf(finding.resource())));
        location.put(
                "logicalLocations",
                List.of(
                        finding.urn().isEmpty()
                                ? Map.of("name", finding.resource())
                                : new TreeMap<>(Map.of(
                                        "name", finding.resource(),
                                        "fullyQualifiedName", finding.urn(),
                                        "kind", "resource"))));
        return location;
    }

    private Map<String, Object> physical(int line) {
        return new TreeMap<>(Map.of(
                "artifactLocation",
                new TreeMap<>(Map.of("uri", file, "uriBaseId", "%SRCROOT%")),
                "region",
                Map.of("startLine", line)));
    }

    private static Map<String, String> text(String text) {
        return Map.of("text", text);
    }
}
