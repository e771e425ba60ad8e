package io.buildkitefleet.config;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.JsonText;
import io.buildkitefleet.config.read.KeyReference;
import io.buildkitefleet.config.read.Notations;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.ProjectId;
import io.buildkitefleet.pulumi.WrittenValues;
import java.util.Set;
import java.util.TreeSet;

/** Reads a stack's configuration strictly and collects every problem instead of stopping at the first. */
public final class FleetConfigReader {
    private static final String PROJECT = GoogleSettings.NAMESPACE + "project";
    private static final String IMPERSONATE = GoogleSettings.NAMESPACE + GoogleSettings.IMPERSONATE;

    private final ConfigSource source;
    private final Problems problems;

    private FleetConfigReader(ConfigSource source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** Reads everything but the secrets, which a preview does not have. Problems stand in the given collection. */
    public static FleetConfig read(ConfigSource source, Problems problems) {
        return new FleetConfigReader(source, problems).config();
    }

    /** Every key that may be written below {@link ConfigSource#FLEET}. */
    public static KeyReference reference() {
        return KeyReference.of(fleet -> FleetConfig.read(fleet, "", ""));
    }

    private FleetConfig config() {
        var fleet = ExtendedFleet.read(source, problems);
        var config = isOfNoKind(fleet)
                ? fleetOfNoKind(fleet)
                : isLocal(fleet) ? localFleet(fleet) : fleetInGoogleCloud(withoutEmptyLocal(fleet));
        unknownKeys(config);
        return config;
    }

    private static boolean isLocal(JsonObject fleet) {
        return fleet.has(LocalConfig.KEY) && !fleet.get(LocalConfig.KEY).isJsonNull();
    }

    /** It may be meant as either kind of fleet, and what either lacks would hide that. */
    private static boolean isOfNoKind(JsonObject fleet) {
        return fleet.has(LocalConfig.KEY) && fleet.get(LocalConfig.KEY).isJsonNull() && !fleet.has("region");
    }

    /** With a region beside it, it is left over: {@code {}} would not do, as a context has no default. */
    private JsonObject withoutEmptyLocal(JsonObject fleet) {
        if (!fleet.has(LocalConfig.KEY)) {
            return fleet;
        }
        problems.add(
                ConfigSource.FLEET + "." + LocalConfig.KEY,
                "has nothing behind it; leave it out, as the fleet has a region of Google Cloud");
        var read = fleet.deepCopy();
        read.remove(LocalConfig.KEY);
        return read;
    }

    /** The rest is read as that of a local fleet, so that what else is wrong is told with it. */
    private FleetConfig fleetOfNoKind(JsonObject fleet) {
        problems.add(
                ConfigSource.FLEET + "." + LocalConfig.KEY,
                "has nothing behind it; write the context of the cluster, such as {context: kind-fleet}, or leave it out "
                        + "for a fleet in Google Cloud");
        var local = new JsonObject();
        local.addProperty("context", "kind-fleet");
        var read = fleet.deepCopy();
        read.add(LocalConfig.KEY, local);
        return fleet(read, "");
    }

    /** What is said to Google's provider would have no effect: nothing of the fleet is made by it. */
    private FleetConfig localFleet(JsonObject fleet) {
        source.keys().stream()
                .filter(key -> key.startsWith(GoogleSettings.NAMESPACE))
                .forEach(key -> problems.add(
                        key,
                        "must be left out: a local fleet has nothing in Google Cloud; take it away with: pulumi config rm "
                                + key + " " + source.selection()));
        return fleet(fleet, "");
    }

    private FleetConfig fleetInGoogleCloud(JsonObject fleet) {
        var project = source.get(PROJECT).flatMap(ProjectId.NOTATION::parse);
        if (project.isEmpty()) {
            problems.add(
                    PROJECT,
                    source.get(PROJECT)
                            .map(got -> "must be " + ProjectId.WORDS + ", got "
                                    + (source.isSecret(PROJECT) ? "a secret" : refusedProject(got)))
                            .orElseGet(() -> (source.environments().isEmpty() ? "is missing; " : elsewhere(source))
                                    + "set it with: pulumi config set gcp:project PROJECT " + source.selection()));
        }
        googleSettings();
        emptyGoogleSettings();
        misreadGoogleSettings();
        DefaultLabels.check(source, problems);
        serviceAccount();
        return fleet(fleet, project.orElse(""));
    }

    /** What is wrong with it is told of what was written, and not of what YAML made of that. */
    private String refusedProject(String got) {
        var written =
                source.written().at(PROJECT).map(WrittenValues.Value::text).orElse(got);
        return shown(PROJECT, got)
                + ProjectId.NOTATION.flaw(written).map("; "::concat).orElse("");
    }

    private String shown(String key, String got) {
        return JsonText.describe(new JsonPrimitive(got)) + problems.reading(key, got);
    }

    /** What is said of a value that is not in the file, where an environment may have it. */
    static String elsewhere(ConfigSource source) {
        return "is not in " + source.file() + "; environment: " + source.environments()
                + " may have it, but Pulumi alone opens that; give ./fleet what it finds there: pulumi config --json "
                + source.selection() + " >FILE.json, then --config-file FILE.json; or ";
    }

    private FleetConfig fleet(JsonObject written, String project) {
        try (var fleet = Section.of(problems.at(), written)) {
            return FleetConfig.read(fleet, source.stack(), project);
        }
    }

    /** What would silently have no effect on Google's provider. */
    private void googleSettings() {
        var known = new TreeSet<>(GoogleSettings.NAMES);
        for (var key : source.keys()) {
            if (key.startsWith(GoogleSettings.NAMESPACE)) {
                var name = key.substring(GoogleSettings.NAMESPACE.length());
                if (GoogleSettings.OF_ONE_HALF.containsKey(name)) {
                    problems.add(
                            key,
                            "would count for Google's half of the fleet and not in the cluster; "
                                    + GoogleSettings.OF_ONE_HALF.get(name));
                } else if (!GoogleSettings.NAMES.contains(name)) {
                    problems.add(
                            key,
                            "is not a setting of Google's provider that the fleet hands on; "
                                    + Section.suggestion(name, known));
                    excuse(GoogleSettings.NAMESPACE, name, known);
                }
            }
        }
    }

    /**
     * Most of these Google's provider refuses later:
     * https://github.com/hashicorp/terraform-provider-google/blob/main/google/provider/provider.go
     */
    private void emptyGoogleSettings() {
        GoogleSettings.NAMES.stream()
                .map(GoogleSettings.NAMESPACE::concat)
                .filter(key -> !key.equals(PROJECT))
                .filter(key -> source.get(key).filter(String::isBlank).isPresent())
                .forEach(key -> problems.add(
                        key,
                        "is empty; leave it out, or set it with: pulumi config set " + key + " VALUE "
                                + source.selection()));
    }

    /** It becomes an argument of a program, to which other text would mean something else. */
    private void serviceAccount() {
        source.get(IMPERSONATE)
                .filter(got ->
                        !got.isBlank() && !Forms.SERVICE_ACCOUNT.matcher(got).matches())
                .ifPresent(got -> problems.add(
                        IMPERSONATE,
                        "must be the address of a service account, such as fleet-up@acme-ci.iam.gserviceaccount.com, got "
                                + (source.isSecret(IMPERSONATE) ? "a secret" : refusedServiceAccount(got))));
    }

    private String refusedServiceAccount(String got) {
        return shown(IMPERSONATE, got)
                + Notations.SERVICE_ACCOUNT.flaw(got).map("; "::concat).orElse("");
    }

    /** Google's provider would take what YAML makes of them. */
    private void misreadGoogleSettings() {
        GoogleSettings.NAMES.stream()
                .map(GoogleSettings.NAMESPACE::concat)
                .filter(key -> !key.equals(PROJECT) && !key.equals(IMPERSONATE) && !source.isSecret(key))
                .forEach(key -> source.get(key)
                        .filter(got -> !got.equals("true") && !got.equals("false"))
                        .filter(got -> !problems.reading(key, got).isEmpty())
                        .ifPresent(got -> problems.add(
                                key, "is read as " + shown(key, got) + "; write in quotes what is meant")));
    }

    /** Secrets that the fleet does not use, unless what it uses is in doubt. */
    private void unknownKeys(FleetConfig config) {
        var fleet = problems.at();
        pathsOfFleet();
        if (source.get(ConfigSource.FLEET).isEmpty()) {
            misspeltFleet();
        }
        if (fleet.isRefused()
                || fleet.isInDoubt("queues")
                || fleet.isInDoubt("checkout")
                || fleet.isInDoubt("signing")) {
            return;
        }
        var known = new TreeSet<>(config.secretKeys());
        known.add("fleet");
        for (var key : source.keys()) {
            var name = key.substring(key.indexOf(':') + 1);
            if (key.startsWith(ConfigSource.NAMESPACE) && !isPathOfFleet(key) && !known.contains(name)) {
                problems.add(
                        key, "is not a key here, nor a secret that the fleet uses; " + Section.suggestion(name, known));
                excuse(ConfigSource.NAMESPACE, name, known);
            }
        }
    }

    static boolean isPathOfFleet(String key) {
        return key.startsWith(ConfigSource.FLEET + ".");
    }

    /** A part of the fleet that stands beside it, under the name that {@code pulumi config set --path} has for it. */
    private void pathsOfFleet() {
        source.keys().stream()
                .filter(FleetConfigReader::isPathOfFleet)
                .sorted()
                .forEach(key -> problems.add(
                        "",
                        key,
                        "stands beside " + ConfigSource.FLEET + " and is a part of it: write "
                                + key.substring(ConfigSource.FLEET.length() + 1) + " below " + ConfigSource.FLEET
                                + ", as pulumi config set --path " + key + " VALUE " + source.selection() + " does"));
    }

    /** Without a fleet nothing is known of the other keys but that one may have been meant for it. */
    private void misspeltFleet() {
        var fleet = Set.of(ConfigSource.FLEET.substring(ConfigSource.NAMESPACE.length()));
        source.keys().stream()
                .filter(key -> key.startsWith(ConfigSource.NAMESPACE))
                .map(key -> key.substring(ConfigSource.NAMESPACE.length()))
                .filter(name -> Section.nearest(name, fleet).isPresent())
                .findFirst()
                .ifPresent(name -> {
                    problems.add(
                            ConfigSource.NAMESPACE + name, "is not a key here; " + Section.suggestion(name, fleet));
                    excuse(ConfigSource.NAMESPACE, name, fleet);
                });
    }

    /** What a misspelt key means is not told as missing too. */
    private void excuse(String namespace, String misspelt, Set<String> known) {
        Section.nearest(misspelt, known)
                .map(namespace::concat)
                .filter(meant -> source.get(meant).isEmpty())
                .ifPresent(problems::excuse);
    }
}
