package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.add;
import static io.buildkitefleet.rules.Mutation.drop;
import static io.buildkitefleet.rules.Mutation.dropResource;
import static io.buildkitefleet.rules.Mutation.set;

import io.buildkitefleet.resources.GoogleType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Mistakes in what is made inside the cluster. */
final class ClusterMutations {
    private static final String RELEASE = "queue-small-release";
    private static final String UNTRUSTED = "queue-untrusted-release";
    private static final String UPLOAD = "queue-upload-release";
    private static final String DEPLOYMENT = "cache-servers-bazel-deployment";
    private static final String VOLUME = "queue-big-warm-volume";
    private static final String ROLE = "queue-deploy-deploy-apps-role";
    private static final String BINDING = "queue-deploy-deploy-apps-binding";

    private static final String MIRROR = "us-docker.pkg.dev/acme-supplies/mirror/ci";

    private static final String DOCKER =
            "[{\"name\":\"docker\",\"image\":\"us-docker.pkg.dev/acme-supplies/mirror/ci/docker.io/library/docker:28.5.1-dind@sha256:ea9d20492ca1caaaba78e68453433895d256173c79281756e88b745647fcbcfd\","
                    + "\"restartPolicy\":\"Always\",\"resources\":{\"requests\":{\"cpu\":\"1m\",\"memory\":\"1Mi\"}},"
                    + "\"securityContext\":{\"privileged\":true}}]";

    private ClusterMutations() {}

    static Stream<Mutation> all() {
        return Stream.of(
                        rbac(),
                        RightMutations.all(),
                        namespaces(),
                        opened(),
                        PodMutations.all(),
                        workloads(),
                        deployed(),
                        jobs(),
                        mirrored(),
                        secrets(),
                        queues(),
                        admission(),
                        AdmissionMutations.all(),
                        CrossingMutations.all(),
                        ControllerMutations.all(),
                        untrusted(),
                        signing(),
                        missing())
                .flatMap(List::stream);
    }

    private static List<Mutation> rbac() {
        return List.of(
                set("rbac-cluster-admin", BINDING, "\"cluster-admin\"", "roleRef", "name"),
                set("rbac-system-groups", BINDING, "\"system:authenticated\"", "subjects", 0, "name"),
                set("rbac-default-account", BINDING, "\"default\"", "subjects", 0, "name"),
                set(
                        "rbac-wildcards",
                        ROLE,
                        "{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"*\"]}",
                        "rules",
                        0),
                set("rbac-escalation", ROLE, "[\"impersonate\"]", "rules", 0, "verbs"),
                set(
                        "rbac-escalation",
                        ROLE,
                        "{\"apiGroups\":[\"rbac.authorization.k8s.io\"],\"resources\":[\"rolebindings\"],\"verbs\":[\"create\"]}",
                        "rules",
                        0),
                set("rbac-escalation", ROLE, "[\"serviceaccounts/token\"]", "rules", 0, "resources"),
                clusterRole("", "nodes/proxy", "get"),
                clusterRole("admissionregistration.k8s.io", "validatingwebhookconfigurations", "patch"),
                clusterRole("certificates.k8s.io", "certificatesigningrequests/approval", "update"),
                clusterRole("", "persistentvolumes", "create"),
                clusterRole("", "pods", "create"),
                clusterRole("apps", "daemonsets", "create"),
                clusterRole("batch", "cronjobs", "update"),
                clusterRole("", "pods/exec", "create"),
                set("rbac-shells", ROLE, "[\"pods/exec\"]", "rules", 0, "resources"),
                add(
                        "rbac-edit",
                        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
                        "{\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"edit\"},\"subjects\":[]}"),
                add(
                        "rbac-secrets",
                        "kubernetes:rbac.authorization.k8s.io/v1:Role",
                        "{\"metadata\":{\"namespace\":\"buildkite-big\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"secrets\"],\"verbs\":[\"get\"]}]}"),
                role("buildkite-big", "", "pods", "deletecollection"),
                role("buildkite-big", "", "pods/eviction", "create"),
                role("buildkite-big", "gateway.networking.k8s.io", "gateways", "create"),
                role("buildkite-caches", "", "services", "patch"),
                role("kube-system", "", "pods/log", "get"),
                add(
                        "rbac-disturbance",
                        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
                        "{\"rules\":[{\"nonResourceURLs\":[\"/metrics\"],\"verbs\":[\"get\"]}]}"),
                set("rbac-strangers", "queue-small-debug-binding", "\"joe@example.com\"", "subjects", 1, "name"),
                set("rbac-strangers", BINDING, "\"buildkite-nobody\"", "subjects", 0, "namespace"),
                add(
                        "rbac-strangers",
                        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
                        "{\"roleRef\":{\"kind\":\"ClusterRole\",\"name\":\"view\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"joe@example.com\"}]}"),
                add(
                        "rbac-secrets",
                        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
                        "{\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"secrets\"],\"verbs\":[\"get\"]}]}"));
    }

