package io.buildkitefleet.rules.secrets;

/**
 * A secret that is written down in clear. It never says what the secret is.
 *
 * @param path where it stands, as {@code spec.containers[0].env[2].value}
 * @param sign by what it was known, as the end of a sentence about it
 */
public record LiteralSecret(String path, String sign) {
    @Override
    public String toString() {
        return path + " looks like a secret: it " + sign;
    }
}
