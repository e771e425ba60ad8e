package io.buildkitefleet.plan;

import io.buildkitefleet.report.PlanText;
import io.buildkitefleet.report.StackPreview;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.Previews;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine.Help.Ansi;

/** What a person sees of both stacks, and every input and option behind it. */
@ExtendWith(Previews.Extension.class)
class PlanGoldenTest {
    @Test
    void devReadsAsAgreed(Previews previews) {
        Golden.named("dev.txt").matches(text(previews.dev()));
    }

    @Test
    void prodReadsAsAgreed(Previews previews) {
        Golden.named("prod.txt").matches(text(previews.prod()));
    }

    @Test
    void everyInputAndOptionOfDevIsAsAgreed(Previews previews) {
        Golden.named("dev-resources.yaml")
                .matches(ResourceListing.of(previews.dev().plan()));
    }

    @Test
    void everyInputAndOptionOfProdIsAsAgreed(Previews previews) {
        Golden.named("prod-resources.yaml")
                .matches(ResourceListing.of(previews.prod().plan()));
    }

    private static String text(StackPreview preview) {
        return new PlanText(preview, Ansi.OFF).toString();
    }
}