    /** One in a namespace that is not for jobs to deploy into. */
    private static Mutation role(String namespace, String group, String resource, String verb) {
        return add(
                "rbac-disturbance",
                "kubernetes:rbac.authorization.k8s.io/v1:Role",
                "{\"metadata\":{\"namespace\":\"" + namespace + "\"},\"rules\":[{\"apiGroups\":[\"" + group
                        + "\"],\"resources\":[\"" + resource + "\"],\"verbs\":[\"" + verb + "\"]}]}");
    }

    /** One that leads to more rights. */
    private static Mutation clusterRole(String group, String resource, String verb) {
        return add(
                "rbac-escalation",
                "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
                "{\"rules\":[{\"apiGroups\":[\"" + group + "\"],\"resources\":[\"" + resource + "\"],\"verbs\":[\""
                        + verb + "\"]}]}");
    }

    /** One that opens, beside those that close. */
    private static Mutation policy(String spec) {
        return add(
                "namespace-open-policy",
                "kubernetes:networking.k8s.io/v1:NetworkPolicy",
                "{\"metadata\":{\"namespace\":\"buildkite-big\"},\"spec\":{\"podSelector\":{\"matchLabels\":{\"a\":\"b\"}},"
                        + spec + "}}");
    }

    private static List<Mutation> workloads() {
        return List.of(
                set("workload-replicas", DEPLOYMENT, "0", "spec", "replicas"),
                set("image-program", DEPLOYMENT, "[\"--http_address=:8080\"]", steps("args")),
                set("image-program", DEPLOYMENT, "[\"--gcs_proxy.bucket=other\"]", steps("args")),
                set("image-program", DEPLOYMENT, "[{\"name\":\"HTTPS_PROXY\",\"value\":\"http://a\"}]", steps("env")),
                set("queue-variables", "queue-small-environment", "\"https://proxy.example.com\"", "data", "GOPROXY"),
                set("scripts-whole", "queue-big-mirror-scripts", "\"#!/bin/sh\\n\"", "data", "populate")
                        .seenBy("git-host-keys"),
                set(
                        "scripts-whole",
                        "queue-big-mirror-scripts",
                        "\"evil.example ssh-ed25519 A\\n\"",
                        "data",
                        "known_hosts"),
                set("scripts-whole", "mirrors-scripts", "\"#!/bin/sh\\n\"", "data", "refresh"),
                set("scripts-whole", "mirrors-scripts", "\"#!/bin/sh\\n\"", "data", "more"),
                set("scripts-whole", "queue-big-registry-login", "\"#!/bin/sh\\n\"", "data", "docker-credential-fleet"),
                set("queue-hooks", "queue-small-hooks", "\"\"", "data", "reserved-variables.txt"),
                set("namespace-room", "queue-small-namespace-quota", "\"0\"", "spec", "hard", "pods"),
                add(
                        "namespace-room",
                        "kubernetes:core/v1:LimitRange",
                        "{\"metadata\":{\"namespace\":\"buildkite-small\"},\"spec\":{\"limits\":[{\"type\":\"Container\",\"max\":{\"memory\":\"1Mi\"}}]}}"),
                add(
                        "namespace-system",
                        "kubernetes:core/v1:ConfigMap",
                        "{\"metadata\":{\"name\":\"kube-dns\",\"namespace\":\"kube-system\"},\"data\":{\"upstreamNameservers\":\"[]\"}}"),
                set("agent-token-keys", "queue-small-token", "{\"BUILDKITE_AGENT_ENDPOINT\":\"[secret]\"}", "data"),
                drop("workload-resources", DEPLOYMENT, steps("resources")),
                drop("workload-resources", DEPLOYMENT, steps("resources", "limits", "memory")),
                drop("workload-resources", "queue-big-release", "values", "resources", "requests"),
                set("workload-root", DEPLOYMENT, "false", steps("securityContext", "readOnlyRootFilesystem")),
                drop("workload-probes", DEPLOYMENT, steps("livenessProbe")),
                drop("workload-probes", DEPLOYMENT, steps("readinessProbe")),
                set("workload-account", DEPLOYMENT, "\"default\"", "spec", "template", "spec", "serviceAccountName"),
                set("workload-account", DEPLOYMENT, "true", "spec", "template", "spec", "automountServiceAccountToken"),
                set("workload-selector", DEPLOYMENT, "{\"app\":\"other\"}", "spec", "selector", "matchLabels"),
                set("volume-outside", VOLUME, "{\"server\":\"files.example.com\",\"path\":\"/\"}", "spec", "nfs"),
                set("volume-host-path", VOLUME, "\"/\"", "spec", "hostPath", "path"),
                set("volume-host-path", VOLUME, "\"/var/lib/buildkite-fleet/../kubelet\"", "spec", "hostPath", "path"),
                set("service-internal", "service", "\"NodePort\"", "spec", "type"),
                set("service-internal", "service", "\"ExternalName\"", "spec", "type"),
                set("service-internal", "service", "[\"203.0.113.1\"]", "spec", "externalIPs"),
                add("resource-read", "gcp:compute/instance:Instance", "{\"machineType\":\"e2-small\"}"),
                component("kubernetes:yaml/v2:ConfigGroup", "{\"yaml\":\"kind: ClusterRoleBinding\"}"),
                component("gcp:compute/instance:Instance", "{\"machineType\":\"e2-small\"}"));
    }

