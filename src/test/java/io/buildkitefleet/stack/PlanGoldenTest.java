package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.report.text.PlanText;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine.Help.Ansi;

/** What a person sees of the stacks, and every input and option behind it. */
@ExtendWith(PreviewedStacks.Extension.class)
class PlanGoldenTest {
    @Test
    void devReadsAsAgreed(PreviewedStacks previews) {
        Golden.named("dev.txt").matches(text(previews.dev()));
    }

    @Test
    void prodReadsAsAgreed(PreviewedStacks previews) {
        Golden.named("prod.txt").matches(text(previews.prod()));
    }

    @Test
    void localReadsAsAgreed(PreviewedStacks previews) {
        Golden.named("local.txt").matches(text(previews.local()));
    }

    @Test
    void everyInputAndOptionOfLocalIsAsAgreed(PreviewedStacks previews) {
        Golden.named("local-resources.yaml")
                .matches(ResourceListing.of(previews.local().plan()));
    }

    @Test
    void everyInputAndOptionOfDevIsAsAgreed(PreviewedStacks previews) {
        Golden.named("dev-resources.yaml")
                .matches(ResourceListing.of(previews.dev().plan()));
    }

    @Test
    void everyInputAndOptionOfProdIsAsAgreed(PreviewedStacks previews) {
        Golden.named("prod-resources.yaml")
                .matches(ResourceListing.of(previews.prod().plan()));
    }

    @Test
    void theReadmeShowsWhatIsReallyPrinted(PreviewedStacks previews) throws IOException {
        var printed = text(previews.dev());
        assertThat(Files.readString(Path.of("README.md")))
                .contains("```\n" + printed.substring(printed.indexOf("QUEUE ")) + "```\n");
    }

    private static String text(StackPreview preview) {
        return PlanText.of(preview, Ansi.OFF).toString();
    }
}
