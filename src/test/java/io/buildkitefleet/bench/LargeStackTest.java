package io.buildkitefleet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Project;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeStackTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 300})
    void isAFleetOfAsManyQueuesAsItWasAskedFor(int queues) throws Exception {
        try (var large = new LargeStack(Path.of(""), queues)) {
            var stack = Project.read(large.directory()).stack(LargeStack.NAME);
            assertThat(Previews.fleetOf(stack).queues()).hasSize(queues);
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        var large = new LargeStack(Path.of(""), 1);
        large.close();
        assertThat(large.directory()).doesNotExist();
    }
}
