package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.add;
import static io.buildkitefleet.rules.Mutation.dropResource;
import static io.buildkitefleet.rules.Mutation.set;

import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Mistakes that somebody makes who changes the program itself: what it asks, how, and what of it lasts. */
final class ProgramMutations {
    private static final String GOOGLE = "google-provider";
    private static final String KUBERNETES = "kubernetes-provider";
    private static final String CLUSTER = "cluster-gke";
    private static final String BUCKET = "artifacts-bucket";
    private static final String KEY = "keys-cluster";
    private static final String REPOSITORY = "images-repository";
    private static final String ELSEWHERE = "\"acme-else\"";

    private ProgramMutations() {}

    static Stream<Mutation> all() {
        return Stream.of(
                        providers(),
                        projects(),
                        options(),
                        keys(),
                        identities(),
                        buckets(),
                        services(),
                        missing(),
                        networks(),
                        pools(),
                        servers())
                .flatMap(List::stream);
    }

    private static List<Mutation> providers() {
        return List.of(
                set("provider-google", GOOGLE, "\"https://cloudkms.example.com/v1/\"", "kmsCustomEndpoint"),
                set("provider-google", GOOGLE, "\"example.com\"", "universeDomain"),
                set("provider-google", GOOGLE, "\"[secret]\"", "accessToken"),
                set("provider-google", GOOGLE, "\"[secret]\"", "credentials"),
                set("provider-google", GOOGLE, "\"https://example.com\"", "pluginDownloadURL"),
                set("provider-cluster", KUBERNETES, "\"/tmp/objects\"", "renderYamlToDirectory"),
                set("provider-cluster", KUBERNETES, "\"true\"", "deleteUnreachable"),
                set("provider-cluster", KUBERNETES, "\"true\"", "suppressDeprecationWarnings"),
                set("provider-cluster", KUBERNETES, "\"apps\"", "namespace"),
                set("provider-cluster", KUBERNETES, "\"{\\\"pluginsPath\\\": \\\"/tmp\\\"}\"", "helmReleaseSettings"),
                set("provider-cluster", KUBERNETES, "\"false\"", "enableServerSideApply"),
                new Mutation(
                        "provider-cluster",
                        "a kubeconfig of no cluster of the plan",
                        plan -> plan.withoutOrigins(KUBERNETES, "kubeconfig")),
                set("provider-cluster", KUBERNETES, "\"apiVersion: v1\"", "kubeconfig"),
                kubeconfig("clusters: [{cluster: {server: https://203.0.113.66, insecure-skip-tls-verify: true}}]"),
                kubeconfig("clusters: [{cluster: {server: \\\"http://203.0.113.66\\\"}}]"),
                kubeconfig("command: /tmp/evil"),
                kubeconfig("command: gke-gcloud-auth-plugin-evil"),
                kubeconfig("proxy-url: http://203.0.113.66"),
                kubeconfig("client-key: /tmp/key"),
                add("provider-own", "pulumi:providers:gcp", "{}"),
                add("provider-own", "pulumi:providers:kubernetes", "{}").seenBy("provider-cluster"),
                new Mutation("provider-own", "a bucket of no provider", plan -> plan.madeBy(BUCKET, "")),
                new Mutation(
                        "provider-own",
                        "a quota of a provider that the plan does not show",
                        plan -> plan.madeBy(
                                "queue-big-namespace-quota",
                                "urn:pulumi:full::buildkite-fleet::pulumi:providers:kubernetes::default::1")));
    }

    /** One that is secret, as it has to be. */
    private static Mutation kubeconfig(String text) {
        return new Mutation(
                "provider-cluster",
                "a kubeconfig with " + text,
                plan -> plan.with(
                        KUBERNETES,
                        "{\"" + PropertyValues.SIGNATURE + "\":\"1b47061264138c4ac30d75fd1eb44270\",\"value\":\"" + text
                                + "\"}",
                        "kubeconfig"));
    }

