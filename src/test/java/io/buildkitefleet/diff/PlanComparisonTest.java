package io.buildkitefleet.diff;

import static io.buildkitefleet.diff.PlanText.urn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonObject;
import io.buildkitefleet.diff.ResourceChange.Operation;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.report.text.DiffText;
import io.buildkitefleet.resources.Effect;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class PlanComparisonTest {
    private static final String BUCKET = "gcp:storage/bucket:Bucket";
    private static final String POOL = "gcp:container/nodePool:NodePool";
    private static final String CLUSTER = "gcp:container/cluster:Cluster";
    private static final String RELEASE = "kubernetes:helm.sh/v3:Release";
    private static final String MEMBER = "gcp:storage/bucketIAMMember:BucketIAMMember";

    @Test
    void samePlansHaveNoChanges() {
        var plan = new PlanText().with(BUCKET, "artifacts", "inputs: {location: US}");

        assertThat(diff(plan, plan).isEmpty()).isTrue();
    }

    @Test
    void whatIsOnlyAfterIsCreatedAndWhatIsOnlyBeforeIsDeleted() {
        var before = new PlanText().with(MEMBER, "old", "inputs: {role: a}");
        var after = new PlanText().with(MEMBER, "new", "inputs: {role: a}");

        assertThat(diff(before, after).of(Operation.DELETE))
                .extracting(ResourceChange::name)
                .containsExactly("old");
        assertThat(diff(before, after).of(Operation.CREATE))
                .extracting(ResourceChange::name)
                .containsExactly("new");
    }

    @Test
    void anUpdateNamesWhatChanged() {
        var change = change(BUCKET, "{labels: {a: x, b: y}}", "{labels: {a: z, b: y}}");

        assertThat(change.operation()).isEqualTo(Operation.UPDATE);
        assertThat(change.isDangerous()).isFalse();
        assertThat(change.properties())
                .containsExactly(new PropertyChange("labels.a", "\"x\"", "\"z\"", Effect.UPDATE));
    }

    @Test
    void aReplacementNamesWhatForcesItAndWhatIsLost() {
        var change = change(
                POOL,
                "{autoscaling: {totalMaxNodeCount: 1}, nodeConfig: {preemptible: false}}",
                "{autoscaling: {totalMaxNodeCount: 2}, nodeConfig: {preemptible: true}}");

        assertThat(change.operation()).isEqualTo(Operation.REPLACE);
        assertThat(change.danger()).isEqualTo("the jobs on its nodes are stopped");
        assertThat(change.properties())
                .extracting(PropertyChange::path, PropertyChange::effect)
                .containsExactly(
                        tuple("autoscaling.totalMaxNodeCount", Effect.UPDATE),
                        tuple("nodeConfig.preemptible", Effect.REPLACE));
    }

    @Test
    void anotherMachineTypeOrDiskIsNoDanger() {
        var change = change(
                POOL,
                "{nodeConfig: {machineType: a, diskSizeGb: 100, gcfsConfig: {enabled: false}, taints: [{key: a}]}}",
                "{nodeConfig: {machineType: b, diskSizeGb: 200, gcfsConfig: {enabled: true}, taints: []}}");

        assertThat(change.operation()).isEqualTo(Operation.UPDATE);
        assertThat(change.isDangerous()).isFalse();
    }

    @Test
    void whatComesAsAWholeReplacesIfItSetsWhatDoes() {
        assertThat(change(POOL, "{}", "{networkConfig: {createPodRange: true}}").operation())
                .isEqualTo(Operation.REPLACE);
        assertThat(change(POOL, "{}", "{networkConfig: {enablePrivateNodes: true}}")
                        .operation())
                .isEqualTo(Operation.UPDATE);
    }

    @Test
    void aBlockThatIsNotKnownYetMayReplace() {
        assertThat(change(
                                POOL,
                                "{networkConfig: {enablePrivateNodes: true}}",
                                "{networkConfig: " + PropertyValues.UNKNOWN + "}")
                        .operation())
                .isEqualTo(Operation.MAY_REPLACE);
    }

    @Test
    void whatNobodyKnowsMayBeReplaced() {
        assertThat(change("gcp:sql/instance:Instance", "{tier: a}", "{tier: b}").operation())
                .isEqualTo(Operation.MAY_REPLACE);
    }

    @Test
    void theProgramsOwnWordOutweighsTheTable() {
        var before = new PlanText().with(BUCKET, "artifacts", "inputs: {labels: {a: x}}, replaceOnChanges: [labels]");
        var after = new PlanText().with(BUCKET, "artifacts", "inputs: {labels: {a: y}}, replaceOnChanges: [labels]");

        assertThat(diff(before, after).of(Operation.REPLACE)).hasSize(1);
    }

    @Test
    void deletingWhatIsProtectedIsADanger() {
        var before = new PlanText().with(BUCKET, "artifacts", "inputs: {}, protect: true");

        assertThat(diff(before, new PlanText()).dangers())
                .singleElement()
                .extracting(ResourceChange::danger)
                .isEqualTo("it is protected, so Pulumi refuses; its artifacts are deleted");
    }

    @Test
    void whatIsOnlyForgottenIsNoDanger() {
        var before = new PlanText().with(BUCKET, "artifacts", "inputs: {}, retainOnDelete: true");

        assertThat(diff(before, new PlanText()).of(Operation.DELETE)).hasSize(1);
        assertThat(diff(before, new PlanText()).dangers()).isEmpty();
    }

    @Test
    void aRenameByAliasIsNoDeletion() {
        var before = new PlanText().with(BUCKET, "old", "inputs: {location: US}");
        var after = new PlanText()
                .with(BUCKET, "new", "inputs: {location: US}")
                .with("aliases", "{\"" + urn(BUCKET, "new") + "\": [\"" + urn(BUCKET, "old") + "\"]}");

        assertThat(diff(before, after).isEmpty()).isTrue();
    }

    @Test
    void aRenamedResourceIsStillCompared() {
        var before = new PlanText().with(BUCKET, "old", "inputs: {location: US}");
        var after =
                new PlanText().with(BUCKET, "new", "inputs: {location: EU}, aliases: [\"" + urn(BUCKET, "old") + "\"]");

        assertThat(diff(before, after).changes()).singleElement().satisfies(change -> {
            assertThat(change.operation()).isEqualTo(Operation.REPLACE);
            assertThat(change.formerName()).isEqualTo("old");
        });
    }

    @Test
    void whatIsKnownOnlyLaterEqualsItself() {
        var unknown = "{bucket: " + PropertyValues.UNKNOWN + "}";

        assertThat(diff(MEMBER, unknown, unknown).isEmpty()).isTrue();
        assertThat(change(MEMBER, "{bucket: b}", unknown).properties())
                .containsExactly(new PropertyChange("bucket", "\"b\"", "(known after up)", Effect.REPLACE));
    }

    @Test
    void aSecretIsNeverShown() {
        var change = change("kubernetes:core/v1:Secret", "{stringData: {token: plain}}", "{stringData: \"[secret]\"}");

        assertThat(change.properties())
                .containsExactly(new PropertyChange("stringData", "", "(secret, changed)", Effect.UPDATE));
    }

    @Test
    void ignoredChangesAreIgnored() {
        var before = new PlanText().with(POOL, "p", "inputs: {initialNodeCount: 1, nodeConfig: {taints: [{key: a}]}}");
        var after = new PlanText()
                .with(
                        POOL,
                        "p",
                        "inputs: {initialNodeCount: 2, nodeConfig: {taints: [{key: b}]}}, "
                                + "ignoreChanges: [initialNodeCount, \"nodeConfig.taints[*].key\"]");

        assertThat(diff(before, after).isEmpty()).isTrue();
    }

    @Test
    void ofHelmsValuesOnlyWhatChangedIsShown() {
        var change = change(
                RELEASE,
                "{values: {config: {env: [{name: A, value: x}, {name: C, value: x}], queue: big}}}",
                "{values: {config: {env: [{name: A, value: x}, {name: B, value: y}, {name: C, value: x}], queue: big}}}");

        assertThat(change.operation()).isEqualTo(Operation.UPDATE);
        assertThat(change.properties()).extracting(PropertyChange::path).containsExactly("values.config.env[name=B]");
    }

    @Test
    void aRuleOfAPolicyIsFoundByWhatItsMessageBeginsWith() {
        var policy = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";
        var account = "{expression: a, message: \"[account] as job.\"}";
        var volumes = "{expression: v, message: \"[volumes] none.\"}";
        var change = change(
                policy,
                "{spec: {validations: [" + account + ", " + volumes + "]}}",
                "{spec: {validations: [" + account + ", {expression: i, message: \"[images] those.\"}, "
                        + volumes.replace("none", "two") + "]}}");

        assertThat(change.properties())
                .extracting(PropertyChange::path)
                .containsExactly("spec.validations[rule=images]", "spec.validations[rule=volumes].message");
    }

    @Test
    void itemsWithoutMarksOfTheirOwnAreComparedByTheirPlaces() {
        var rule = "{message: \"[account] as job.\"}";

        for (var other : new String[] {"{message: \"a pod has no account.\"}", rule, "account"}) {
            assertThat(change(RELEASE, "{values: [" + rule + "]}", "{values: [" + other + ", " + rule + "]}")
                            .properties())
                    .extracting(PropertyChange::path)
                    .last()
                    .isEqualTo("values[1]");
        }
    }

    /** The pool's cluster is an output of the cluster, which only the cloud knows. */
    @Test
    void whatHangsOnAReplacedResourceMayBeReplacedToo() {
        var pool = ofTheCluster("cluster");
        var before = new PlanText().with(CLUSTER, "gke", "inputs: {network: a}").with(POOL, "p", pool);
        var after = new PlanText().with(CLUSTER, "gke", "inputs: {network: b}").with(POOL, "p", pool);

        assertThat(diff(before, after).of(Operation.MAY_REPLACE))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.name()).isEqualTo("p");
                    assertThat(change.properties().get(0).after()).isEqualTo("(of gke, which is made anew)");
                });
    }

    /** GKE answers another address then, which no plan has. */
    @Test
    void whatReadsAnOutputThatAnUpdateChangesIsUpdatedToo() {
        var provider = "pulumi:providers:kubernetes";
        var known = ofTheCluster("kubeconfig");
        var pool = ofTheCluster("cluster");
        var before = new PlanText()
                .with(CLUSTER, "gke", "inputs: {privateClusterConfig: {enablePrivateEndpoint: false}}")
                .with(provider, "p", known)
                .with(POOL, "nodes", pool);
        var after = new PlanText()
                .with(CLUSTER, "gke", "inputs: {privateClusterConfig: {enablePrivateEndpoint: true}}")
                .with(provider, "p", known)
                .with(POOL, "nodes", pool);

        assertThat(diff(before, after).changes())
                .extracting(ResourceChange::operation, ResourceChange::name)
                .containsExactlyInAnyOrder(tuple(Operation.UPDATE, "gke"), tuple(Operation.UPDATE, "p"));
        assertThat(text(before, after)).contains("kubeconfig: now (of gke, where enablePrivateEndpoint changes it)");
    }

    @Test
    void anUpdateThatChangesNoOutputHasNoConsequence() {
        var provider = "pulumi:providers:kubernetes";
        var known = ofTheCluster("kubeconfig");
        var before = new PlanText()
                .with(CLUSTER, "gke", "inputs: {resourceLabels: {a: b}}")
                .with(provider, "p", known);
        var after = new PlanText()
                .with(CLUSTER, "gke", "inputs: {resourceLabels: {a: c}}")
                .with(provider, "p", known);

        assertThat(diff(before, after).changes()).hasSize(1);
    }

    /** Another cluster has nothing of what stood in the old one. */
    @Test
    void allThatAReplacedProviderMadeIsReplacedToo() {
        var provider = "pulumi:providers:kubernetes";
        var namespace = "provider: \"" + urn(provider, "p") + "::" + PropertyValues.UNKNOWN + "\", inputs: {}";
        var before = new PlanText()
                .with(provider, "p", "inputs: {clusterIdentifier: a}")
                .with("kubernetes:core/v1:Namespace", "n", namespace);
        var after = new PlanText()
                .with(provider, "p", "inputs: {clusterIdentifier: b}")
                .with("kubernetes:core/v1:Namespace", "n", namespace);

        assertThat(diff(before, after).of(Operation.REPLACE))
                .extracting(ResourceChange::name)
                .containsExactlyInAnyOrder("p", "n");
    }

    @Test
    void whatAPlanOfPulumisOwnDeletesIsNotThere() {
        var gone = new JsonObject();
        gone.addProperty("urn", urn(BUCKET, "gone"));
        gone.addProperty("type", BUCKET);
        gone.addProperty("custom", true);

        assertThat(diff(new PlanText(), new PlanText().step("delete", gone)).isEmpty())
                .isTrue();
        assertThat(diff(new PlanText(), new PlanText().step("same", gone)).changes())
                .hasSize(1);
    }

    @Test
    void queuesAreComparedFieldByField() {
        var before = new PlanText()
                .with(
                        "fleet",
                        "{queues: [{queue: a, trust: trusted, cpu: 1}, {queue: b, trust: trusted, cpu: 1}], quotas: {}}");
        var after = new PlanText()
                .with(
                        "fleet",
                        "{queues: [{queue: a, trust: trusted, cpu: 2}, {queue: c, trust: trusted, cpu: 1}], quotas: {}}");

        assertThat(diff(before, after).queues())
                .extracting(QueueChange::queue, QueueChange::kind)
                .containsExactly(
                        tuple("a", QueueChange.Kind.CHANGED),
                        tuple("b", QueueChange.Kind.GONE),
                        tuple("c", QueueChange.Kind.NEW));
        assertThat(diff(before, after).queues().get(0).fields())
                .extracting(QueueChange.Field::name)
                .containsExactly("cpu");
    }

    @Test
    void aBaseWithoutAnEstimateCostsAnUnknownSum() {
        var cost =
                "{priceDate: \"2026-07-30\", region: us-west1, lowerBound: false, sums: {min: 1, load: 2.5, max: 4}}";
        var after = new PlanText().with("cost", cost);

        assertThat(text(new PlanText(), after)).containsPattern("load +unknown +2.50 +-");
        assertThat(text(new PlanText().with("cost", cost.replace("2.5", "1")), after))
                .containsPattern("load +1.00 +2.50 +\\+1.50");
    }

    /** What has no price may be more than all the rest. */
    @Test
    void ofSumsThatAreLowerBoundsThereIsNoDifference() {
        var cost =
                "{priceDate: \"2026-07-30\", region: us-west1, lowerBound: false, sums: {min: 1, load: 2.5, max: 4}}";
        var whole = new PlanText().with("cost", cost);
        var bound = new PlanText().with("cost", cost.replace("false", "true"));

        assertThat(text(bound, whole))
                .containsPattern("load +at least 2.50 +2.50 +unknown")
                .contains("something had no price before, so that it cost more");
        assertThat(text(whole, bound))
                .containsPattern("load +2.50 +at least 2.50 +unknown")
                .contains("something has no price, so that it costs more");
        assertThat(text(bound, bound)).contains("before and after, so that both cost more");
    }

    @Test
    void aNewStackIsAllNew() {
        var diff = PlanComparison.ofNewStack(
                "main", new PlanText().with(BUCKET, "artifacts", "inputs: {}").plan(), Optional.empty());

        assertThat(diff.of(Operation.CREATE)).hasSize(1);
        assertThat(new DiffText(diff, Ansi.OFF).toString()).contains("no such stack at the base: everything is new");
    }

    /** A resource with one input, an output of the cluster. */
    private static String ofTheCluster(String input) {
        return "inputs: {" + input + ": " + PropertyValues.UNKNOWN + "}, propertyDependencies: {" + input + ": [\""
                + urn(CLUSTER, "gke") + "\"]}";
    }

    private static String text(PlanText before, PlanText after) {
        return new DiffText(diff(before, after), Ansi.OFF).toString();
    }

    private static ResourceChange change(String type, String before, String after) {
        return diff(type, before, after).changes().get(0);
    }

    private static PlanDiff diff(String type, String before, String after) {
        return diff(
                new PlanText().with(type, "it", "inputs: " + before),
                new PlanText().with(type, "it", "inputs: " + after));
    }

    private static PlanDiff diff(PlanText before, PlanText after) {
        return PlanComparison.of("main", before.plan(), after.plan());
    }
}