    /** Not as a resource of its own: a plugin makes what there is of it. */
    private static Mutation component(String type, String json) {
        return new Mutation("resource-read", "component " + type, plan -> plan.andComponent(type, "strange", json));
    }

    private static List<Mutation> opened() {
        return List.of(
                policy("\"egress\":[{}]"),
                policy("\"ingress\":[{}]"),
                policy("\"ingress\":[{\"from\":[{\"namespaceSelector\":{}}]}]"),
                policy("\"ingress\":[{\"from\":[{\"ipBlock\":{\"cidr\":\"0.0.0.0/1\"}}]}]"),
                policy("\"egress\":[{\"to\":[{\"ipBlock\":{\"cidr\":\"0.0.0.0/0\"}}]}]"),
                policy("\"egress\":[{\"to\":[{\"ipBlock\":{\"cidr\":\"169.254.169.254/32\"}}]}]"));
    }

    /** Below the only container of a server. */
    private static Object[] steps(Object... below) {
        return Stream.concat(Stream.of("spec", "template", "spec", "containers", 0), Stream.of(below))
                .toArray();
    }

    private static List<Mutation> namespaces() {
        var denyAll = "queue-big-namespace-deny-all";
        return List.of(
                dropResource("namespace-quota", "queue-big-namespace-defaults"),
                set("namespace-pod-security", "queue-big-namespace-border", "\"privileged\"", SoundPlan.LEVEL),
                set(
                        "pod-security-version",
                        "queue-big-namespace-border",
                        "\"v1.33\"",
                        "metadata",
                        "labels",
                        "pod-security.kubernetes.io/enforce-version"),
                set(
                        "namespace-pod-security",
                        "queue-big-namespace-border",
                        "\"v2.0\"",
                        "metadata",
                        "labels",
                        "pod-security.kubernetes.io/enforce-version"),
                drop(
                        "namespace-pod-security",
                        "deploy-apps-namespace",
                        "metadata",
                        "labels",
                        "pod-security.kubernetes.io/enforce"),
                dropResource("namespace-network", denyAll),
                set("namespace-network", denyAll, "[\"Ingress\"]", "spec", "policyTypes"),
                set("namespace-network", denyAll, "[\"Egress\"]", "spec", "policyTypes"),
                drop("namespace-network", denyAll, "spec", "policyTypes"),
                set("namespace-network", denyAll, "{\"matchLabels\":{\"a\":\"b\"}}", "spec", "podSelector"),
                dropResource("namespace-quota", "queue-big-namespace-quota"),
                drop("namespace-quota", "queue-big-namespace-quota", "spec", "hard", "pods"),
                set("namespace-own", "queue-big-environment", "\"default\"", "metadata", "namespace")
                        .seenBy("reference-present"),
                set("account-token", "queue-big-account", "true", "automountServiceAccountToken"),
                set("ingress-certificate", "service", "\"LoadBalancer\"", "spec", "type"),
                add(
                        "ingress-certificate",
                        "kubernetes:networking.k8s.io/v1:Ingress",
                        "{\"metadata\":{\"namespace\":\"apps\"}}"),
                dropResource("node-audit-log", "auditd"));
    }

