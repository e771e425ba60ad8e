package io.buildkitefleet.report.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import io.buildkitefleet.plan.PlanFile;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.report.json.AssessmentJson;
import io.buildkitefleet.report.text.AssessmentText;
import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.RuleSet;
import io.buildkitefleet.testing.Assessments;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import picocli.CommandLine.Help.Ansi;

/** How the findings of the project's own stacks are told. */
@ExtendWith(PreviewedStacks.Extension.class)
class AssessmentReportsTest {
    private static final Path SARIF_SCHEMA = Path.of("src/test/resources/sarif/sarif-2.1.0-rtm.5.json");

    /** With one of its waivers, so that something is open. */
    private Assessment dev;

    private Assessment prod;

    @BeforeEach
    void assess(PreviewedStacks previews) {
        dev = Assessments.of(previews.dev(), "state-protected");
        prod = Assessments.of(previews.prod());
    }

    @Test
    void devReadsAsAgreed() {
        Golden.named("dev-check.txt").matches(new AssessmentText(dev, Ansi.OFF).toString());
    }

    @Test
    void prodReadsAsAgreed() {
        Golden.named("prod-check.txt").matches(new AssessmentText(prod, Ansi.OFF).toString());
    }

    @Test
    void theTextEndsWithTheCounts() {
        assertThat(new AssessmentText(prod, Ansi.OFF).toString().lines().toList())
                .last()
                .asString()
                .matches("prod: \\d+ rules, \\d+ waived, \\d+ passed, \\d+ not applicable");
    }

    @Test
    void sarifIsWhatItsSchemaWants() throws IOException {
        var schema = Files.readString(SARIF_SCHEMA);
        var validator = new ValidatorFactory()
                .withDefaultDialect(new Dialects.Draft4Dialect())
                .withJsonNodeFactory(new GsonNode.Factory());
        for (var assessment : new Assessment[] {dev, prod}) {
            var result = validator.validate(
                    schema,
                    AssessmentSarif.of(assessment, "Pulumi.dev.yaml", StackLines.none())
                            .toString());
            assertThat(result.getErrors()).isEmpty();
            assertThat(result.isValid()).isTrue();
        }
    }

    @Test
    void theSchemaWouldRefuseALevelThatThereIsNot() throws IOException {
        var broken = AssessmentSarif.of(dev, "Pulumi.dev.yaml", StackLines.none());
        results(broken).get(0).getAsJsonObject().addProperty("level", "catastrophe");
        var result = new ValidatorFactory()
                .withDefaultDialect(new Dialects.Draft4Dialect())
                .withJsonNodeFactory(new GsonNode.Factory())
                .validate(Files.readString(SARIF_SCHEMA), broken.toString());
        assertThat(result.isValid()).isFalse();
    }

    @Test
    void sarifPointsToTheStacksFileAndNamesTheResource() {
        var location = results(AssessmentSarif.of(dev, "Pulumi.dev.yaml", StackLines.none()))
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("locations")
                .get(0)
                .getAsJsonObject();
        assertThat(location.getAsJsonObject("physicalLocation")
                        .getAsJsonObject("artifactLocation")
                        .get("uri")
                        .getAsString())
                .isEqualTo("Pulumi.dev.yaml");
        assertThat(location.getAsJsonArray("logicalLocations")
                        .get(0)
                        .getAsJsonObject()
                        .get("fullyQualifiedName")
                        .getAsString())
                .startsWith("urn:pulumi:dev::buildkite-fleet::");
    }

    @Test
    void sarifPointsToTheLineThatAResourceComesFrom() throws IOException {
        var file = Path.of("Pulumi.prod.yaml");
        var lines = Files.readAllLines(file);
        var log = AssessmentSarif.of(prod, file.toString(), StackLines.of(Files.readString(file)));
        for (var result : results(log)) {
            var location =
                    result.getAsJsonObject().getAsJsonArray("locations").get(0).getAsJsonObject();
            var resource = location.getAsJsonArray("logicalLocations")
                    .get(0)
                    .getAsJsonObject()
                    .get("name")
                    .getAsString();
            var line = location.getAsJsonObject("physicalLocation")
                    .getAsJsonObject("region")
                    .get("startLine")
                    .getAsInt();
            var text = lines.get(line - 1).strip();
            var key = text.substring(0, text.indexOf(':', text.startsWith("buildkite-fleet") ? 16 : 0));
            assertThat(key.equals("buildkite-fleet:fleet") || resource.contains(key.replaceFirst("s$", "")))
                    .as("%s at %s", resource, text)
                    .isTrue();
        }
    }

