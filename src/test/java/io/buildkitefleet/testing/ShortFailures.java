package io.buildkitefleet.testing;

import io.buildkitefleet.pulumi.Registration;
import org.assertj.core.configuration.Configuration;
import org.assertj.core.presentation.Representation;
import org.assertj.core.presentation.StandardRepresentation;

/** Lets a failure be read on one screen: AssertJ finds it by its name in {@code META-INF/services}. */
public final class ShortFailures extends Configuration {
    private static final int MOST_ELEMENTS = 12;

    /** Characters of a text; of a longer one its two ends are shown. */
    private static final int LONGEST_TEXT = 3000;

    public ShortFailures() {
        setMaxElementsForPrinting(MOST_ELEMENTS);
    }

    /** Without a word on stdout, which every run would begin with. */
    @Override
    public void applyAndDisplay() {
        apply();
    }

    @Override
    public Representation representation() {
        return new StandardRepresentation() {
            @Override
            protected String fallbackToStringOf(Object object) {
                return object instanceof Registration resource
                        ? resource.type() + " " + resource.name()
                        : shortened(super.fallbackToStringOf(object));
            }

            @Override
            protected String toStringOf(String text) {
                return shortened(super.toStringOf(text));
            }
        };
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, LONGEST_TEXT / 2)
                        + "\n… " + (text.length() - LONGEST_TEXT) + " characters …\n"
                        + text.substring(text.length() - LONGEST_TEXT / 2);
    }
}