    private static List<Mutation> deployed() {
        return List.of(
                set(
                        "deploy-nodes",
                        "deploy-apps-namespace",
                        "\"system\"",
                        "metadata",
                        "labels",
                        "buildkite-fleet/pool"),
                set(
                        "deploy-nodes",
                        "deploy-apps-namespace",
                        "\"sandbox\"",
                        "metadata",
                        "labels",
                        "buildkite-fleet/pool"),
                drop("deploy-nodes", "deploy-apps-namespace", "metadata", "labels", "buildkite-fleet/pool"),
                dropResource("deploy-quota", "deploy-apps-quota"),
                drop("deploy-quota", "deploy-previews-quota", "spec", "hard", "requests.storage"),
                dropResource("deploy-quota", "deploy-previews-defaults"),
                set("deploy-network", "deploy-apps-network", "[\"Ingress\"]", "spec", "policyTypes"),
                set("deploy-network", "deploy-apps-network", "[{}]", "spec", "egress"),
                add(
                        "deploy-network",
                        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
                        "{\"metadata\":{\"name\":\"out\",\"namespace\":\"previews\"},\"spec\":{\"podSelector\":"
                                + "{\"matchLabels\":{\"a\":\"b\"}},\"egress\":[{\"to\":[{\"ipBlock\":"
                                + "{\"cidr\":\"10.0.0.0/8\"}}]}]}}"));
    }

