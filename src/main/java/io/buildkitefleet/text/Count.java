package io.buildkitefleet.text;

/**
 * So many of something, as a person says it: 1 node, 2 nodes.
 *
 * @param one what one of them is called; several have an s at the end
 */
public record Count(long number, String one) {
    @Override
    public String toString() {
        return number + " " + one + (number == 1 ? "" : "s");
    }
}
