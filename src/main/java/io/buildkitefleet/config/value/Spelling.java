package io.buildkitefleet.config.value;

import java.util.Locale;

/** How the constants of the configuration's enums are written, wherever a person or Google reads them. */
public final class Spelling {
    private Spelling() {}

    /** In lower case, with hyphens: {@code on-demand}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