    private static List<Mutation> jobs() {
        return List.of(
                set(
                        "image-pinned",
                        RELEASE,
                        "\"" + MIRROR + "/ghcr.io/buildkite/agent:latest\"",
                        "values",
                        "config",
                        "image"),
                set(
                        "image-own-digest",
                        RELEASE,
                        "\"us-west1-docker.pkg.dev/acme-ci-full/ci-images/agent:3.104.0\"",
                        "values",
                        "config",
                        "image"),
                set(
                        "image-pinned",
                        "queue-big-release",
                        "\"" + MIRROR + "/docker.io/library/docker\"",
                        "values",
                        "config",
                        "pod-spec-patch",
                        "initContainers",
                        0,
                        "image"),
                drop("git-host-keys", "queue-small-hooks", "data", "known_hosts")
                        .where(ClusterMutations::ofUnknownFleet),
                set("git-host-keys", "queue-small-hooks", "\"\"", "data", "environment")
                        .where(ClusterMutations::ofUnknownFleet),
                set(
                                "git-host-keys",
                                "queue-small-mirror-scripts",
                                "\"ssh -o StrictHostKeyChecking=accept-new\"",
                                "data",
                                "populate")
                        .seenBy("scripts-whole"),
                drop("chart-pinned", RELEASE, "version").seenBy("controller-release"),
                set("chart-pinned", RELEASE, "\"~0.47\"", "version").seenBy("controller-release"),
                set("chart-alone", RELEASE, "\"/bin/sh\"", "postrender").seenBy("controller-release"),
                set("chart-alone", RELEASE, "{\"repo\": \"https://charts.example.com\"}", "repositoryOpts")
                        .seenBy("controller-release"),
                set("chart-alone", RELEASE, "true", "reuseValues").seenBy("controller-release"),
                drop("job-account", RELEASE, "values", "config", "pod-spec-patch", "serviceAccountName"),
                drop("job-seccomp", RELEASE, "values", "config", "pod-spec-patch", "securityContext"),
                drop("job-resources", RELEASE, "values", "config", "resource-classes", "small", "resource", "limits"),
                set("job-grace", RELEASE, "60", "values", "config", "default-termination-grace-period-seconds"),
                set(
                                "secrets-as-files",
                                RELEASE,
                                "[{\"secretRef\":{\"name\":\"x\"}}]",
                                "values",
                                "config",
                                "default-command-params",
                                "envFrom")
                        .seenBy("reference-present"));
    }

    private static List<Mutation> mirrored() {
        return List.of(
                set("image-mirror", RELEASE, "\"ghcr.io/buildkite/agent:3.136.2\"", "values", "config", "image"),
                drop("image-mirror", RELEASE, "values", "config", "image"),
                drop("image-mirror", RELEASE, "values", "image"),
                set("image-mirror", RELEASE, "\"oci://ghcr.io/buildkite/helm/agent-stack-k8s\"", "chart"),
                set(
                        "image-mirror",
                        "cache-servers-go-deployment",
                        "\"gomods/athens:v0.18.0\"",
                        "spec",
                        "template",
                        "spec",
                        "containers",
                        0,
                        "image"));
    }

    private static List<Mutation> secrets() {
        return List.of(
                set(
                                "secret-literal",
                                RELEASE,
                                "{\"AWS_SECRET_ACCESS_KEY\":\"wJalrXUtnFEMIK7MDENGbPxRfiCYzz1234567890\"}",
                                "values",
                                "labels")
                        .seenBy("queue-labels"),
                set("secret-literal", "queue-big-environment", "\"ghp_" + "a1".repeat(18) + "\"", "data", "ANY")
                        .seenBy("queue-variables"),
                set("secret-literal", "queue-big-environment", "\"-----BEGIN RSA PRIVATE KEY-----\"", "data", "ANY")
                        .seenBy("queue-variables"),
                set("secret-places", "queue-big-environment", "\"[secret]\"", "data", "TOKEN")
                        .seenBy("queue-variables"),
                set("secret-marked", "queue-big-token", "{\"BUILDKITE_AGENT_TOKEN\":\"bkct-in-clear\"}", "stringData"),
                new Mutation("secret-store", "nothing in Secret Manager", ClusterMutations::withoutSecretManager));
    }

    private static EditedPlan withoutSecretManager(EditedPlan plan) {
        return new EditedPlan(
                plan.resources().stream()
                        .filter(resource -> !resource.type().equals(GoogleType.SECRET.token()))
                        .toList(),
                plan.fleet());
    }

