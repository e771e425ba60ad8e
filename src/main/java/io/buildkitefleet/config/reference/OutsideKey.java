package io.buildkitefleet.config.reference;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.GoogleSettings;
import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.value.ProjectId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A key that stands beside the fleet in a stack's file.
 *
 * @param name with its namespace
 * @param doc what it means
 * @param allowed what it may hold
 * @param otherwise what holds without it
 * @param touches what follows from it
 * @param example how it is written, or set
 */
public record OutsideKey(String name, String doc, String allowed, String otherwise, String touches, String example) {
    private static final String OF_GOOGLE = "every resource of Google's";
    private static final String WITHOUT = "none: it is required";
    private static final String HANDED_ON = "Setting of Pulumi's provider for Google Cloud, handed on as it is: ";
    private static final String OUTSIDE = "https://www.pulumi.com/registry/packages/gcp/installation-configuration/";

    /** Every one: the settings of Google's provider, and the secrets that have a name of their own. */
    public static List<OutsideKey> all() {
        var keys = new LinkedHashMap<String, OutsideKey>();
        GoogleSettings.NAMES.forEach(name -> keys.put(name, handedOn(name)));
        keys.putAll(ofGoogle());
        keys.put(
                FleetConfig.AGENT_TOKEN,
                secret(
                        FleetConfig.AGENT_TOKEN,
                        "Token with which the agents of the trusted queues register in their Buildkite cluster, from its"
                                + " page Agent Tokens",
                        "a token and nothing else",
                        WITHOUT));
        keys.put(
                FleetConfig.UNTRUSTED_AGENT_TOKEN,
                secret(
                        FleetConfig.UNTRUSTED_AGENT_TOKEN,
                        "The same of the untrusted queues, whose Buildkite cluster is another one",
                        "a token and nothing else, not that of the trusted queues",
                        "none: it is required where queues.<name>.trust is untrusted"));
        keys.put(
                FleetConfig.SIGNING_KEY,
                secret(
                        FleetConfig.SIGNING_KEY,
                        "Private key with which steps are signed (docs/signed-pipelines.md); ./fleet keys STACK makes it",
                        "a JSON Web Key Set with a private key",
                        "none: it is required with signing"));
        return List.copyOf(keys.values());
    }

    private static Map<String, OutsideKey> ofGoogle() {
        return Map.of(
                "project",
                google(
                        "project",
                        "Google Cloud project that the fleet is made in",
                        ProjectId.WORDS,
                        "none: it is required without local",
                        "acme-ci-dev"),
                GoogleSettings.IMPERSONATE,
                google(
                        GoogleSettings.IMPERSONATE,
                        "Service account as which both halves of the fleet are made (docs/deployer.md)",
                        "the address of a service account",
                        "whoever is logged in",
                        "fleet-up@acme-ci-dev.iam.gserviceaccount.com"),
                GoogleSettings.DEFAULT_LABELS,
                google(
                        GoogleSettings.DEFAULT_LABELS,
                        "Labels on whatever of Google's takes labels, below those of the fleet's key labels",
                        "an object of labels: a name is " + Forms.CLOUD_LABEL_WORDS + "; a value is "
                                + Forms.CLOUD_LABEL_VALUE_WORDS,
                        "none",
                        "{owner: platform}"),
                "region",
                google(
                        "region",
                        "Region of what names none at Google's provider, " + OUTSIDE
                                + "; where the fleet is, its own key region says",
                        "the name of a region",
                        "none",
                        "us-west1"));
    }

    private static OutsideKey handedOn(String name) {
        return new OutsideKey(
                GoogleSettings.NAMESPACE + name,
                HANDED_ON + OUTSIDE,
                "what the provider takes",
                "what the provider does without it",
                OF_GOOGLE,
                "pulumi config set " + GoogleSettings.NAMESPACE + name + " VALUE --stack dev\n");
    }

    private static OutsideKey google(String name, String doc, String allowed, String otherwise, String value) {
        var key = GoogleSettings.NAMESPACE + name;
        return new OutsideKey(key, doc, allowed, otherwise, OF_GOOGLE, "config:\n  " + key + ": " + value + "\n");
    }

    private static OutsideKey secret(String name, String doc, String allowed, String otherwise) {
        return new OutsideKey(
                FleetConfig.fullKey(name),
                doc,
                allowed + "; always a secret, which Pulumi keeps encrypted",
                otherwise,
                "the Secrets that hold it",
                "pulumi config set --secret " + FleetConfig.fullKey(name) + " --stack dev\n");
    }

    /** Whether the fleet has no part in it. */
    public boolean isHandedOn() {
        return doc.startsWith(HANDED_ON);
    }

    /** Without its namespace. */
    public String shortName() {
        return name.substring(name.indexOf(':') + 1);
    }
}
