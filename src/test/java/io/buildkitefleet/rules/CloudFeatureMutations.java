package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.add;
import static io.buildkitefleet.rules.Mutation.drop;
import static io.buildkitefleet.rules.Mutation.set;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes in what Google Cloud does by itself: upgrades, add-ons, logs, what it lets in and what it deletes. */
final class CloudFeatureMutations {
    private static final String CLUSTER = "cluster-gke";
    private static final String NETWORK = "network-vpc";
    private static final String SUBNET = "network-subnet";
    private static final String DENY = "network-deny-ingress";
    private static final String BUCKET = "artifacts-bucket";
    private static final String TOKEN = "secrets-ci-agent-token";
    private static final String FIREWALL = "gcp:compute/firewall:Firewall";

    private static final String FOREIGN_KEY = "\"projects/else/locations/us-west1/keyRings/ring/cryptoKeys/key\"";

    private CloudFeatureMutations() {}

    static Stream<Mutation> all() {
        return Stream.of(features(), network(), firewalls(), keys(), retention())
                .flatMap(List::stream);
    }

    private static Mutation exclusions(String... spans) {
        return set(
                "cluster-upgrades",
                CLUSTER,
                "[" + String.join(",", spans) + "]",
                "maintenancePolicy",
                "maintenanceExclusions");
    }

    private static String span(String from, String until, String scope) {
        return "{\"exclusionName\":\"freeze\",\"startTime\":\"" + from + "\",\"endTime\":\"" + until
                + "\",\"exclusionOptions\":{\"scope\":\"" + scope + "\"}}";
    }

    private static List<Mutation> features() {
        var tenDays = span("2027-01-01T00:00:00Z", "2027-01-11T00:00:00Z", "NO_UPGRADES");
        return List.of(
                exclusions(span("2027-01-01T00:00:00Z", "2037-01-01T00:00:00Z", "NO_UPGRADES")),
                exclusions(span("2027-01-01T00:00:00Z", "2037-01-01T00:00:00Z", "NO_MINOR_OR_NODE_UPGRADES")),
                exclusions(
                        "{\"exclusionName\":\"freeze\",\"startTime\":\"2027-01-01T00:00:00Z\",\"endTime\":\"2027-06-01T00:00:00+02:00\"}"),
                exclusions(
                        span("2027-01-01T00:00:00Z", "2027-03-01T00:00:00Z", "NO_UPGRADES"),
                        span("2027-03-01T00:00:00Z", "2027-05-01T00:00:00Z", "NO_UPGRADES")),
                exclusions(tenDays, tenDays, tenDays, tenDays),
                exclusions("{\"exclusionName\":\"freeze\",\"startTime\":\"2027-01-01T00:00:00Z\","
                        + "\"exclusionOptions\":{\"endTimeBehavior\":\"UNTIL_END_OF_SUPPORT\"}}"),
                set("cluster-pools", CLUSTER, "true", "enableAutopilot"),
                set("cluster-net-admin", CLUSTER, "true", "allowNetAdmin"),
                addOn("configConnectorConfig", "{\"enabled\":true}"),
                addOn("istioConfig", "{\"disabled\":false}"),
                addOn("cloudrunConfig", "{\"disabled\":false}"),
                addOn("kalmConfig", "{\"enabled\":true}"),
                addOn("rayOperatorConfig", "{\"enabled\":true}"),
                addOn("kubernetesDashboard", "{\"disabled\":false}"),
                set("cluster-add-ons", CLUSTER, "{\"enabled\":true}", "identityServiceConfig"));
    }

    private static Mutation addOn(String name, String json) {
        return set("cluster-add-ons", CLUSTER, json, "addonsConfig", name);
    }

    private static List<Mutation> network() {
        return List.of(
                set("network-own", CLUSTER, "\"default\"", "network"),
                set("network-own", CLUSTER, "\"projects/else/global/networks/network-vpc-1a2b3c4\"", "network"),
                set("network-own", CLUSTER, "\"default\"", "subnetwork"),
                drop("network-own", CLUSTER, "network"),
                set("network-own", SUBNET, "\"default\"", "network"),
                set("network-own", "network-router", "\"default\"", "network"),
                set("network-own", "network-nat", "\"other\"", "router"),
                set("network-own", DENY, "\"default\"", "network"),
                set("nat-log", "network-nat", "\"TRANSLATIONS_ONLY\"", "logConfig", "filter"),
                set("subnet-flow-logs", SUBNET, "0", "logConfig", "flowSampling"),
                set("subnet-flow-logs", SUBNET, "0.0001", "logConfig", "flowSampling"),
                set("subnet-flow-logs", SUBNET, "\"false\"", "logConfig", "filterExpr"),
                set("subnet-flow-logs", SUBNET, "\"src_port == 22\"", "logConfig", "filterExpr"),
                set("subnet-no-public-addresses", SUBNET, "\"EXTERNAL\"", "ipv6AccessType"),
                set("network-own-subnets", NETWORK, "true", "autoCreateSubnetworks"));
    }