    private static List<Mutation> projects() {
        return List.of(
                set("project-own", BUCKET, ELSEWHERE, "project"),
                set("project-own", "secrets-ci-npm-token", ELSEWHERE, "project"),
                set("project-own", "agents-pool", ELSEWHERE, "project"),
                set("project-own", "services-iam", ELSEWHERE, "project"),
                set("project-own", GOOGLE, ELSEWHERE, "project"),
                set("project-own", "deployer-up-role", ELSEWHERE, "project"),
                set("project-own", CLUSTER, ELSEWHERE, "project"));
    }

    private static Mutation option(String what, String resource, UnaryOperator<Registration.Options> change) {
        return new Mutation("resource-options", resource + " " + what, plan -> plan.withOptions(resource, change));
    }

    private static Registration.Options options(
            Registration.Options from, boolean retain, String deletedWith, List<String> ignored) {
        return new Registration.Options(
                from.protect(),
                retain,
                deletedWith,
                ignored,
                from.replaceOnChanges(),
                from.deleteBeforeReplace(),
                from.aliases(),
                from.timeouts(),
                from.additionalSecretOutputs(),
                from.importId());
    }

    private static Mutation ignores(String resource, String input) {
        return option("ignores " + input, resource, from -> options(from, false, "", List.of(input)));
    }

    private static List<Mutation> options() {
        return List.of(
                ignores(CLUSTER, "masterAuthorizedNetworksConfig"),
                ignores("network-deny-ingress", "*"),
                ignores("queue-big-namespace-deny-all", "spec"),
                ignores("queue-big-hooks", "data"),
                ignores("artifacts-big-write", "condition"),
                option("is retained", "deployer-up-cluster", from -> options(from, true, "", List.of())),
                option(
                        "goes with the stack",
                        "secrets-ci-npm-token-big",
                        from -> options(from, false, "urn:pulumi:full::buildkite-fleet::a:b:C::c", List.of())));
    }

    private static List<Mutation> keys() {
        return List.of(
                set(
                        "cluster-own-authority",
                        CLUSTER,
                        "\"projects/a/locations/b/caPools/c\"",
                        "userManagedKeysConfig",
                        "clusterCa"),
                set("cluster-own-authority", CLUSTER, "[\"a\"]", "userManagedKeysConfig", "serviceAccountSigningKeys"),
                set("key-works", KEY, "true", "skipInitialVersionCreation"),
                set("key-works", KEY, "true", "importOnly"),
                set("key-works", KEY, "\"ASYMMETRIC_SIGN\"", "purpose"),
                set("key-works", "variables-big-key", "\"MAC\"", "purpose").seenBy("key-rotation"),
                set("key-works", "variables-big-version-2", "\"DISABLED\"", "state"),
                set("key-destruction", KEY, "\"86400s\"", "destroyScheduledDuration"),
                set("key-ring", KEY, "\"projects/else/locations/us-west1/keyRings/r\"", "keyRing"),
                set("key-ring", "artifacts-bucket", "\"EU\"", "location"),
                set("key-ring", KEY, "{\"protectionLevel\":\"EXTERNAL\"}", "versionTemplate"),
                set("key-ring", KEY, "\"projects/else/locations/us-west1/ekmConnections/a\"", "cryptoKeyBackend"),
                set("node-upgrade", "pool-stable-nodes", "\"1.20\"", "version"),
                set("pool-serves", "pool-stable-nodes", "20", "upgradeSettings", "maxUnavailable"),
                set("key-ring", "keys-ring", "\"europe-west1\"", "location"));
    }

