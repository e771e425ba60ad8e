package io.buildkitefleet.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.deployment.internal.Runner;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TaskQueueTest {
    private static final Duration A_WHILE = Duration.ofMinutes(1);

    /** What the program returned, or why it failed. */
    private final CompletableFuture<Object> end = new CompletableFuture<>();

    private final TaskQueue queue = new TaskQueue(new Runner() {
        @Override
        public <T> void registerTask(String description, CompletableFuture<T> task) {
            throw new UnsupportedOperationException("the queue keeps the tasks");
        }

        @Override
        public <T> CompletableFuture<Result<T>> runAsync(Supplier<T> program) {
            CompletableFuture.supplyAsync(program).whenComplete((value, reason) -> {
                if (reason == null) {
                    end.complete(value);
                } else {
                    end.completeExceptionally(reason);
                }
            });
            return new CompletableFuture<>();
        }
    });

    @Test
    void aProgramEndsWhenItsLastTaskIsDone() {
        var first = new CompletableFuture<String>();
        var last = new CompletableFuture<String>();
        queue.runAsync(() -> {
            queue.registerTask("first", first);
            queue.registerTask("last", last);
            return "value";
        });
        last.complete("done");
        assertThat(end).isNotDone();
        first.complete("done");
        assertThat(end).succeedsWithin(A_WHILE).isEqualTo("value");
    }

    @Test
    void aTaskMayStartAnother() {
        var first = new CompletableFuture<String>();
        var second = new CompletableFuture<String>();
        queue.runAsync(() -> {
            queue.registerTask("first", first.thenAccept(done -> queue.registerTask("second", second)));
            return "value";
        });
        first.complete("done");
        assertThat(end).isNotDone();
        second.complete("done");
        assertThat(end).succeedsWithin(A_WHILE);
    }

    @Test
    void aFailureDoesNotWaitForWhatStillRuns() {
        queue.runAsync(() -> {
            queue.registerTask("runs for ever", new CompletableFuture<String>());
            queue.registerTask("fails", CompletableFuture.failedFuture(new IllegalStateException("no quota")));
            return "value";
        });
        assertThat(end).failsWithin(A_WHILE).withThrowableThat().withMessageContaining("no quota");
    }

    @Test
    void waitingDoesNotAskOverAndOver() {
        var asked = new AtomicInteger();
        var task = new CompletableFuture<String>() {
            @Override
            public boolean isDone() {
                asked.incrementAndGet();
                return super.isDone();
            }
        };
        var registered = new CompletableFuture<Void>();
        queue.runAsync(() -> {
            queue.registerTask("update", task);
            registered.complete(null);
            return "value";
        });
        registered.join();
        task.completeAsync(
                () -> "done", CompletableFuture.delayedExecutor(300, java.util.concurrent.TimeUnit.MILLISECONDS));
        assertThat(end).succeedsWithin(A_WHILE);
        assertThat(asked).hasValueLessThan(5);
    }
}
