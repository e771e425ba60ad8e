package io.buildkitefleet.kubernetes.agent;

import com.pulumi.core.Output;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The values that the chart {@code agent-stack-k8s} 0.47.0 takes, and their types. The chart's own schema lets unknown
 * keys pass and names some that the controller refuses; the controller decodes strictly and ends at its start. This
 * list is the controller's:
 * https://github.com/buildkite/agent-stack-k8s/blob/v0.47.0/internal/controller/config/config.go
 */
final class AgentStackSchema {
    private enum Kind {
        TEXT("text"),
        INTEGER("a whole number"),
        FLAG("true or false"),
        TEXTS("a list of texts"),
        OBJECTS("a list of objects"),
        OBJECT("an object");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        boolean accepts(Object value) {
            return switch (this) {
                case TEXT -> value instanceof String || value instanceof Output;
                case INTEGER -> value instanceof Integer || value instanceof Long;
                case FLAG -> value instanceof Boolean;
                case TEXTS -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
                case OBJECTS -> value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
                case OBJECT -> value instanceof Map;
            };
        }
    }

    /** A key's type; for an object whose keys are fixed, also these. */
    private record Key(Kind kind, Map<String, Key> keys) {}

    private static final Key TEXT = new Key(Kind.TEXT, Map.of());
    private static final Key INTEGER = new Key(Kind.INTEGER, Map.of());
    private static final Key FLAG = new Key(Kind.FLAG, Map.of());
    private static final Key TEXTS = new Key(Kind.TEXTS, Map.of());
    private static final Key OBJECTS = new Key(Kind.OBJECTS, Map.of());
    private static final Key OBJECT = new Key(Kind.OBJECT, Map.of());

    private static final Key CONTAINER_PARAMS = object(all(OBJECTS, "envFrom", "extraVolumeMounts"));

    private static final Key GIT_MIRRORS = object(
            all(TEXT, "cloneFlags", "path"),
            all(OBJECT, "volume"),
            all(INTEGER, "lockTimeout"),
            all(FLAG, "skipUpdate"));

    private static final Key CHECKOUT_PARAMS = object(
            all(TEXT, "checkoutFlags", "cleanFlags", "cloneFlags", "fetchFlags"),
            all(FLAG, "noSubmodules", "skip"),
            all(TEXTS, "submoduleCloneConfig"),
            all(OBJECT, "gitCredentialsSecret"),
            all(GIT_MIRRORS, "gitMirrors"),
            CONTAINER_PARAMS.keys);

    private static final Key COMMAND_PARAMS = object(all(TEXT, "interposer"), CONTAINER_PARAMS.keys);

    private static final Key AGENT_CONFIG = object(
            all(
                    TEXT,
                    "container-start-timeout",
                    "endpoint",
                    "hooks-path",
                    "plugins-path",
                    "shell",
                    "signing-jwks-file",
                    "signing-jwks-key-id",
                    "trace-context-encoding",
                    "tracing-backend",
                    "tracing-service-name",
                    "verification-failure-behavior",
                    "verification-jwks-file"),
            all(
                    FLAG,
                    "debug-signing",
                    "git-skip-fetch-existing-commits",
                    "no-color",
                    "no-command-eval",
                    "no-http2",
                    "no-local-hooks",
                    "no-multipart-artifact-upload",
                    "no-plugins",
                    "no-pty",
                    "plugin-validation",
                    "strict-single-hooks",
                    "tracing-propagate-traceparent"),
            all(TEXTS, "additional-hooks-paths", "disable-warnings-for", "experiment"),
            all(OBJECT, "hooksVolume", "pluginsVolume", "signingJWKSVolume", "verificationJWKSVolume"),
            all(OBJECTS, "additional-hooks"));

    private static final Key CONFIG = object(
            all(
                    TEXT,
                    "default-image-check-pull-policy",
                    "default-image-pull-policy",
                    "default-resource-class-name",
                    "empty-job-grace-period",
                    "http-timeout",
                    "image",
                    "image-check-container-cpu-limit",
                    "image-check-container-memory-limit",
                    "image-pull-backoff-grace-period",
                    "job-cancel-checker-poll-interval",
                    "job-prefix",
                    "job-ttl",
                    "log-format",
                    "log-level",
                    "pod-pending-timeout",
                    "poll-interval",
                    "profiler-address",
                    "queue",
                    "workspace-mount-sub-path-expr"),
            all(
                    INTEGER,
                    "default-termination-grace-period-seconds",
                    "job-active-deadline-seconds",
                    "job-creation-concurrency",
                    "k8s-client-rate-limiter-burst",
                    "k8s-client-rate-limiter-qps",
                    "max-in-flight",
                    "pagination-depth-limit",
                    "pagination-page-size",
                    "prometheus-port",
                    "reservation-expiry-seconds",
                    "work-queue-limit"),
            all(
                    FLAG,
                    "allow-pod-spec-patch-unsafe-command-modification",
                    "debug",
                    "enable-completion-watcher",
                    "log-http-payloads",
                    "no-color",
                    "prohibit-kubernetes-plugin",
                    "skip-image-check-containers"),
            all(TEXTS, "additional-redacted-vars", "tags"),
            all(OBJECT, "pod-spec-patch", "resource-classes", "workspace-volume"),
            all(AGENT_CONFIG, "agent-config"),
            all(CHECKOUT_PARAMS, "default-checkout-params"),
            all(COMMAND_PARAMS, "default-command-params"),
            all(CONTAINER_PARAMS, "default-sidecar-params"),
            all(object(all(OBJECT, "annotations", "labels")), "default-metadata"));

    /** {@code agentToken} is left out: it would put the token into the release's own record. */
    private static final Key VALUES = object(
            all(TEXT, "agentStackSecret", "fullnameOverride", "image", "nameOverride"),
            all(
                    OBJECT,
                    "annotations",
                    "labels",
                    "nodeSelector",
                    "resources",
                    "secretsMetadata",
                    "serviceAccountMetadata"),
            all(OBJECTS, "controllerEnv", "tolerations"),
            all(CONFIG, "config"));

    private AgentStackSchema() {}

    /**
     * Holds values against the list.
     *
     * @throws IllegalArgumentException naming every key that is unknown or of the wrong type
     */
    static void check(Map<String, Object> values) {
        var problems = new TreeSet<String>();
        check("", values, VALUES, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "agent-stack-k8s would refuse its values: " + String.join("; ", problems));
        }
    }

    private static void check(String path, Map<?, ?> values, Key schema, Collection<String> problems) {
        values.forEach((key, value) -> {
            var at = path.isEmpty() ? String.valueOf(key) : path + "." + key;
            var known = schema.keys.get(String.valueOf(key));
            if (known == null) {
                problems.add(at + " is not a key; known: " + names(schema.keys.keySet()));
            } else if (!known.kind.accepts(value)) {
                problems.add(at + " must be " + known.kind.words + ", got " + value);
            } else if (!known.keys.isEmpty()) {
                check(at, (Map<?, ?>) value, known, problems);
            }
        });
    }

    private static String names(Set<String> keys) {
        return keys.stream().sorted().collect(Collectors.joining(", "));
    }

    @SafeVarargs
    private static Key object(Map<String, Key>... parts) {
        var keys = new TreeMap<String, Key>();
        for (var part : parts) {
            keys.putAll(part);
        }
        return new Key(Kind.OBJECT, keys);
    }

    private static Map<String, Key> all(Key type, String... names) {
        return Stream.of(names).collect(Collectors.toMap(Function.identity(), name -> type));
    }
}