    private static List<Mutation> identities() {
        return List.of(
                set("identity-enabled", "identity-big-account", "true", "disabled"),
                set("identity-enabled", "nodes-identity-account", "true", "disabled"),
                set("identity-enabled", "agents-pool", "true", "disabled"),
                set("identity-enabled", "mac-tokens-provider", "true", "disabled"),
                ends("nodes-streaming-role", "request.time < timestamp('2027-01-01T00:00:00Z')"),
                ends("artifacts-big-read", "false"),
                ends("secrets-ci-npm-token-big", "resource.name == 'gone'"),
                ends("images-big", "request.time < timestamp('2027-01-01T00:00:00Z')"),
                ends("deployer-up-role-use", "request.time < timestamp('2027-01-01T00:00:00Z')"));
    }

    private static Mutation ends(String grant, String condition) {
        return set("grant-lasts", grant, "{\"title\":\"t\",\"expression\":\"" + condition + "\"}", "condition");
    }

    private static List<Mutation> buckets() {
        return List.of(
                set("bucket-unlocked", BUCKET, "{\"isLocked\":true,\"retentionPeriod\":\"86400\"}", "retentionPolicy"),
                set("bucket-unlocked", "caches-bucket", "{\"retentionPeriod\":\"86400\"}", "retentionPolicy"),
                set("bucket-unlocked", BUCKET, "true", "defaultEventBasedHold"),
                set("bucket-unlocked", BUCKET, "true", "requesterPays"),
                set("image-origin", REPOSITORY, "\"REMOTE_REPOSITORY\"", "mode"),
                set("image-origin", REPOSITORY, "\"VIRTUAL_REPOSITORY\"", "mode"),
                set(
                        "image-origin",
                        REPOSITORY,
                        "{\"dockerRepository\":{\"publicRepository\":\"DOCKER_HUB\"}}",
                        "remoteRepositoryConfig"));
    }

    private static List<Mutation> services() {
        return List.of(
                set("service-stays", "services-iam", "true", "disableOnDestroy"),
                set("service-stays", "services-storage", "true", "disableDependentServices"));
    }

    private static Mutation gone(String resource, String... others) {
        return dropResource("fleet-whole", resource).seenBy(others);
    }

    private static List<Mutation> missing() {
        return List.of(
                gone("queue-big-namespace-jobs", "network-mutual", "network-way-out"),
                gone("queue-untrusted-namespace-controller"),
                gone("artifacts-bucket", "queue-variables"),
                gone("caches-bucket", "queue-variables"),
                gone("cache-go-bucket", "image-program"),
                gone("keys-buckets"),
                gone("variables-big-key"),
                gone("keys-ring", "key-ring"),
                gone("identity-big-account", "iam-image-writers", "iam-impersonation", "iam-strangers"),
                gone("identity-big-workload"),
                gone("mac-identity-jobs"),
                gone("artifacts-big-write"),
                gone("secrets-ci-npm-token-big"),
                gone("images-big"),
                gone("deployer-up-cluster"),
                gone("network-router", "network-own"),
                set(
                        "fleet-whole",
                        "artifacts-big-write",
                        "\"serviceAccount:ci-deploy@acme-ci-full.iam.gserviceaccount.com\"",
                        "member"));
    }

