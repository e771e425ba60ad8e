package io.buildkitefleet.config.read;

import io.buildkitefleet.text.VisibleText;

/**
 * One thing that is wrong with the configuration, or may be. The texts are of one line, and show what cannot be seen in
 * a key or a value.
 *
 * @param path where it stands, from the key with its namespace down: {@code buildkite-fleet:fleet.pools.big.max}
 * @param message what was got, what is allowed, and what to do
 * @param file the one in which it stands, if it is another than the stack's own; else empty
 */
public record Problem(String path, String message, String file) {
    public Problem {
        path = VisibleText.line(path);
        message = VisibleText.line(message);
        file = VisibleText.line(file);
    }

    /** In the stack's own file. */
    public Problem(String path, String message) {
        this(path, message, "");
    }

    /** As a person is told of it. */
    public String line() {
        return (file.isEmpty() ? "" : file + ": ") + path + ": " + message;
    }
}