    /** What Java's own maps say of an order is another one in each process. */
    @Test
    void sarifHasTheSameBytesInEveryProcess() {
        var log = AssessmentSarif.of(dev, "Pulumi.dev.yaml", StackLines.none()).toString();
        assertThat(log).contains("{\"driver\":{\"name\":\"buildkite-fleet\",\"rules\":[");
        assertThat(log)
                .contains(
                        "{\"artifactLocation\":{\"uri\":\"Pulumi.dev.yaml\",\"uriBaseId\":\"%SRCROOT%\"},\"region\":{");
        assertThat(log).contains("\"logicalLocations\":[{\"fullyQualifiedName\":\"urn:");
        assertThat(log).contains("\"suppressions\":[{\"justification\":\"");
    }

    @Test
    void sarifSuppressesWhatIsWaivedAndNothingElse() {
        assertThat(results(AssessmentSarif.of(prod, "Pulumi.prod.yaml", StackLines.none()))
                        .asList())
                .hasSameSizeAs(prod.waived())
                .allMatch(result -> result.getAsJsonObject().has("suppressions"));
        assertThat(results(AssessmentSarif.of(dev, "Pulumi.dev.yaml", StackLines.none()))
                        .asList())
                .filteredOn(result -> !result.getAsJsonObject().has("suppressions"))
                .hasSameSizeAs(dev.open());
    }

    /** GitHub reads results alone. */
    @Test
    void sarifHasANoteForEachRuleThatWasNotChecked(PreviewedStacks previews) throws IOException {
        var text = new StringWriter();
        PlanFile.write(previews.dev(), text);
        var plan = PlanFile.parse("plan", text.toString());
        var log = AssessmentSarif.of(
                RuleSet.assess(plan, Assessments.waivers(StackPlan.of(previews.dev()))),
                "Pulumi.dev.yaml",
                StackLines.none());
        assertThat(results(log).asList())
                .map(result -> result.getAsJsonObject())
                .filteredOn(result -> !result.has("suppressions"))
                .singleElement()
                .satisfies(result -> {
                    assertThat(Json.text(result, "ruleId")).isEqualTo("plan-as-made");
                    assertThat(Json.text(result, "level")).isEqualTo("note");
                    assertThat(result.toString()).contains("not checked: nobody can tell", "Pulumi.dev.yaml");
                });
        assertThat(log.toString()).contains("\"toolExecutionNotifications\":[{");
    }

    @Test
    void junitCountsEveryRuleOnce() throws Exception {
        var suite = junit(dev);
        assertThat(suite.getElementsByTagName("testcase").getLength())
                .isEqualTo(dev.results().size())
                .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
        assertThat(suite.getElementsByTagName("failure").getLength())
                .isPositive()
                .isEqualTo(Integer.parseInt(suite.getAttribute("failures")));
        assertThat(suite.getElementsByTagName("skipped").getLength())
                .isPositive()
                .isEqualTo(Integer.parseInt(suite.getAttribute("skipped")));
    }

    @Test
    void junitSaysWhichResourceFailsAndWhatToDo() throws Exception {
        var failure = (Element) junit(dev).getElementsByTagName("failure").item(0);
        assertThat(failure.getTextContent()).startsWith("cluster-gke: ");
        assertThat(failure.getAttribute("message")).isNotBlank();
    }

    @Test
    void jsonHoldsEveryRuleWithItsStatus() {
        var json = AssessmentJson.of(prod);
        assertThat(json.getAsJsonArray("results")).hasSize(prod.results().size());
        assertThat(json.getAsJsonObject("open").get("high").getAsInt()).isZero();
        assertThat(json.getAsJsonObject("rules").asMap().values().stream()
                        .mapToInt(count -> count.getAsInt())
                        .sum())
                .isEqualTo(prod.results().size());
    }

    private static JsonArray results(JsonObject sarif) {
        return sarif.getAsJsonArray("runs").get(0).getAsJsonObject().getAsJsonArray("results");
    }

    private static Element junit(Assessment assessment) throws Exception {
        var source = new InputSource(new StringReader(AssessmentJunit.of(assessment)));
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(source);
        return (Element) document.getElementsByTagName("testsuite").item(0);
    }
}
