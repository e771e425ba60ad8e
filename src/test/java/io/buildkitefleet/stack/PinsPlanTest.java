package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.MirrorDiskConfig;
import io.buildkitefleet.fleet.images.PinnedImage;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the fleet runs of others is what stands in pins.json, or what the configuration names. */
@ExtendWith(PreviewedStacks.Extension.class)
class PinsPlanTest {
    static Stream<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void everyImageIsPinnedOrConfigured(StackPreview stack) {
        var known = new TreeSet<String>();
        var images = stack.fleet().names().images();
        Stream.of(PinnedImage.values()).map(images::pinned).forEach(known::add);
        stack.fleet().queues().forEach(queue -> queue.config().image().ifPresent(known::add));
        stack.fleet()
                .config()
                .checkout()
                .mirrorDisk()
                .map(MirrorDiskConfig::image)
                .ifPresent(known::add);

        assertThat(images(stack)).isNotEmpty().isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void everyChartIsPinned(StackPreview stack) {
        assertThat(stack.plan().ofType("kubernetes:helm.sh/v3:Release"))
                .isNotEmpty()
                .allSatisfy(release -> {
                    assertThat(Inputs.text(release, "chart"))
                            .isEqualTo(stack.fleet().names().images().chart());
                    assertThat(Inputs.text(release, "version"))
                            .isEqualTo(stack.fleet().names().images().chartVersion());
                });
    }

    private static TreeSet<String> images(StackPreview stack) {
        var images = new TreeSet<String>();
        stack.plan().registrations().stream()
                .filter(registration -> registration.type().startsWith("kubernetes:"))
                .forEach(registration -> Inputs.leaves(Inputs.revealed(registration.inputs()))
                        .forEach((path, value) -> {
                            if (path.endsWith("image")) {
                                images.add(value.replace("\"", ""));
                            }
                        }));
        return images;
    }
}
