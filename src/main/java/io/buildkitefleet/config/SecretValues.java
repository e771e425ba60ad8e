package io.buildkitefleet.config;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.signing.KeySet;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Judges the values of a stack's secrets, which only a program that Pulumi runs has: in an offline preview each is a
 * placeholder that nothing is wrong with. No message tells more of a value than its size, and none is kept.
 */
public final class SecretValues {
    /** What can stand in a header of HTTP, less the blank, which no token has. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private static final String OPENSSH_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----";

    private final FleetConfig config;
    private final ConfigSource source;
    private final Problems problems;

    private SecretValues(FleetConfig config, ConfigSource source, Problems problems) {
        this.config = config;
        this.source = source;
        this.problems = problems;
    }

    /** Finds the secrets that the configuration needs and the stack lacks, keeps in plain text, or cannot use. */
    public static void check(FleetConfig config, ConfigSource source, Problems problems) {
        new SecretValues(config, source, problems).check();
    }

    private void check() {
        var bytes = new HashMap<String, Integer>();
        for (var key : config.secretKeys()) {
            var value = source.get(FleetConfig.fullKey(key));
            problem(key, value).ifPresent(problem -> problems.add(FleetConfig.fullKey(key), problem));
            bytes.put(key, value.map(SecretValues::bytes).orElse(0));
        }
        agentTokensThatOthersHold();
        config.queues().forEach((name, queue) -> {
            if (queue.trust() == Trust.TRUSTED) {
                together(name, queue.secrets().values(), bytes);
            }
        });
    }

    /**
     * Who holds an agent token can pose as an agent of each queue of its Buildkite cluster, and be handed that queue's
     * jobs. An untrusted queue's jobs can read the token of theirs.
     */
    private void agentTokensThatOthersHold() {
        var keys = List.copyOf(config.secretKeys());
        for (var token : List.of(FleetConfig.AGENT_TOKEN, FleetConfig.UNTRUSTED_AGENT_TOKEN)) {
            keys.stream()
                    .filter(key -> !key.equals(FleetConfig.AGENT_TOKEN) && !key.equals(token))
                    .filter(key -> keys.contains(token) && isSame(key, token))
                    .forEach(key -> problems.add(
                            FleetConfig.fullKey(key),
                            key.equals(FleetConfig.UNTRUSTED_AGENT_TOKEN)
                                    ? "must not be the token of the trusted queues: jobs that anybody may write could "
                                            + "pose as their agents; make a Buildkite cluster for the untrusted "
                                            + "queues alone at " + config.clustersPage()
                                            + ", and set its token with: "
                                            + command(key)
                                    : "must not be the value of " + token + ": a job that holds it can pose as an "
                                            + "agent; set it anew with: " + command(key)));
        }
    }

    private boolean isSame(String key, String other) {
        var value = source.get(FleetConfig.fullKey(key)).map(String::strip);
        return value.filter(text -> !text.isEmpty()).isPresent()
                && value.equals(source.get(FleetConfig.fullKey(other)).map(String::strip));
    }

    private String command(String key) {
        return "pulumi config set --secret " + FleetConfig.fullKey(key) + " " + source.selection();
    }

    private Optional<String> problem(String key, Optional<String> value) {
        var command = command(key);
        if (value.isEmpty()) {
            var origin = config.originOf(key).map(page -> "make one on " + page + ", and ");
            return Optional.of("is missing" + FleetConfig.misplaced(key, source.keys()) + "; " + origin.orElse("")
                    + "set it with: " + command
                    + (isSigningKey(key) ? "; ./fleet keys " + source.stack() + " makes one" : ""));
        }
        if (!source.isSecret(FleetConfig.fullKey(key))) {
            return Optional.of("is kept in plain text; replace it, and set the new one with: " + command);
        }
        if (value.get().isBlank()) {
            return Optional.of("is empty; set it with: " + command);
        }
        return unusable(key, value.get()).map(reason -> reason + "; set it anew with: " + command);
    }

    private Optional<String> unusable(String key, String value) {
        if (bytes(value) > Limit.SECRET_VERSION.most()) {
            return Optional.of("must have at most " + Limit.SECRET_VERSION.most()
                    + " bytes, what Secret Manager takes, got " + bytes(value));
        }
        if (FleetConfig.isAgentToken(key) && !TOKEN.matcher(value).matches()) {
            return Optional.of(
                    "must be a token and nothing else, got one with a line end, a blank or another character "
                            + "that no token has");
        }
        if (isCheckoutKey(key) && isUnreadableKey(value)) {
            return Optional.of("must be a private key as ssh-keygen writes it, got one with something before its first "
                    + "line, or with line ends of Windows, which ssh cannot read");
        }
        if (isSigningKey(key) && !value.startsWith(ConfigSource.PLACEHOLDER)) {
            return unusableForSigning(value);
        }
        if (isVariable(key) && value.indexOf('\0') >= 0) {
            return Optional.of(
                    "must have no byte of zero, which no variable can hold; encode the value, in Base64 say");
        }
        return Optional.empty();
    }

    /** The values of one queue are one Secret, each under the name of its variable. */
    private void together(String queue, Collection<String> keys, Map<String, Integer> bytes) {
        var all = keys.stream().mapToLong(bytes::get).sum();
        if (all > Limit.KUBERNETES_SECRET.most()
                && keys.stream().allMatch(key -> bytes.get(key) <= Limit.SECRET_VERSION.most())) {
            problems.at("queues", queue)
                    .add(
                            "secrets",
                            "must have at most " + Limit.KUBERNETES_SECRET.most()
                                    + " bytes together, what Kubernetes takes, got " + all
                                    + "; keep what is large in a file elsewhere");
        }
    }

    private boolean isCheckoutKey(String key) {
        return config.checkoutKey().filter(key::equals).isPresent();
    }

    private boolean isSigningKey(String key) {
        return config.signing().isPresent() && key.equals(FleetConfig.SIGNING_KEY);
    }

    /** Where the public half is not known, that is told already. */
    private Optional<String> unusableForSigning(String value) {
        var keys = KeySet.parse(value);
        if (keys.isEmpty()) {
            return Optional.of(
                    "must be a JSON Web Key Set with a private key, {\"keys\": [...]}, as ./fleet keys writes it");
        }
        return config.signing()
                .flatMap(SigningConfig::signingKey)
                .filter(open -> open.publicFlaw().isEmpty())
                .flatMap(open -> keys.get().signingFlaw(open));
    }

    private boolean isVariable(String key) {
        return config.queues().values().stream()
                .anyMatch(queue -> queue.secrets().containsValue(key));
    }

    /**
     * Tried with OpenSSH 9.2. A newline at the end may be missing: whatever writes a key into a file adds one. Keys in
     * older forms are read by libcrypto, which minds neither.
     */
    private static boolean isUnreadableKey(String value) {
        return value.contains(OPENSSH_KEY) && (!value.startsWith(OPENSSH_KEY) || value.indexOf('\r') >= 0);
    }

    private static int bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8).length;
    }
}
