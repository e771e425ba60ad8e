package io.buildkitefleet.pulumi;

import java.nio.file.Path;
import java.util.Optional;

/**
 * With what a stack's secrets are encrypted, as far as its file says.
 *
 * @see <a href="https://www.pulumi.com/docs/iac/concepts/secrets/">Pulumi's secrets providers</a>
 */
public final class SecretsProvider {
    private final Optional<String> url;
    private final boolean isPassphrase;

    private SecretsProvider(Optional<String> url, boolean isPassphrase) {
        this.url = url;
        this.isPassphrase = isPassphrase;
    }

    /**
     * What the file of a stack says.
     *
     * @throws ProjectException if it cannot be read
     */
    public static SecretsProvider of(Path stackFile) {
        var settings = YamlFile.readMap(stackFile);
        var url = settings.get("secretsprovider") instanceof String text && text.contains("://")
                ? Optional.of(text)
                : Optional.<String>empty();
        return new SecretsProvider(url, url.isEmpty() && settings.containsKey("encryptionsalt"));
    }

    /** The key of a cloud that encrypts them, as {@code gcpkms://projects/...}. */
    public Optional<String> url() {
        return url;
    }

    /** Whether a passphrase does; else it is a key, Pulumi Cloud, or not decided yet. */
    public boolean isPassphrase() {
        return isPassphrase;
    }
}
