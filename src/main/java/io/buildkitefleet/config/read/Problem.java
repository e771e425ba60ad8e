package io.buildkitefleet.config.read;

import io.buildkitefleet.text.VisibleText;

/**
 * One thing that is wrong with the configuration, or may be. Both texts are of one line, and show what cannot be seen
 * in a key or a value.
 *
 * @param path where it stands, from the key with its namespace down: {@code buildkite-fleet:fleet.pools.big.max}
 * @param message what was got, what is allowed, and what to do
 */
public record Problem(String path, String message) {
    public Problem {
        path = VisibleText.line(path);
        message = VisibleText.line(message);
    }
}
