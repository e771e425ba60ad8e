package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import java.util.List;
import java.util.Map;

/**
 * What a {@link SecretStore} is made of.
 *
 * @param key the id of the KMS key that encrypts the secrets
 */
public record SecretStoreArgs(
        Output<String> project,
        String region,
        Output<String> key,
        List<Entry> entries,
        Map<String, String> labels,
        boolean protect) {
    /**
     * One secret.
     *
     * @param configKey the key of its value in the stack's configuration
     * @param secretId its name in Secret Manager
     * @param value its value, which Pulumi keeps encrypted
     * @param readers who may read it: a name for the grant, to the IAM member
     */
    public record Entry(String configKey, String secretId, Output<String> value, Map<String, Output<String>> readers) {}
}
