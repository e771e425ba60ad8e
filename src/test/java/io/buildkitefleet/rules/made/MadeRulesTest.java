package io.buildkitefleet.rules.made;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.plan.Origin;
import io.buildkitefleet.plan.PlanFile;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.testing.ChangedJson;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan says otherwise than the program is seen, wherever it stands; and nothing else is. */
@ExtendWith(PreviewedStacks.Extension.class)
class MadeRulesTest {
    private static final JsonPrimitive GONE = new JsonPrimitive("gone");

    private static final JsonPrimitive UNKNOWN = new JsonPrimitive(PropertyValues.UNKNOWN);

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod", "full", "local"})
    void aPlanOfTheProgramsOwnIsAsMade(String stack, PreviewedStacks stacks) throws IOException {
        var preview = stacks.byStack().get(stack);
        assertThat(departures(document(preview), preview)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod", "full", "local"})
    void theOrderOfKeysAndOfSetsSaysNothing(String stack, PreviewedStacks stacks) throws IOException {
        var preview = stacks.byStack().get(stack);
        var document = reversed(document(preview)).getAsJsonObject();
        states(document).forEach(state -> {
            for (var set : List.of("dependencies", "ignoreChanges", "additionalSecretOutputs")) {
                if (state.get(set) instanceof JsonArray list) {
                    state.add(set, reversed(list, true));
                }
            }
        });
        assertThat(departures(document, preview)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", "full", "local"})
    void eachChangeOfAnInputIsSeen(String stack, PreviewedStacks stacks) throws IOException {
        var missed = new ArrayList<String>();
        var changes = 0;
        for (var resource : StackPlan.of(stacks.byStack().get(stack)).resources()) {
            for (var change : ChangedJson.of(resource.inputs())) {
                changes++;
                if (departures(resource, change, InputForm.OWN).isEmpty()) {
                    missed.add(resource.name() + change.where());
                }
            }
        }
        assertThat(missed).isEmpty();
        assertThat(changes).isGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", "full", "local"})
    void whatIsNotKnownAnyMoreIsSeen(String stack, PreviewedStacks stacks) {
        var missed = new ArrayList<String>();
        for (var resource : StackPlan.of(stacks.byStack().get(stack)).resources()) {
            for (var change : ChangedJson.replaced(resource.inputs(), UNKNOWN)) {
                if (departures(resource, change, InputForm.OWN).isEmpty()) {
                    missed.add(resource.name() + change.where());
                }
            }
        }
        assertThat(missed).isEmpty();
    }

    /** It takes them from another resource. Everything else that it does not know was not the program's. */
    @Test
    void whichKnownValuesPulumiMayNotKnowIsAgreed(PreviewedStacks stacks) {
        var agreed = new TreeSet<String>();
        for (var stack : List.of(stacks.prod(), stacks.full())) {
            var made = new LinkedHashMap<String, Registration>();
            StackPlan.of(stack).resources().forEach(resource -> made.put(resource.urn(), resource));
            for (var resource : made.values()) {
                var form = new PulumisForm(resource, made, new LaterValues(made, List.of()), false);
                ChangedJson.replaced(resource.inputs(), UNKNOWN).stream()
                        .filter(change -> departures(resource, change, form).isEmpty())
                        .forEach(change -> agreed.add(resource.type() + " " + change.where()));
            }
        }
        Golden.named("pulumis-plan-unknown.txt").matches(String.join("\n", agreed) + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What Google's provider adds.
                "artifacts-bucket | {'__defaults': ['storageClass'], 'storageClass': 'STANDARD'} | true",
                "artifacts-bucket | {'__defaults': ['storageClass'], 'storageClass': 'ARCHIVE'} | false",
                "artifacts-bucket | {'storageClass': 'STANDARD'} | false",
                "artifacts-bucket | {'__defaults': ['requesterPays'], 'requesterPays': false} | false",
                "cluster-gke | {'__defaults': ['minMasterVersion'], 'minMasterVersion': '1.20'} | false",
                "pool-big-nodes | {'__defaults': ['nodeCount'], 'nodeCount': 900} | false",
                "network-nat | {'__defaults': ['icmpIdleTimeoutSec'], 'icmpIdleTimeoutSec': 30} | true",
                // What nobody knows before the update is then of what the plan itself makes.
                "kubernetes-provider | {'kubeconfig': '[secret]'} | true",
                "kubernetes-provider | {'kubeconfig': 'clusters: [{cluster: {server: https://evil.example.com}}]'} | false",
                "network-nat | {'natIps': ['1.2.3.4']} | false",
                "network-nat | {'natIps': ['projects/evil/regions/us-west1/addresses/network-nat-1']} | false",
                "network-nat | {'router': 'network-router-f94e0f0'} | false",
                "keys-images-use | {'member': 'serviceAccount:service-1@gcp-sa-artifactregistry.iam.gserviceaccount.com'} | true",
                "keys-images-use | {'member': 'serviceAccount:evil@acme-ci-prod.iam.gserviceaccount.com'} | false",
                "mac-identity-jobs | {'serviceAccountId': 'projects/acme-ci-prod/serviceAccounts/bk-prod-mac@acme-ci-prod.iam.gserviceaccount.com'} | true",
                "mac-identity-jobs | {'serviceAccountId': 'projects/acme-ci-prod/serviceAccounts/bk-prod-deploy@acme-ci-prod.iam.gserviceaccount.com'} | false",
                "mac-identity-jobs | {'serviceAccountId': 'projects/evil/serviceAccounts/bk-prod-mac@evil.iam.gserviceaccount.com'} | false",
                "secrets-bk-prod-agent-token-version | {'secret': 'projects/acme-ci-prod/secrets/bk-prod-agent-token'} | true",
                "secrets-bk-prod-agent-token-version | {'secret': 'projects/evil/secrets/bk-prod-agent-token'} | false",
                "artifacts-bucket | {'__defaults': ['rules'], 'rules': {'a': 1}} | false",
                "network-vpc | {'name': 'network-vpc-7efa120'} | true",
                "network-vpc | {'name': 'default'} | false",
                // What Helm's adds.
                "queue-big-release | {'lint': false, 'description': '', 'maxHistory': 0} | true",
                "queue-big-release | {'lint': true} | false",
                "queue-big-release | {'postrender': 'sh'} | false",
                // What Kubernetes' writes otherwise.
                "queue-big-token | {'stringData': 'gone', 'data': '[secret]'} | true",
                "queue-big-token | {'stringData': 'gone', 'data': {'BUILDKITE_AGENT_TOKEN': 'YQ=='}} | false",
                "queue-big-token | {'stringData': 'gone'} | false",
                "queue-big-namespace-deny-all | {'metadata': {'annotations': {}}} | false",
            })
    void whatAProviderAddsIsNoDifference(String resource, String json, boolean same, PreviewedStacks stacks)
            throws IOException {
        var document = document(stacks.prod());
        document.remove("fleet");
        var urn = urn(document, resource);
        states(document)
                .filter(state -> state.get("urn").getAsString().equals(urn))
                .map(state -> state.getAsJsonObject("inputs"))
                .forEach(inputs -> Json.parse(json).getAsJsonObject().asMap().forEach((key, value) -> {
                    inputs.remove(key);
                    if (!value.equals(GONE)) {
                        inputs.add(key, value);
                    }
                }));
        var found = departures(document, stacks.prod());
        assertThat(found).hasSize(same ? 0 : 1);
    }

    @Test
    void anotherProjectsAgentIsSeenByItsNumber(PreviewedStacks stacks) throws IOException {
        var document = document(stacks.prod());
        document.remove("fleet");
        Map.of("keys-images-use", 1, "keys-cluster-use", 1, "keys-secrets-use", 666)
                .forEach((grant, number) -> inputs(document, grant)
                        .addProperty(
                                "member", "serviceAccount:service-" + number + "@gcp-sa-it.iam.gserviceaccount.com"));
        assertThat(departures(document, stacks.prod())).hasSize(1);
    }

    /** What is there keeps the input that it has; what is made gets that of the plan. */
    @ParameterizedTest
    @CsvSource({"same, true", "update, true", "create, false", "replace, false", "import, false"})
    void anIgnoredInputOnlyStaysOnWhatIsThere(String operation, boolean same, PreviewedStacks stacks)
            throws IOException {
        var document = document(stacks.prod());
        document.remove("fleet");
        var urn = urn(document, "pool-big-nodes");
        inputs(document, "pool-big-nodes").addProperty("initialNodeCount", 900);
        document.getAsJsonArray("steps").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(step -> step.get("urn").getAsString().equals(urn))
                .forEach(step -> step.addProperty("op", operation));
        document.getAsJsonObject("changeSummary").addProperty("create", 1);
        assertThat(departures(document, stacks.prod())).hasSize(same ? 0 : 1);
    }

    @Test
    void anAmountInOtherWordsIsTheSameAmountInPulumisPlanAlone(PreviewedStacks stacks) throws IOException {
        var document = document(stacks.prod());
        var quota = urn(document, "queue-big-namespace-quota");
        states(document)
                .filter(state -> state.get("urn").getAsString().equals(quota))
                .map(state ->
                        state.getAsJsonObject("inputs").getAsJsonObject("spec").getAsJsonObject("hard"))
                .forEach(hard -> hard.addProperty("pods", hard.get("pods").getAsString() + "000m"));
        assertThat(departures(document, stacks.prod())).hasSize(1);
        document.remove("fleet");
        assertThat(departures(document, stacks.prod())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", "full", "local"})
    void eachResourceThatIsMissingOrMoreIsSeen(String stack, PreviewedStacks stacks) {
        var made = StackPlan.of(stacks.byStack().get(stack)).resources();
        for (int first = 0; first < 2; first++) {
            var some = new ArrayList<Registration>();
            var others = new ArrayList<Registration>();
            for (int i = 0; i < made.size(); i++) {
                (i % 2 == first ? some : others).add(made.get(i));
            }
            var urns = others.stream().map(Registration::urn).toList();
            assertThat(flaws(some, made))
                    .allMatch(flaw -> flaw.detail().equals("is not in the plan, and the program makes it of the file"))
                    .extracting(Flaw::urn)
                    .containsExactlyElementsOf(urns);
            assertThat(flaws(made, some))
                    .allMatch(flaw ->
                            flaw.detail().equals("is in the plan, and the program does not make it of the file"))
                    .extracting(Flaw::urn)
                    .containsExactlyElementsOf(urns);
        }
    }

    /** Each is set on each resource in turn, as a plan states it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type | \"gcp:storage/bucket:Bucke\"",
                "custom | true",
                "parent | \"urn:pulumi:prod::buildkite-fleet::a:b:C::d\"",
                "provider | \"urn:pulumi:prod::buildkite-fleet::pulumi:providers:gcp::other::1\"",
                "protect | true",
                "retainOnDelete | true",
                "deletedWith | \"urn:pulumi:prod::buildkite-fleet::a:b:C::d\"",
                "ignoreChanges | [\"spec\"]",
                "replaceOnChanges | [\"spec\"]",
                "additionalSecretOutputs | [\"spec\"]",
                "customTimeouts | {\"create\": 7}",
                "importID | \"projects/other\"",
                "dependencies | [\"urn:pulumi:prod::buildkite-fleet::a:b:C::d\"]",
                "propertyDependencies | {\"spec\": [\"urn:pulumi:prod::buildkite-fleet::a:b:C::d\"]}"
            })
    void eachOptionIsSeen(String option, String json, PreviewedStacks stacks) throws IOException {
        var document = document(stacks.prod());
        var value = JsonParser.parseString(json);
        var changed = new TreeSet<String>();
        states(document)
                .filter(state -> !state.has(option) || !state.get(option).equals(value))
                .forEach(state -> {
                    state.add(option, value);
                    changed.add(state.get("urn").getAsString());
                });
        var found = departures(document, stacks.prod());
        assertThat(found).extracting(Flaw::urn).containsExactlyInAnyOrderElementsOf(changed);
        assertThat(found).isNotEmpty().allMatch(flaw -> flaw.detail().contains(": " + option + " is "));
    }

    @Test
    void anOptionThatIsTakenAwayIsSeen(PreviewedStacks stacks) throws IOException {
        for (var option :
                List.of("protect", "ignoreChanges", "additionalSecretOutputs", "customTimeouts", "provider")) {
            var document = document(stacks.prod());
            var changed = new TreeSet<String>();
            states(document)
                    .filter(state -> state.remove(option) != null)
                    .forEach(state -> changed.add(state.get("urn").getAsString()));
            assertThat(departures(document, stacks.prod()))
                    .as(option)
                    .extracting(Flaw::urn)
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(changed);
        }
    }

    @Test
    void anotherNameByWhichAResourceMayBeKnownIsSeen(PreviewedStacks stacks) throws IOException {
        var document = document(stacks.prod());
        var bucket = urn(document, "artifacts-bucket");
        document.getAsJsonObject("aliases").add(bucket, JsonParser.parseString("[\"urn:pulumi:a::b::c:d:E::f\"]"));
        assertThat(departures(document, stacks.prod()))
                .extracting(Flaw::detail)
                .singleElement()
                .asString()
                .contains("aliases is urn:pulumi:a::b::c:d:E::f, ");
    }

    @Test
    void manyPlacesAreCountedAndLongValuesShowWhereTheyDiffer(PreviewedStacks stacks) throws IOException {
        var flaws = changed(stacks.prod(), "admission-changes", inputs -> {
            var validation = inputs.getAsJsonObject("spec")
                    .getAsJsonArray("validations")
                    .get(0)
                    .getAsJsonObject();
            var expression = validation.get("expression").getAsString();
            validation.addProperty("expression", expression + " || true");
            inputs.add("more", JsonParser.parseString("1"));
            for (var key : List.of("a", "b", "c", "d", "e")) {
                inputs.addProperty(key, 1);
            }
        });
        assertThat(flaws)
                .extracting(Flaw::detail)
                .singleElement()
                .asString()
                .startsWith("is not what the program makes of the file: a is 1, which the program does not set, ")
                .endsWith(" and 2 other places");
        assertThat(changed(stacks.prod(), "admission-changes", inputs -> inputs.getAsJsonObject("spec")
                        .getAsJsonArray("validations")
                        .get(0)
                        .getAsJsonObject()
                        .addProperty("expression", "true")))
                .extracting(Flaw::detail)
                .singleElement()
                .asString()
                .matches(
                        "is not what the program makes of the file: "
                                + "spec\\.validations\\[0]\\.expression is \"true\", not \"request\\.kind\\.kind == 'Job'.{20,40}…");
    }

    @Test
    void aSecretThatSomebodyPutIntoThePlanIsNotTold(PreviewedStacks stacks) throws IOException {
        var inClear = changed(
                stacks.prod(),
                "queue-big-token",
                inputs -> inputs.add(
                        "stringData", JsonParser.parseString("{\"BUILDKITE_AGENT_TOKEN\": \"sesame-in-clear\"}")));
        var beside = changed(
                stacks.prod(),
                "queue-big-token",
                inputs -> inputs.add(
                        "data", JsonParser.parseString("{\"BUILDKITE_AGENT_TOKEN\": \"c2VzYW1lLWluLWNsZWFy\"}")));
        var literal = changed(stacks.prod(), "queue-big-hooks", inputs -> inputs.getAsJsonObject("data")
                .addProperty("DATABASE_PASSWORD", "sesame-in-clear"));
        for (var flaws : List.of(inClear, beside, literal)) {
            assertThat(flaws)
                    .extracting(Flaw::detail)
                    .singleElement()
                    .asString()
                    .contains(" is another value, ")
                    .doesNotContain("sesame", "c2Vz");
        }
    }

    @Test
    void ofAFileAloneNobodyKnowsWhatTheProgramMakes(PreviewedStacks stacks) throws IOException {
        var read = PlanFile.parse("plan", document(stacks.dev()).toString());
        assertThat(outcome(read)).isInstanceOf(Outcome.NotChecked.class);
        assertThat(outcome(StackPlan.of(stacks.dev()))).isEqualTo(new Outcome.Looked(List.of()));
    }

    private static Outcome outcome(StackPlan plan) {
        return MadeRules.AS_MADE.check().of(new PlannedStack(plan));
    }

    private static List<Flaw> changed(StackPreview preview, String resource, Consumer<JsonObject> change)
            throws IOException {
        var document = document(preview);
        var urn = urn(document, resource);
        states(document)
                .filter(state -> state.get("urn").getAsString().equals(urn))
                .forEach(state -> change.accept(state.getAsJsonObject("inputs")));
        return departures(document, preview);
    }

    private static JsonObject inputs(JsonObject document, String resource) {
        var urn = urn(document, resource);
        return states(document)
                .filter(state -> state.get("urn").getAsString().equals(urn))
                .map(state -> state.getAsJsonObject("inputs"))
                .findFirst()
                .orElseThrow();
    }

    private static String urn(JsonObject document, String resource) {
        return states(document)
                .map(state -> state.get("urn").getAsString())
                .filter(urn -> urn.endsWith("::" + resource))
                .findFirst()
                .orElseThrow();
    }

    private static List<Flaw> departures(JsonObject document, StackPreview preview) {
        var plan = PlanFile.parse("plan", document.toString()).comparedWith("plan", "the file", StackPlan.of(preview));
        return ((Outcome.Looked) outcome(plan)).flaws();
    }

    /** Without the provider that a step says once more: one that is another than its state's is refused. */
    private static JsonObject document(StackPreview preview) throws IOException {
        var text = new StringWriter();
        PlanFile.write(preview, text);
        var document = JsonParser.parseString(text.toString()).getAsJsonObject();
        document.getAsJsonArray("steps").forEach(step -> step.getAsJsonObject().remove("provider"));
        return document;
    }

    private static Stream<JsonObject> states(JsonObject document) {
        return document.getAsJsonArray("steps").asList().stream()
                .map(step -> step.getAsJsonObject().getAsJsonObject("newState"));
    }

    /** With the keys of each object in the other order. */
    private static JsonElement reversed(JsonElement json) {
        if (json instanceof JsonArray list) {
            return reversed(list, false);
        }
        if (!(json instanceof JsonObject object)) {
            return json;
        }
        var copy = new JsonObject();
        var keys = new ArrayList<>(object.keySet());
        for (int i = keys.size() - 1; i >= 0; i--) {
            copy.add(keys.get(i), reversed(object.get(keys.get(i))));
        }
        return copy;
    }

    private static JsonArray reversed(JsonArray list, boolean isSet) {
        var copy = new JsonArray();
        for (int i = 0; i < list.size(); i++) {
            copy.add(reversed(list.get(isSet ? list.size() - 1 - i : i)));
        }
        return copy;
    }

    private static List<Departure> departures(Registration resource, ChangedJson change, InputForm form) {
        return new InputComparison(form).of(change.json().getAsJsonObject(), resource.inputs());
    }

    private static List<Flaw> flaws(List<Registration> planned, List<Registration> made) {
        return new Departures(plan(planned), new Origin.Compared(plan(made), "the file")).flaws();
    }

    private static StackPlan plan(List<Registration> resources) {
        return new StackPlan(
                "prod",
                resources,
                Map.of(),
                Set.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                new Origin.File());
    }
}