    private static List<Mutation> firewalls() {
        return List.of(
                set("network-deny-baseline", DENY, "0", "priority"),
                set("network-deny-baseline", DENY, "1000", "priority"),
                drop("network-deny-baseline", DENY, "priority"),
                set("network-deny-baseline", DENY, "[\"10.0.0.0/8\"]", "destinationRanges"),
                set("network-deny-baseline", DENY, "[\"10.0.0.0/8\"]", "sourceRanges"),
                add(
                        "network-wide-ingress",
                        FIREWALL,
                        "{\"allows\":[{\"protocol\":\"all\"}],\"sourceRanges\":[\"10.0.0.0/8\"],\"priority\":900,"
                                + "\"network\":\"04da6b54-80e4-46f7-96ec-b56ff0331ba9\"}"),
                add(
                        "network-open-ingress",
                        FIREWALL,
                        "{\"allows\":[{\"protocol\":\"all\"}],\"sourceRanges\":[\"0.0.0.0/0\"],\"priority\":900,"
                                + "\"network\":\"04da6b54-80e4-46f7-96ec-b56ff0331ba9\"}"));
    }

    private static List<Mutation> keys() {
        return List.of(
                set("bucket-key", BUCKET, FOREIGN_KEY, "encryption", "defaultKmsKeyName"),
                set("bucket-key", BUCKET, "\"key\"", "encryption", "defaultKmsKeyName"),
                set("image-store-key", "images-repository", FOREIGN_KEY, "kmsKeyName"),
                set("cluster-secrets-encrypted", CLUSTER, FOREIGN_KEY, "databaseEncryption", "keyName"),
                set("node-disk-key", "pool-stable-nodes", FOREIGN_KEY, "nodeConfig", "bootDiskKmsKey"),
                set("disk-key", "mirror", FOREIGN_KEY, "diskEncryptionKey", "kmsKeySelfLink"),
                set(
                        "secret-store-key",
                        TOKEN,
                        FOREIGN_KEY,
                        "replication",
                        "userManaged",
                        "replicas",
                        0,
                        "customerManagedEncryption",
                        "kmsKeyName"));
    }

    private static Mutation deletes(String type, String condition) {
        return new Mutation(
                "bucket-keeps",
                type + " where " + condition,
                plan -> plan.withItem(
                        BUCKET,
                        "{\"action\":{\"type\":\"" + type + "\"},\"condition\":" + condition + "}",
                        "lifecycleRules"));
    }

    private static Mutation cleanup(String policy) {
        return new Mutation(
                "image-keeps",
                "a cleanup policy " + policy,
                plan -> plan.withItem(
                        "images-repository", "{\"action\":\"DELETE\"," + policy + "}", "cleanupPolicies"));
    }

    private static List<Mutation> retention() {
        return List.of(
                deletes("Delete", "{\"age\":0}"),
                deletes("Delete", "{\"createdBefore\":\"2099-01-01\"}"),
                deletes("Delete", "{\"withState\":\"ARCHIVED\",\"daysSinceNoncurrentTime\":0}"),
                deletes("Delete", "{\"matchesPrefixes\":[\"big/\"]}"),
                deletes("AbortIncompleteMultipartUpload", "{\"age\":0}"),
                set("bucket-web", BUCKET, "{\"mainPageSuffix\":\"index.html\"}", "website"),
                set("bucket-web", BUCKET, "[{\"origins\":[\"*\"],\"methods\":[\"GET\"]}]", "cors"),
                set("bucket-web", BUCKET, "[{\"origins\":[\"https://*.example.com\"],\"methods\":[\"GET\"]}]", "cors"),
                cleanup("\"id\":\"all\",\"condition\":{\"tagState\":\"ANY\",\"olderThan\":\"2592000s\"}"),
                cleanup("\"id\":\"all\",\"condition\":{\"olderThan\":\"2592000s\"}"),
                cleanup("\"id\":\"all\",\"condition\":{\"tagState\":\"TAGGED\",\"packageNamePrefixes\":[\"\"]}"),
                cleanup("\"id\":\"fresh\",\"condition\":{\"tagState\":\"UNTAGGED\"}"),
                cleanup("\"id\":\"fresh\",\"condition\":{\"tagState\":\"UNTAGGED\",\"olderThan\":\"60s\"}"),
                set("secret-lasts", TOKEN, "\"3600s\"", "ttl"),
                set("secret-lasts", TOKEN, "\"2027-01-01T00:00:00Z\"", "expireTime"),
                set("secret-lasts", TOKEN + "-version", "false", "enabled"));
    }
}
