package io.buildkitefleet.config;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.JsonText;
import io.buildkitefleet.config.read.KeyReference;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.config.value.Repository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads a stack's configuration strictly and collects every problem instead of stopping at the first. */
public final class FleetConfigReader {
    /** The namespace of the project's own keys: the name in {@code Pulumi.yaml}. */
    public static final String NAMESPACE = "buildkite-fleet:";

    /** The path of the fleet itself. */
    public static final String ROOT = NAMESPACE + "fleet";

    private static final String PROJECT = GoogleSettings.NAMESPACE + "project";

    private final ConfigSource source;
    private final Problems problems;
    private final KeyReference reference;

    private FleetConfigReader(ConfigSource source, Problems problems, KeyReference reference) {
        this.source = source;
        this.problems = problems;
        this.reference = reference;
    }

    /** Reads everything but the secrets, which a preview does not have. Problems stand in the given collection. */
    public static FleetConfig read(ConfigSource source, Problems problems) {
        return new FleetConfigReader(source, problems, new KeyReference()).config();
    }

    /** As {@link #read}, and notes each key that may be written. */
    public static FleetConfig read(ConfigSource source, Problems problems, KeyReference reference) {
        return new FleetConfigReader(source, problems, reference).config();
    }

    private FleetConfig config() {
        var project =
                source.get(PROJECT).filter(value -> Forms.PROJECT.matcher(value).matches());
        if (project.isEmpty()) {
            problems.add(
                    PROJECT,
                    source.get(PROJECT)
                            .map(got -> "must be the id of a Google Cloud project, got "
                                    + (source.isSecret(PROJECT) ? "a secret" : "\"" + got + "\""))
                            .orElse("is missing; set it with: pulumi config set gcp:project PROJECT --stack "
                                    + source.stack()));
        }
        googleSettings();
        var config = fleet(project.orElse(""));
        unknownKeys(config);
        return config;
    }

    /** What would silently have no effect on Google's provider. */
    private void googleSettings() {
        for (var key : source.keys()) {
            if (key.startsWith(GoogleSettings.NAMESPACE)) {
                var name = key.substring(GoogleSettings.NAMESPACE.length());
                if (!GoogleSettings.NAMES.contains(name)) {
                    problems.add(
                            key,
                            "is not a setting of Google's provider that the fleet hands on; "
                                    + Section.suggestion(name, new TreeSet<>(GoogleSettings.NAMES)));
                }
            }
        }
    }

    /** Secrets that the fleet does not use, unless what it uses is in doubt. */
    private void unknownKeys(FleetConfig config) {
        if (problems.isAt(ROOT) || problems.touch(ROOT + ".queues") || problems.touch(ROOT + ".checkout")) {
            return;
        }
        var known = new TreeSet<>(config.secretKeys());
        known.add("fleet");
        for (var key : source.keys()) {
            if (key.startsWith(NAMESPACE) && !known.contains(key.substring(NAMESPACE.length()))) {
                problems.add(
                        key,
                        "is not a key here, nor a secret that the fleet uses; "
                                + Section.suggestion(key.substring(NAMESPACE.length()), known));
            }
        }
    }

    private FleetConfig fleet(String project) {
        try (var in = new Section(ROOT, "", object(), problems, reference)) {
            var organization = in.field("organization", "Slug of the Buildkite organization")
                    .text(Forms.SLUG, "a slug as in buildkite.com/SLUG")
                    .required();
            var region = in.field("region", "Google Cloud region of the fleet")
                    .text(Forms.REGION, "a region, such as us-west1")
                    .required();
            var load = LoadReader.read(in.section("load"));
            return new FleetConfig(
                    source.stack(),
                    project,
                    organization,
                    name(in),
                    region,
                    in.field("zones", "Zones of the cluster; one makes it zonal, which is cheaper and less available")
                            .texts(Forms.ZONE, "a zone of the region, such as us-west1-a")
                            .orElse(List.of(), "all of the region"),
                    in.field("protect", "Protect the cluster, the network, keys and buckets from deletion")
                            .flag()
                            .orElse(true),
                    in.field("labels", "Labels on everything that takes labels, for cost reports and owners")
                            .map(
                                    "an object of labels, such as {owner: platform}",
                                    Forms.CLOUD_LABEL,
                                    Forms.CLOUD_LABEL_WORDS,
                                    Forms.CLOUD_LABEL_VALUE,
                                    "lower-case letters, digits, _ and -")
                            .orElse(Map.of()),
                    network(in.section("network")),
                    new ClusterReader(problems).read(in.section("cluster")),
                    named(in.named("pools"), pool -> PoolReader.read(pool, load)),
                    named(in.named("queues"), QueueReader::read),
                    artifacts(in.section("artifacts"), region),
                    safeBuilds(in),
                    CheckoutReader.read(in.section("checkout")),
                    in.optionalSection("caches").map(CachesReader::read),
                    in.optionalSection("mac").map(this::mac),
                    UsageReader.read(in.section("usage")),
                    in.list("waivers").stream().map(WaiverReader::read).toList());
        }
    }

