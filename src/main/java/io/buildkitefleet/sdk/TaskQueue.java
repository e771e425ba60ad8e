package io.buildkitefleet.sdk;

import com.pulumi.deployment.internal.Runner;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Waits for what a program has started, in the order of its start, or for the first of it that fails. The SDK's own
 * runner, which still tells what fails, asks all of it over and over whether it is done: that takes a core for as long
 * as an update lasts, and half of the time of a preview of a hundred queues.
 */
final class TaskQueue implements Runner {
    private final Runner sdk;
    private final Queue<CompletableFuture<?>> tasks = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();

    /** @param sdk runs the program, and tells the engine what fails */
    TaskQueue(Runner sdk) {
        this.sdk = sdk;
    }

    @Override
    public <T> void registerTask(String description, CompletableFuture<T> task) {
        task.whenComplete((done, reason) -> {
            if (reason != null) {
                failed.completeExceptionally(reason);
            }
        });
        tasks.add(task);
    }

    @Override
    public <T> CompletableFuture<Result<T>> runAsync(Supplier<T> program) {
        return sdk.runAsync(() -> {
            var value = program.get();
            for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                if (!task.isDone() || task.isCompletedExceptionally()) {
                    CompletableFuture.anyOf(task, failed).join();
                }
            }
            return value;
        });
    }
}