    private static List<Mutation> networks() {
        var firewall = "gcp:compute/firewall:Firewall";
        var nat = "network-nat";
        return List.of(
                set("network-private-ranges", "network-subnet", "\"8.16.0.0/20\"", "ipCidrRange"),
                set(
                        "network-private-ranges",
                        "network-subnet",
                        "\"8.4.0.0/14\"",
                        "secondaryIpRanges",
                        0,
                        "ipCidrRange"),
                set(
                                "network-private-ranges",
                                CLUSTER,
                                "\"192.0.2.0/28\"",
                                "privateClusterConfig",
                                "masterIpv4CidrBlock")
                        .seenBy("queue-network"),
                set("network-private-ranges", CLUSTER, "\"8.0.0.0/14\"", "ipAllocationPolicy", "clusterIpv4CidrBlock"),
                add("network-egress", firewall, "{\"direction\":\"EGRESS\",\"denies\":[{\"protocol\":\"all\"}]}"),
                add(
                        "network-egress",
                        firewall,
                        "{\"direction\":\"EGRESS\",\"denies\":[{\"protocol\":\"tcp\",\"ports\":[\"443\"]}],"
                                + "\"destinationRanges\":[\"0.0.0.0/1\",\"128.0.0.0/1\"]}"),
                set("network-egress", "network-vpc", "true", "deleteDefaultRoutesOnCreate"),
                set("node-egress", nat, "\"PRIVATE\"", "type"),
                set("node-egress", nat, "\"LIST_OF_SUBNETWORKS\"", "sourceSubnetworkIpRangesToNat"),
                set("nat-ports", nat, "32", "minPortsPerVm"),
                set("nat-ports", nat, "false", "enableDynamicPortAllocation"),
                wide("13.64.0.0/11"),
                wide("34.64.0.0/10"),
                wide("52.32.0.0/13"));
    }

    private static Mutation wide(String range) {
        return set(
                "cluster-authorized-networks",
                CLUSTER,
                "\"" + range + "\"",
                "masterAuthorizedNetworksConfig",
                "cidrBlocks",
                0,
                "cidrBlock");
    }

    private static List<Mutation> pools() {
        var pool = "pool-stable-nodes";
        var system = "pool-system-nodes";
        var taints = "[{\"key\":\"team\",\"value\":\"a\",\"effect\":\"NO_SCHEDULE\"}]";
        return List.of(
                set("pool-serves", pool, "\"europe-west1\"", "location").seenBy("key-ring"),
                set("pool-serves", pool, "\"other\"", "cluster"),
                set("pool-serves", pool, "[\"europe-west1-b\"]", "nodeLocations"),
                set("pool-serves", pool, "\"3600s\"", "nodeConfig", "maxRunDuration"),
                set("pool-serves", pool, "10", "nodeConfig", "diskSizeGb"),
                new Mutation(
                        "pool-serves",
                        "a taint that nothing tolerates",
                        plan -> plan.withItem(
                                pool,
                                "{\"key\":\"team\",\"value\":\"a\",\"effect\":\"NO_SCHEDULE\"}",
                                "nodeConfig",
                                "taints")),
                set("pool-system", system, taints.replace("team", "nvidia.com/gpu"), "nodeConfig", "taints"),
                set("pool-system", system, "\"e2-micro\"", "nodeConfig", "machineType"));
    }

    private static List<Mutation> servers() {
        var bazel = "cache-servers-bazel-deployment";
        var go = "cache-servers-go-deployment";
        return List.of(
                set("server-own", bazel, "\"go\"", "spec", "template", "spec", "serviceAccountName"),
                set(
                        "server-own",
                        bazel,
                        "\"--gcs_proxy.bucket=acme-ci-full-ci-cache-go\"",
                        "spec",
                        "template",
                        "spec",
                        "containers",
                        0,
                        "args",
                        4),
                set(
                        "probe-command",
                        go,
                        "{\"exec\":{\"command\":[\"sh\",\"-c\",\"id\"]}}",
                        "spec",
                        "template",
                        "spec",
                        "containers",
                        0,
                        "livenessProbe"),
                set(
                        "probe-command",
                        "queue-images-release",
                        "{\"exec\":{\"command\":[\"sh\",\"-c\",\"buildctl debug workers\"]}}",
                        "values",
                        "config",
                        "pod-spec-patch",
                        "initContainers",
                        0,
                        "startupProbe"),
                new Mutation(
                        "token-audience",
                        "a token for somebody else",
                        plan -> plan.withItem(
                                go,
                                "{\"name\":\"t\",\"projected\":{\"sources\":[{\"serviceAccountToken\":"
                                        + "{\"audience\":\"https://example.com\",\"path\":\"t\"}}]}}",
                                "spec",
                                "template",
                                "spec",
                                "volumes")));
    }
}
