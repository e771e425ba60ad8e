package io.buildkitefleet.scaffold;

import io.buildkitefleet.text.BundledFile;
import java.util.Locale;

/** What a new stack may be like. Each has its template in {@code src/main/resources/examples}. */
public enum Example {
    /** One pool of small machines, one queue, one zone: the cheapest fleet that runs builds. */
    SMALL,
    /** A regional fleet with queues for large builds, for small ones, for deployments and for code from outside. */
    PROD;

    /** As a person names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String template() {
        return BundledFile.text("/examples/Pulumi." + word() + ".yaml");
    }
}