    private static List<Mutation> queues() {
        return List.of(
                new Mutation("queue-one-release", "two releases watch one queue", plan -> plan.with(
                                        RELEASE, "\"big\"", "values", "config", "queue")
                                .with(RELEASE, "[\"queue=big\"]", "values", "config", "tags"))
                        .seenBy("queue-labels"),
                set("queue-tag", RELEASE, "[\"queue=big\"]", "values", "config", "tags"),
                new Mutation(
                        "controller-node",
                        "spot nodes for controllers",
                        plan -> plan.with("pool-system-nodes", "true", "nodeConfig", "spot")),
                set(
                                "docker-own-nodes",
                                "queue-big-release",
                                "true",
                                "values",
                                "config",
                                "pod-spec-patch",
                                "initContainers",
                                0,
                                "securityContext",
                                "privileged")
                        .where(plan -> plan.with("queue-big-namespace-border", "\"privileged\"", SoundPlan.LEVEL)),
                set(
                        "pod-fits",
                        "queue-deploy-release",
                        "\"8000m\"",
                        "values",
                        "config",
                        "resource-classes",
                        "deploy",
                        "resource",
                        "requests",
                        "cpu"),
                set("jobs-fit", RELEASE, "100000", "values", "config", "max-in-flight"),
                new Mutation(
                        "quota-stated",
                        "a pool that outgrows its quota",
                        plan -> plan.with("pool-gpu-nodes", "900", "autoscaling", "totalMaxNodeCount")));
    }

    private static List<Mutation> admission() {
        return List.of(
                drop("queue-admission", "queue-small-namespace-border", "metadata", "labels", "buildkite-fleet/queue"),
                add(
                        "admission-mutation",
                        "kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration",
                        "{\"webhooks\":[]}"),
                dropResource("queue-parameters", "queue-small-admission"),
                set("queue-parameters", "queue-small-admission", "\"system\"", "data", "pool"),
                set("queue-parameters", "queue-small-admission", "\"allowed\"", "data", "podSpecs"),
                set("queue-parameters", "queue-small-admission", "\"864000\"", "data", "deadlineSeconds"),
                set("queue-variables", "queue-big-environment", "\"1\"", "data", "GIT_SSL_NO_VERIFY"),
                set(
                        "image-chosen",
                        RELEASE,
                        "\"" + MIRROR + "/evil.example/agent:1.0.0\"",
                        "values",
                        "config",
                        "image"),
                set(
                        "image-program",
                        "queue-big-release",
                        "[\"dockerd\",\"--host=tcp://0.0.0.0:2375\"]",
                        "values",
                        "config",
                        "pod-spec-patch",
                        "initContainers",
                        0,
                        "args"),
                set("pod-placement", RELEASE, "\"node-1\"", "values", "config", "pod-spec-patch", "nodeName"),
                set("jobs-fit", RELEASE, "0", "values", "config", "max-in-flight"),
                drop("jobs-fit", RELEASE, "values", "config", "max-in-flight"),
                set("quota-stated", "pool-system-nodes", "\"many\"", "autoscaling", "totalMaxNodeCount"),
                add(
                        "account-token-secret",
                        "kubernetes:core/v1:Secret",
                        "{\"metadata\":{\"name\":\"job-token\",\"namespace\":\"buildkite-deploy\"},"
                                + "\"type\":\"kubernetes.io/service-account-token\"}"),
                dropResource("queue-hooks", "queue-big-hooks").seenBy("reference-present"),
                drop("queue-hooks", "queue-big-hooks", "data", "pre-exit"),
                set("queue-hooks", "queue-big-hooks", "\"\"", "data", "safe-builds"),
                set("queue-hooks", "queue-big-hooks", "\"#!/bin/sh\"", "data", "post-command"),
                set(
                        "agent-endpoint",
                        RELEASE,
                        "\"https://buildkite.com.example.org/v3\"",
                        "values",
                        "config",
                        "agent-config",
                        "endpoint"),
                set("agent-endpoint", RELEASE, "\"http://agent.buildkite.com/v3\"", "values", "config", "endpoint"),
                set("agent-hooks", UNTRUSTED, "\"/workspace/hooks\"", "values", "config", "agent-config", "hooks-path"),
                drop("agent-hooks", UNTRUSTED, "values", "config", "agent-config"),
                set(
                        "agent-token-place",
                        RELEASE,
                        "true",
                        "values",
                        "config",
                        "pod-spec-patch",
                        "shareProcessNamespace"),
                set(
                        "agent-token-place",
                        UNTRUSTED,
                        "[{\"name\":\"t\",\"secret\":{\"secretName\":\"agent-token\"}}]",
                        "values",
                        "config",
                        "pod-spec-patch",
                        "volumes"));
    }

