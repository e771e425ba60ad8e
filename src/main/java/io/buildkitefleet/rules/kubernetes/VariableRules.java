package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rights.RbacRules;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import io.buildkitefleet.text.BundledFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every job of a queue finds as variables. */
public final class VariableRules {
    /** Patterns of names, and names after an exclamation mark, as the hook pre-bootstrap reads them. */
    private static final List<String> FORBIDDEN = BundledFile.text("/hooks/forbidden-variables.txt")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();

    private static final String OWN_VARIABLES = "FLEET_";

    private static final String GO_PROXY = "GOPROXY";

    private static final String IN_CACHES = "[a-z0-9-]+\\." + CacheServer.NAMESPACE + "\\.svc\\.cluster\\.local:\\d+";

    /** Where the modules of Go come from: the fleet's cache, Go's own mirror, and what made them. */
    private static final Pattern MODULES =
            Pattern.compile("http://" + IN_CACHES + "|https://proxy\\.golang\\.org|direct|off");

    private static final String IMAGES = "FLEET_IMAGES";

    private static final String IMAGE_CACHE = "FLEET_DOCKER_CACHE";

    /** What the fleet gives its jobs, and what each is like; what else it has to be is asked apart. */
    private static final Map<String, Pattern> OWN = Map.ofEntries(
            Map.entry("BUILDKIT_HOST", Pattern.compile("unix:///[a-z/.-]+")),
            Map.entry("BUILDX_CONFIG", Pattern.compile("/[a-z/-]+")),
            Map.entry("DOCKER_CONFIG", Pattern.compile("/[a-z/-]+")),
            Map.entry("DOCKER_HOST", Pattern.compile("unix:///[a-z/.-]+")),
            Map.entry("FLEET_ARTIFACTS", Pattern.compile("gs://.+/")),
            Map.entry("FLEET_BAZEL_CACHE", Pattern.compile("grpc://" + IN_CACHES)),
            Map.entry("FLEET_CACHE", Pattern.compile("gs://.+/")),
            Map.entry("FLEET_CLEANUP_SECONDS", Pattern.compile("\\d+")),
            Map.entry("FLEET_CLUSTERS", Pattern.compile("[^/ ]+/[^/ ]+/[^/ ]+( [^/ ]+/[^/ ]+/[^/ ]+)*")),
            Map.entry("FLEET_DEPLOY_NAMESPACES", Pattern.compile("[a-z0-9 -]+")),
            Map.entry(IMAGE_CACHE, Pattern.compile(".+/.+")),
            Map.entry("FLEET_DOCKER_CONFIG", Pattern.compile("/[a-z/-]+")),
            Map.entry(IMAGES, Pattern.compile(".+/.+")),
            Map.entry("FLEET_QUEUE", Pattern.compile("[a-z0-9-]+")),
            Map.entry("FLEET_VARIABLES_KEY", Pattern.compile("projects/[^ ]+")),
            Map.entry(GO_PROXY, Pattern.compile(".+")));

    private VariableRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named(
                        "queue-variables", HIGH, "The variables of a queue are the fleet's, and lead nowhere else")
                .why("others change which programs a job runs, where it fetches and stores, or whose word it takes")
                .mend("take the variable away; what a step may set, it sets itself")
                .check(stack ->
                        Check.eachRelease(release -> acting(stack, release)).of(stack)));
    }

    /** In the ConfigMaps that its containers have as variables; what the fleet tells its own hooks is meant to act. */
    private static Optional<String> acting(PlannedStack stack, Release release) {
        var names = release.config()
                .all()
                .map(value -> value.at("configMapRef.name").text())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
        var maps = stack.ofType(KubernetesType.CONFIG_MAP).stream()
                .filter(map -> map.at("metadata.namespace").is(release.namespace()))
                .filter(map -> names.contains(map.at("metadata.name").text()))
                .toList();
        return maps.stream()
                .flatMap(map -> modules(map).stream())
                .findFirst()
                .or(() -> foreign(maps))
                .or(() -> maps.stream()
                        .flatMap(map -> elsewhere(stack, release, map.at("data")).stream())
                        .findFirst());
    }

    private static Optional<String> modules(Subject map) {
        var modules = map.at("data").key(GO_PROXY);
        return Subject.flawIf(
                modules.exists() && !Stream.of(modules.text().split("[,|]")).allMatch(MODULES.asMatchPredicate()),
                "its jobs take the modules of Go from " + modules.described());
    }

    private static Optional<String> foreign(List<Subject> maps) {
        return maps.stream()
                .flatMap(map -> map.at("data").keys().stream())
                .filter(variable -> !OWN.containsKey(variable))
                .sorted()
                .findFirst()
                .map(variable -> "its jobs get " + variable
                        + (!variable.startsWith(OWN_VARIABLES) && isForbidden(variable)
                                ? ", which no step may set"
                                : ", which is no variable of the fleet"));
    }

    private static boolean isForbidden(String variable) {
        return FORBIDDEN.stream().anyMatch(pattern -> matches(pattern, variable))
                && !FORBIDDEN.contains("!" + variable);
    }

    private static boolean matches(String pattern, String variable) {
        return pattern.endsWith("*")
                ? variable.startsWith(pattern.substring(0, pattern.length() - 1))
                : variable.equals(pattern);
    }

    private static Optional<String> elsewhere(PlannedStack stack, Release release, InputValue data) {
        return data.keys().stream()
                .sorted()
                .filter(variable -> !isOwn(stack, release, data, variable))
                .findFirst()
                .map(variable -> "its jobs get another " + variable + " than the fleet's: "
                        + data.key(variable).described());
    }

    private static boolean isOwn(PlannedStack stack, Release release, InputValue data, String variable) {
        var value = data.key(variable).text();
        return OWN.get(variable).matcher(value).matches()
                && switch (variable) {
                    case "FLEET_ARTIFACTS", "FLEET_CACHE" -> isInOwnBucket(stack, value);
                    case IMAGES -> isInOwnRegistry(stack, value);
                    case IMAGE_CACHE ->
                        data.key(IMAGES).isUnknown()
                                || value.startsWith(data.key(IMAGES).text() + "/");
                    case "FLEET_QUEUE" -> ResourceNames.namespace(value).equals(release.namespace());
                    case "FLEET_DEPLOY_NAMESPACES" -> isDeployedInto(stack, value);
                    default -> true;
                };
    }

    private static boolean isInOwnBucket(PlannedStack stack, String value) {
        return stack.ofType(GoogleType.BUCKET).stream()
                .map(bucket -> bucket.at("name"))
                .anyMatch(name -> name.isUnknown() || value.startsWith("gs://" + name.text() + "/"));
    }

    /** What a role does whose namespace is known after up, rules about roles say. */
    private static boolean isDeployedInto(PlannedStack stack, String value) {
        return stack.ofType(KubernetesType.ROLE).stream()
                        .anyMatch(role -> role.at("metadata.namespace").isUnknown())
                || RbacRules.deployNamespaces(stack).containsAll(List.of(value.split(" ")));
    }

    private static boolean isInOwnRegistry(PlannedStack stack, String value) {
        return stack.ofType(GoogleType.REPOSITORY).stream()
                .anyMatch(repository -> Stream.of("location", "project", "repositoryId")
                                .anyMatch(part -> repository.at(part).isUnknown())
                        || value.equals(repository.at("location").text() + "-docker.pkg.dev/"
                                + repository.at("project").text() + "/"
                                + repository.at("repositoryId").text()));
    }
}
