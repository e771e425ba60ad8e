package io.buildkitefleet.kubernetes.agent;

import io.buildkitefleet.fleet.StepSignatures;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the agent beside a job verifies the signature of its step, and how an upload signs. The controller gives the
 * signing key to the agent and to command containers and to no other, the verification keys to the agent alone:
 * https://github.com/buildkite/agent-stack-k8s/blob/v0.47.0/internal/controller/config/agent_config.go
 */
public final class StepSigning {
    /** The name of the ConfigMap with the keys that verify, and of the volume that is made of it. */
    public static final String VERIFICATION_KEYS = "verification-keys";

    /** The name of the Secret with the key that signs, and of the volume that is made of it. */
    public static final String SIGNING_KEY = "signing-key";

    /** The file in either. */
    public static final String FILE = "key";

    /** Everybody may read them, nobody may write. */
    private static final int OPEN = 0444;

    /** For root alone, so that an upload can start a script as somebody else, who cannot read it. */
    private static final int SECRET = 0400;

    private StepSigning() {}

    /** What the chart is told. */
    static Map<String, Object> agentConfig(StepSignatures signatures) {
        var config = new LinkedHashMap<String, Object>();
        config.put("verification-jwks-file", FILE);
        config.put("verification-failure-behavior", signatures.required() ? "block" : "warn");
        config.put(
                "verificationJWKSVolume",
                Map.of("name", VERIFICATION_KEYS, "configMap", Map.of("name", VERIFICATION_KEYS, "defaultMode", OPEN)));
        if (signatures.signs()) {
            config.put("signing-jwks-file", FILE);
            config.put("signing-jwks-key-id", signatures.keyId());
            config.put(
                    "signingJWKSVolume",
                    Map.of("name", SIGNING_KEY, "secret", Map.of("secretName", SIGNING_KEY, "defaultMode", SECRET)));
            // What a repository or a step brings would run beside the key.
            config.put("no-local-hooks", true);
            config.put("no-plugins", true);
            // A script that runs as somebody else could type into a terminal that it shares with root.
            config.put("no-pty", true);
        }
        return config;
    }
}
