package io.buildkitefleet.diff;

import io.buildkitefleet.resources.Effect;

/**
 * One input that differs.
 *
 * @param path as Pulumi writes it: {@code nodeConfig.taints[0].key}
 * @param before as JSON text, empty if it was not there; never a secret's value
 * @param after as JSON text, empty if it is not there any more; never a secret's value
 */
public record PropertyChange(String path, String before, String after, Effect effect) {
    /** The same with values of so many characters at the most, which show where they differ. */
    public PropertyChange shortened(int longest) {
        var excerpt = Excerpt.of(before, after, longest);
        return new PropertyChange(path, excerpt.in(before), excerpt.in(after), effect);
    }
}
