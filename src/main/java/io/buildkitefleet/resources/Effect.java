package io.buildkitefleet.resources;

/** What a change of an input does to its resource, the mildest first. */
public enum Effect {
    /** It is changed where it is. */
    UPDATE,
    /** It depends on what only the cloud knows, or nobody has written it down here. */
    MAY_REPLACE,
    /** The resource is deleted and made anew. */
    REPLACE;

    /** The worse of the two. */
    public Effect or(Effect other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
