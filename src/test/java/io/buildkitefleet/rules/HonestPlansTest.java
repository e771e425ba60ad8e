package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.add;
import static io.buildkitefleet.rules.Mutation.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.Assessments;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other spellings of what a sound plan says, which no rule may take for a mistake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PreviewedStacks.Extension.class)
class HonestPlansTest {
    private static final String DENY_ALL = "queue-big-namespace-deny-all";
    private static final String CLUSTER = "cluster-gke";
    private static final String HOOKS = "queue-big-hooks";
    private static final String EGRESS = "[{\"to\":[{\"podSelector\":{\"matchLabels\":{\"a\":\"b\"}}}]}]";

    private static final String JOBS =
            "\"principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/agents-ci/attribute.queue/macos\"";

    private static final String ACCOUNT =
            "\"projects/acme-ci-full/serviceAccounts/ci-big@acme-ci-full.iam.gserviceaccount.com\"";

    private static final String RELEASE = "queue-small-release";
    private static final Object[] CONTAINERS = {"values", "config", "pod-spec-patch", "containers"};
    private static final Object[] CLASS = {"values", "config", "resource-classes", "small", "resource"};

    private EditedPlan sound;

    @BeforeAll
    void soundPlan(PreviewedStacks previews) {
        sound = SoundPlan.of(previews.full());
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void anotherSpellingIsNoMistake(Mutation spelling) {
        assertThat(spelling.change()
                        .apply(spelling.ground().apply(sound))
                        .assessed()
                        .open())
                .extracting(Assessments::told)
                .isEmpty();
    }

    static List<Mutation> spellings() {
        return List.of(
                set(
                        "cluster-upgrades",
                        CLUSTER,
                        "[{\"exclusionName\":\"minor\",\"startTime\":\"2027-01-01T00:00:00Z\","
                                + "\"endTime\":\"2027-12-01T00:00:00Z\",\"exclusionOptions\":{\"scope\":\"NO_MINOR_UPGRADES\"}}]",
                        "maintenancePolicy",
                        "maintenanceExclusions"),
                set("cluster-add-ons", CLUSTER, "{\"disabled\":false}", "addonsConfig", "httpLoadBalancing"),
                set("network-own", CLUSTER, "\"projects/acme-ci-full/global/networks/network-vpc-1a2b3c4\"", "network"),
                set(
                        "bucket-key",
                        "artifacts-bucket",
                        "\"projects/acme-ci-full/locations/us/keyRings/r/cryptoKeys/k\"",
                        "encryption",
                        "defaultKmsKeyName"),
                set(
                        "image-keeps",
                        "images-repository",
                        "[{\"id\":\"old\",\"action\":\"DELETE\",\"condition\":{\"tagState\":\"ANY\",\"olderThan\":\"2592000s\"}},"
                                + "{\"id\":\"new\",\"action\":\"KEEP\",\"mostRecentVersions\":{\"keepCount\":10}}]",
                        "cleanupPolicies"),
                set(
                        "reference-present",
                        RELEASE,
                        "[{\"name\":\"container-0\",\"env\":[{\"name\":\"FOO\",\"valueFrom\":{\"configMapKeyRef\":"
                                + "{\"name\":\"gone\",\"key\":\"foo\",\"optional\":true}}}]}]",
                        CONTAINERS),
                set("pod-fits", RELEASE, "[{\"name\":\"container-0\",\"env\":[]}]", CONTAINERS),
                set("pod-fits", RELEASE, "[{\"name\":\"agent\",\"env\":[]}]", CONTAINERS),
                set(
                        "pod-fits",
                        RELEASE,
                        "[{\"name\":\"copy-agent\",\"env\":[]}]",
                        "values",
                        "config",
                        "pod-spec-patch",
                        "initContainers"),
                set("job-resources", RELEASE, "{\"limits\":{\"cpu\":\"200m\",\"memory\":\"256Mi\"}}", CLASS),
                set(
                        "workload-resources",
                        RELEASE,
                        "{\"limits\":{\"cpu\":\"200m\",\"memory\":\"256Mi\"}}",
                        "values",
                        "resources"),
                set(
                        "namespace-quota",
                        "queue-small-namespace-quota",
                        "{\"count/pods\":\"4\",\"cpu\":\"9\",\"memory\":\"9Gi\"}",
                        "spec",
                        "hard"),
                set(
                        "cluster-secrets-encrypted",
                        CLUSTER,
                        "\"ALL_OBJECTS_ENCRYPTION_ENABLED\"",
                        "databaseEncryption",
                        "state"),
                set("cluster-security-posture", CLUSTER, "\"ENTERPRISE\"", "securityPostureConfig", "mode"),
                set(
                        "cluster-image-policy",
                        CLUSTER,
                        "\"POLICY_BINDINGS_AND_PROJECT_SINGLETON_POLICY_ENFORCE\"",
                        "binaryAuthorization",
                        "evaluationMode"),
                add(
                        "iam-custom-roles",
                        "gcp:projects/iAMCustomRole:IAMCustomRole",
                        "{\"roleId\":\"ci\",\"permissions\":[\"storage.objects.create\",\"logging.logEntries.create\"]}"),
                set("iam-impersonation", "mac-identity-jobs", JOBS, "member"),
                set("iam-impersonation", "identity-big-workload", ACCOUNT, "serviceAccountId"),
                set("node-image", "pool-stable-nodes", "\"cos_containerd\"", "nodeConfig", "imageType"),
                service("{\"annotations\":{\"networking.gke.io/load-balancer-type\":\"internal\"}}", "{}"),
                service("{\"annotations\":{\"cloud.google.com/load-balancer-type\":\"Internal\"}}", "{}"),
                service("{}", "{\"loadBalancerClass\":\"networking.gke.io/l4-regional-internal\"}"),
                add(
                        "ingress-certificate",
                        "kubernetes:networking.k8s.io/v1:Ingress",
                        "{\"metadata\":{\"namespace\":\"buildkite-big\",\"annotations\":{\"kubernetes.io/ingress.class\":\"gce-internal\"}}}"),
                add(
                        "namespace-open-policy",
                        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
                        "{\"metadata\":{\"namespace\":\"buildkite-caches\"},\"spec\":{\"podSelector\":{},\"egress\":[{\"to\":"
                                + "[{\"ipBlock\":{\"cidr\":\"10.20.0.0/16\"}},{\"ipBlock\":{\"cidr\":\"192.168.7.0/24\"}}]}]}}"),
                set(
                        "agent-endpoint",
                        "queue-big-release",
                        "\"https://agent-edge.buildkite.com/v3\"",
                        "values",
                        "config",
                        "agent-config",
                        "endpoint"),
                set("namespace-network", DENY_ALL, "{\"matchLabels\":{}}", "spec", "podSelector"),
                set("namespace-network", DENY_ALL, "{\"matchExpressions\":[]}", "spec", "podSelector"),
                set("namespace-network", DENY_ALL, "{\"podSelector\":{},\"egress\":" + EGRESS + "}", "spec"),
                set("secret-literal", HOOKS, "\"my-secret-in-europe-west1\"", "data", "SECRET"),
                set("secret-literal", HOOKS, "\"acme-ci-prod-1-deploy-key\"", "data", "credential"),
                set("secret-literal", HOOKS, "\"see secret: buildkite-agent-token-v2\"", "data", "note"),
                set("secret-marked", "queue-big-token", "{}", "data"),
                set("secret-marked", "login", "{\"user\":\"[secret]\",\"password\":\"[secret]\"}", "stringData")
                        .where(plan -> plan.and(
                                "kubernetes:core/v1:Secret",
                                "login",
                                "{\"metadata\":{\"name\":\"login\",\"namespace\":\"buildkite-big\"}}")),
                set(
                        "provider-google",
                        "google-provider",
                        "\"ci@acme-ci-full.iam.gserviceaccount.com\"",
                        "impersonateServiceAccount"),
                set("provider-google", "google-provider", "\"us-west1\"", "region"),
                set("key-destruction", "keys-cluster", "\"5184000s\"", "destroyScheduledDuration"),
                set(
                        "key-ring",
                        "keys-cluster",
                        "\"projects/acme-ci-full/locations/us-west1/keyRings/keys-ring-1a2b3c4\"",
                        "keyRing"),
                set("key-ring", "artifacts-bucket", "\"EU\"", "location")
                        .where(plan -> plan.with("keys-ring-us", "\"europe\"", "location")),
                set("image-origin", "images-repository", "\"STANDARD_REPOSITORY\"", "mode"),
                set("identity-enabled", "identity-big-account", "false", "disabled"),
                set("namespace-network", DENY_ALL, "[\"Egress\"]", "spec", "policyTypes")
                        .where(plan -> plan.and(
                                "kubernetes:networking.k8s.io/v1:NetworkPolicy",
                                "deny-ingress",
                                "{\"metadata\":{\"namespace\":\"buildkite-big\"},\"spec\":{\"podSelector\":{}}}")));
    }

    private static Mutation service(String metadata, String spec) {
        return new Mutation("ingress-certificate", "a Service with " + metadata + " and " + spec, plan -> plan.and(
                        "kubernetes:core/v1:Service",
                        "internal",
                        "{\"metadata\":" + metadata + ",\"spec\":" + spec + "}")
                .with("internal", "\"apps\"", "metadata", "namespace")
                .with("internal", "\"LoadBalancer\"", "spec", "type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "certificates.k8s.io/v1:CertificateSigningRequest",
                "certificates.k8s.io/v1alpha1:ClusterTrustBundle",
                "cloud.google.com/v1:ComputeClass",
                "core/v1:Node",
                "core/v1:NamespaceList",
                "flowcontrol.apiserver.k8s.io/v1:FlowSchema",
                "flowcontrol.apiserver.k8s.io/v1:PriorityLevelConfigurationPatch",
                "networking.k8s.io/v1:ServiceCIDR",
                "rbac.authorization.k8s.io/v1:ClusterRolePatch",
                "rbac.authorization.k8s.io/v1:ClusterRoleBindingList",
                "resource.k8s.io/v1:DeviceClass",
                "storage.k8s.io/v1:VolumeAttributesClass"
            })
    void whatCanBeInNoNamespaceHasNone(String kind) {
        assertThat(homeless(kind, "{\"metadata\":{\"name\":\"a\"},\"items\":[{\"metadata\":{\"name\":\"a\"}}]}"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core/v1:ConfigMap",
                "core/v1:ConfigMapPatch",
                "core/v1:ConfigMapList",
                "apps/v1:ControllerRevision",
                "rbac.authorization.k8s.io/v1:RolePatch",
                "helm.sh/v3:Release"
            })
    void whatCanBeInANamespaceHasOneOfItsOwn(String kind) {
        assertThat(homeless(kind, "{\"metadata\":{\"name\":\"a\"},\"items\":[{\"metadata\":{\"name\":\"a\"}}]}"))
                .isNotEmpty();
    }

    @Test
    void ofAKindOfOthersTheDefaultNamespaceIsSeenWhereItIsNamed() {
        assertThat(homeless("example.com/v1:Crawler", "{\"metadata\":{\"namespace\":\"default\"}}"))
                .isNotEmpty();
    }

    private List<String> homeless(String kind, String json) {
        return sound.and("kubernetes:" + kind, "mistake", json).assessed().open().stream()
                .filter(finding -> finding.rule().id().equals("namespace-own"))
                .map(Assessments::told)
                .toList();
    }
}