    private static List<Mutation> untrusted() {
        return List.of(
                new Mutation("untrusted-pool", "a trusted queue on nodes of strangers", plan -> plan.with(
                                RELEASE,
                                "\"sandbox\"",
                                "values",
                                "config",
                                "pod-spec-patch",
                                "nodeSelector",
                                "buildkite-fleet/pool")
                        .with("queue-small-admission", "\"sandbox\"", "data", "pool")),
                drop("untrusted-sandbox", UNTRUSTED, "values", "config", "pod-spec-patch", "runtimeClassName"),
                drop("untrusted-sandbox", "pool-sandbox-nodes", "nodeConfig", "sandboxConfig"),
                set(
                        "untrusted-identity",
                        "queue-untrusted-account",
                        "\"a@example.com\"",
                        "metadata",
                        "annotations",
                        "iam.gke.io/gcp-service-account"),
                set(
                                "untrusted-identity",
                                "identity-big-workload",
                                "\"serviceAccount:acme-ci-full.svc.id.goog[buildkite-untrusted/job]\"",
                                "member")
                        .where(plan -> plan.with(
                                "queue-untrusted-account",
                                "\"ci-big@acme-ci-full.iam.gserviceaccount.com\"",
                                "metadata",
                                "annotations",
                                "iam.gke.io/gcp-service-account")),
                add(
                        "untrusted-secrets",
                        "kubernetes:core/v1:Secret",
                        "{\"metadata\":{\"name\":\"npm\",\"namespace\":\"buildkite-untrusted\"}}"),
                set("untrusted-docker", "queue-untrusted-namespace-border", "\"privileged\"", SoundPlan.LEVEL),
                set("untrusted-docker", "queue-untrusted-namespace-border", "\"Baseline\"", SoundPlan.LEVEL),
                new Mutation("trusted-pod-spec", "a queue that takes pod specs", plan -> plan.with(
                                "queue-big-release", "false", "values", "config", "prohibit-kubernetes-plugin")
                        .with("queue-big-admission", "\"allowed\"", "data", "podSpecs")),
                set(
                                "deploy-branches",
                                "queue-deploy-hooks",
                                "\"repository github.com/acme/app\\n\"",
                                "data",
                                "safe-builds")
                        .where(ClusterMutations::ofUnknownFleet),
                set(
                                "deploy-branches",
                                "queue-deploy-hooks",
                                "\"only-branch main\\nonly-branch *\\n\"",
                                "data",
                                "safe-builds")
                        .where(ClusterMutations::ofUnknownFleet),
                dropResource("deploy-branches", "queue-deploy-hooks")
                        .seenBy("reference-present")
                        .where(ClusterMutations::ofUnknownFleet),
                new Mutation("untrusted-pod-spec", "an untrusted queue that takes pod specs", plan -> plan.with(
                                UNTRUSTED, "false", "values", "config", "prohibit-kubernetes-plugin")
                        .with("queue-untrusted-admission", "\"allowed\"", "data", "podSpecs")),
                set(
                        "untrusted-node-account",
                        "pool-sandbox-nodes",
                        "\"ci-node@acme-ci-full.iam.gserviceaccount.com\"",
                        "nodeConfig",
                        "serviceAccount"),
                add(
                        "untrusted-node-account",
                        "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
                        "{\"role\":\"roles/artifactregistry.reader\","
                                + "\"member\":\"serviceAccount:ci-anon@acme-ci-full.iam.gserviceaccount.com\"}"),
                set("untrusted-node-account", "registry-mirror-untrusted-nodes", "\"another\"", "repository"),
                drop(
                        "untrusted-network",
                        "queue-untrusted-namespace-jobs",
                        "spec",
                        "egress",
                        1,
                        "to",
                        0,
                        "ipBlock",
                        "except"),
                set("untrusted-network", "queue-untrusted-namespace-deny-all", "[\"Ingress\"]", "spec", "policyTypes"),
                set("untrusted-network", "queue-untrusted-namespace-jobs", "{}", "spec", "egress", 1));
    }