    private String name(Section in) {
        var fallback = "bk-" + source.stack();
        var name = in.field("name", "What names in Google Cloud begin with")
                .text(Forms.LABEL, Forms.LABEL_WORDS)
                .orElse(fallback, "`bk-<stack>`");
        if (!Forms.LABEL.matcher(name).matches() && !problems.touch(in.path() + ".name")) {
            problems.add(
                    in.path() + ".name",
                    "is missing, and the name of this stack makes no default; it must be " + Forms.LABEL_WORDS
                            + ", got \"" + fallback + "\"");
        }
        return name;
    }

    private JsonObject object() {
        var text = source.get(ROOT);
        if (source.isSecret(ROOT)) {
            problems.add(
                    ROOT,
                    "must not hold secrets; name the key of each, and set it with: pulumi config set --secret NAME "
                            + "--stack " + source.stack());
            return new JsonObject();
        }
        if (text.isEmpty()) {
            problems.add(ROOT, "is missing; see docs/configuration.md, or begin with a copy of Pulumi.dev.yaml");
            return new JsonObject();
        }
        try {
            var json = JsonParser.parseString(text.get());
            if (json.isJsonObject()) {
                return json.getAsJsonObject();
            }
            problems.add(ROOT, "must be an object of keys and values, got " + JsonText.describe(json));
        } catch (JsonParseException notJson) {
            problems.add(ROOT, "must be an object of keys and values, got text");
        }
        return new JsonObject();
    }

    private <T> Map<String, T> named(Map<String, Section> sections, Function<Section, T> read) {
        var values = new LinkedHashMap<String, T>();
        sections.forEach((name, section) -> {
            try (section) {
                values.put(name, read.apply(section));
            }
            if (!Forms.LABEL.matcher(name).matches()) {
                problems.add(section.path(), "its name must be " + Forms.LABEL_WORDS + ", got \"" + name + "\"");
            }
        });
        return values;
    }

    private NetworkConfig network(Section in) {
        try (in) {
            return new NetworkConfig(
                    range(
                            in,
                            "nodes",
                            "Addresses of nodes; may grow, and moves with those of pods and services, with a new cluster",
                            "10.0.0.0/20"),
                    range(in, "pods", "Addresses of pods, 256 for each node", "10.4.0.0/14"),
                    range(in, "services", "Cluster IP addresses", "10.8.0.0/20"),
                    range(in, "controlPlane", "Addresses of the control plane, a /28", "172.16.0.0/28"),
                    in.field("natAddresses", "Static addresses from which the fleet reaches the internet")
                            .integer(1, 16)
                            .orElse(1));
        }
    }

    private Cidr range(Section in, String key, String doc, String fallback) {
        var value = Cidr.parse(fallback).orElseThrow();
        return in.field(key, doc)
                .parsed("a range whose host bits are zero, such as " + fallback, value, Cidr::parse)
                .orElse(value);
    }

    private ArtifactsConfig artifacts(Section in, String region) {
        try (in) {
            return new ArtifactsConfig(
                    in.field("location", "Where artifacts are kept: a region or a multi-region such as US")
                            .text(Forms.LOCATION, "a location of Cloud Storage, such as us-west1 or US")
                            .orElse(region, "the region"),
                    in.field("keepDays", "Days after which an artifact is deleted")
                            .integer(1, 3650)
                            .orElse(30));
        }
    }

    private SafeBuildsConfig safeBuilds(Section in) {
        return new SafeBuildsConfig(
                in.field("repositories", "Repositories whose pushes run on trusted queues without being asked")
                        .parsedItems("a repository such as git@github.com:acme/app.git", Repository::parse)
                        .orElse(List.of(), "none; every build has to be started or approved by a person"),
                in.field("forkOwners", "Accounts whose forks of these repositories run without being asked too")
                        .texts(Forms.ACCOUNT, "an account with its host, such as github.com/jane")
                        .orElse(List.of()),
                in.field("teams", "Buildkite teams whose members may approve the build of a fork; not secret ones")
                        .texts(Forms.SLUG, "the slug of a team")
                        .orElse(List.of("build-authorized"), "`build-authorized`"));
    }

    private MacConfig mac(Section in) {
        try (in) {
            return new MacConfig(
                    in.field(
                                    "queue",
                                    "Queue of the mac agent outside the cluster; there is none without the object `mac`")
                            .text(Forms.LABEL, Forms.LABEL_WORDS)
                            .orElse("mac"),
                    in.field("owners", "Who may act as the mac agent's identity, to set it up")
                            .texts(Forms.MEMBER, "a member such as user:jane@example.com or group:mac@example.com")
                            .orElse(List.of()));
        }
    }
}
