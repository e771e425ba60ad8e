package io.buildkitefleet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Project;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LargeStackTest {
    @Test
    void isAFleetOfAsManyQueuesAsItWasAskedFor() throws Exception {
        try (var large = new LargeStack(Path.of(""), 100)) {
            var stack = Project.read(large.directory()).stack(LargeStack.NAME);
            assertThat(Previews.fleetOf(stack).queues()).hasSize(100);
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        var large = new LargeStack(Path.of(""), 1);
        large.close();
        assertThat(large.directory()).doesNotExist();
    }
}