    private static List<Mutation> missing() {
        return List.of(
                dropResource("fleet-whole", "cluster-gke").seenBy("queue-network"),
                dropResource("fleet-whole", "queue-untrusted-release"),
                dropResource("fleet-whole", "queue-big-release"),
                dropResource("fleet-whole", "queue-big-token").seenBy("reference-present"),
                dropResource("fleet-whole", "secrets-ci-agent-token"),
                new Mutation("fleet-whole", "a queue that watches another name", plan -> plan.with(
                                        UNTRUSTED, "\"anybody\"", "values", "config", "queue")
                                .with(UNTRUSTED, "[\"queue=anybody\"]", "values", "config", "tags"))
                        .seenBy("queue-labels"));
    }

    private static List<Mutation> signing() {
        var secret = "[{\"name\":\"k\",\"secret\":{\"secretName\":\"signing-key\"}}]";
        return List.of(
                set("signing-key", "queue-upload-signing-key", "\"buildkite-small\"", "metadata", "namespace")
                        .seenBy("reference-present"),
                add(
                        "signing-key",
                        "kubernetes:core/v1:Secret",
                        "{\"metadata\":{\"name\":\"signing-key\",\"namespace\":\"buildkite-big\"}}"),
                set("signing-key", RELEASE, "{\"name\":\"k\"}", "values", "config", "agent-config", "signingJWKSVolume")
                        .seenBy("queue-parameters", "queue-hooks"),
                drop("signing-key", UPLOAD, "values", "config", "agent-config", "no-plugins"),
                set("signing-key", UPLOAD, "false", "values", "config", "agent-config", "no-local-hooks"),
                drop("signing-key", UPLOAD, "values", "config", "agent-config", "hooksVolume")
                        .where(ClusterMutations::ofUnknownFleet),
                set("signing-key", UPLOAD, secret, "values", "config", "pod-spec-patch", "volumes"),
                set("signing-key", UPLOAD, DOCKER, "values", "config", "pod-spec-patch", "initContainers")
                        .where(plan -> plan.with("queue-upload-namespace-border", "\"privileged\"", SoundPlan.LEVEL)
                                .withFleet(Optional.empty())),
                set(
                        "signing-key",
                        "queue-big-verification-keys",
                        "\"{\\\"keys\\\":[{\\\"kty\\\":\\\"OKP\\\",\\\"d\\\":\\\"AAAA\\\"}]}\"",
                        "data",
                        "key"),
                set(
                        "signed-steps",
                        "queue-deploy-release",
                        "\"warn\"",
                        "values",
                        "config",
                        "agent-config",
                        "verification-failure-behavior"),
                drop(
                        "signed-steps",
                        "queue-deploy-release",
                        "values",
                        "config",
                        "agent-config",
                        "verificationJWKSVolume"));
    }

    /** A plan of which nobody can say what its hooks are meant to be: rules that need less look at it nevertheless. */
    private static EditedPlan ofUnknownFleet(EditedPlan plan) {
        return plan.withFleet(Optional.empty());
    }
}
