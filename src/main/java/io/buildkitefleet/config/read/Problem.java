package io.buildkitefleet.config.read;

import io.buildkitefleet.text.SecretForms;
import io.buildkitefleet.text.VisibleText;

/**
 * One thing that is wrong with the configuration, or may be. The texts are of one line, show what cannot be seen in a
 * key or a value, and do not show what looks like a secret there.
 *
 * @param path where it stands, from the key with its namespace down: {@code buildkite-fleet:fleet.pools.big.max}
 * @param message what was got, what is allowed, and what to do
 * @param file the one in which it stands, if it is another than the stack's own; else empty
 */
public record Problem(String path, String message, String file) {
    public Problem {
        path = shown(path);
        message = shown(message);
        file = shown(file);
    }

    /** In the stack's own file. */
    public Problem(String path, String message) {
        this(path, message, "");
    }

    private static String shown(String text) {
        return VisibleText.line(SecretForms.hidden(text));
    }

    /** As a person is told of it. */
    public String line() {
        return (file.isEmpty() ? "" : file + ": ") + path + ": " + message;
    }
}
