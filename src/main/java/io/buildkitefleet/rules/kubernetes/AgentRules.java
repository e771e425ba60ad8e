package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.plan.Workload;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What keeps the agent of a job, and the controller that starts it, from the job's own code. */
public final class AgentRules {
    /** Where every container of a job's pod may write. */
    private static final Path WORKSPACE = Path.of("/workspace");

    /** Volumes that no container writes: https://kubernetes.io/docs/concepts/storage/volumes/ */
    private static final Set<String> READ_ONLY = Set.of("configMap", "secret", "projected", "downwardAPI", "image");

    /** How whatever names a Secret is called: secretRef, gitCredentialsSecret, imagePullSecrets. */
    private static final String REFERENCE = "secret";

    private static final List<String> NAMES = List.of("name", "secretName");

    /** How whatever names a server of Buildkite is called: endpoint, BUILDKITE_AGENT_ENDPOINT. */
    private static final String ENDPOINT = "endpoint";

    private static final String BUILDKITE = "buildkite.com";

    private AgentRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("agent-hooks", HIGH, "An agent finds its hooks where no job can write")
                        .why("what a job leaves there runs beside the agent, which holds the agent token")
                        .mend(
                                "set agent-config.hooks-path to a directory outside of the workspace, and its volume to a ConfigMap")
                        .check(Check.eachRelease(AgentRules::writableHooks)),
                Rule.named("agent-endpoint", HIGH, "Agents and their controller talk to Buildkite alone")
                        .why("whoever answers there is handed the agent token, and says what jobs run")
                        .mend("leave out endpoint, which is https://agent.buildkite.com/v3 then")
                        .check(Check.eachRelease(AgentRules::elsewhere)),
                Rule.named("agent-token-place", HIGH, "The agent alone has the agent token")
                        .why("with it one can pose as an agent of every queue of the Buildkite cluster")
                        .mend(
                                "name the Secret agent-token as agentStackSecret and nowhere else, leave out shareProcessNamespace, and"
                                        + " give nothing else the controller's account")
                        .check(stack -> Check.each(AgentRules::holders, subject -> handedOut(stack, subject))
                                .of(stack)));
    }

    private static Optional<String> writableHooks(Release release) {
        var agent = release.config().key("agent-config");
        if (agent.key("hooks-path").text().isEmpty()) {
            return Optional.of("hooks-path is not set, so it is in the workspace");
        }
        return Stream.concat(
                        Stream.of(agent.key("hooks-path")),
                        Stream.concat(
                                agent.key("additional-hooks-paths").items().stream(),
                                agent.key("additional-hooks").items().stream().map(more -> more.key("path"))))
                .map(InputValue::text)
                .filter(path -> isWritable(release, path))
                .findFirst()
                .map(path -> "a job can write its hooks: they are in " + path)
                .or(() -> writableVolume(agent));
    }

    private static boolean isWritable(Release release, String text) {
        try {
            var path = Path.of(text).normalize();
            return !path.isAbsolute()
                    || path.startsWith(WORKSPACE)
                    || writableMounts(release).anyMatch(path::startsWith);
        } catch (InvalidPathException noPath) {
            return true;
        }
    }

    /** Where the release mounts something in the containers of a job, and not for reading alone. */
    private static Stream<Path> writableMounts(Release release) {
        var hooks = release.config().at("agent-config.hooksVolume.name").text();
        return release.config()
                .all()
                .filter(mount -> mount.key("mountPath").text().startsWith("/"))
                .filter(mount -> !mount.key("readOnly").isFlag(true)
                        && !mount.key("name").is(hooks))
                .map(mount -> Path.of(mount.key("mountPath").text()).normalize());
    }

    private static Optional<String> writableVolume(InputValue agent) {
        return Stream.concat(
                        Stream.of(agent.key("hooksVolume")),
                        agent.key("additional-hooks").items().stream().map(more -> more.key("volume")))
                .flatMap(volume -> volume.keys().stream())
                .filter(key -> !key.equals("name") && !READ_ONLY.contains(key))
                .findFirst()
                .map(kind -> "a job can write its hooks: their volume is of " + kind);
    }

    /** The releases, and what else runs where they have their tokens. */
    private static List<Subject> holders(PlannedStack stack) {
        var namespaces = Releases.namespaces(stack);
        return Stream.concat(
                        Releases.subjects(stack).stream(),
                        Workload.subjects(stack).stream()
                                .filter(workload -> namespaces.contains(
                                        workload.at("metadata.namespace").text())))
                .toList();
    }

    private static Optional<String> handedOut(PlannedStack stack, Subject subject) {
        if (subject.resource().type().equals(KubernetesType.RELEASE.token())) {
            return handedOut(new Release(subject));
        }
        var pod = Workload.of(subject).pod();
        return Releases.of(stack).stream()
                .filter(release -> subject.at("metadata.namespace").is(release.namespace()))
                .flatMap(release -> Stream.of(
                                flawIf(
                                        names(pod, release.tokenSecret()),
                                        "has the agent token of queue " + release.queue()),
                                isController(pod, release))
                        .flatMap(Optional::stream))
                .findFirst();
    }

    /**
     * One namespace of processes shows a container the files and variables of the others:
     * https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/
     */
    private static Optional<String> handedOut(Release release) {
        if (release.pod().key("shareProcessNamespace").isTrue()) {
            return Optional.of("shareProcessNamespace shows a job the processes of its agent, with the token in them");
        }
        return release.config().keys().stream()
                .filter(part -> names(release.config().key(part), release.tokenSecret()))
                .findFirst()
                .map(part -> part + " hands it to another container")
                .or(() -> isController(release.pod(), release));
    }

    private static boolean names(InputValue part, String secret) {
        return part.all().anyMatch(value -> value.keys().stream()
                .filter(key -> key.toLowerCase(Locale.ROOT).contains(REFERENCE))
                .anyMatch(key -> isNamed(value.key(key), secret)));
    }

    private static boolean isNamed(InputValue reference, String secret) {
        return reference.is(secret)
                || NAMES.stream().anyMatch(name -> reference.key(name).is(secret))
                || reference.items().stream().anyMatch(item -> isNamed(item, secret));
    }

    private static Optional<String> elsewhere(Release release) {
        return release.subject()
                .at("values")
                .all()
                .flatMap(AgentRules::endpoints)
                .filter(endpoint -> !isOfBuildkite(endpoint))
                .findFirst()
                .map(endpoint -> "sends the agent token to " + endpoint.described());
    }

    /** Those that one object names: under a key, or as a variable of a container. */
    private static Stream<InputValue> endpoints(InputValue value) {
        var keys = value.keys().stream().filter(AgentRules::isEndpoint).map(value::key);
        return isEndpoint(value.key("name").text()) ? Stream.concat(keys, Stream.of(value.key("value"))) : keys;
    }

    private static boolean isEndpoint(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(ENDPOINT);
    }

    private static boolean isOfBuildkite(InputValue endpoint) {
        try {
            var address = new URI(endpoint.text());
            var host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
            return "https".equalsIgnoreCase(address.getScheme())
                    && (host.equals(BUILDKITE) || host.endsWith("." + BUILDKITE));
        } catch (URISyntaxException noAddress) {
            return false;
        }
    }

    /** The chart lets the controller's account make Jobs and read every Secret that the agent may have. */
    private static Optional<String> isController(InputValue pod, Release release) {
        return Stream.of("serviceAccountName", "serviceAccount")
                .filter(key -> pod.key(key).is(release.controllerAccount()))
                .findFirst()
                .map(key -> key + " is that of the controller of queue " + release.queue());
    }
}
