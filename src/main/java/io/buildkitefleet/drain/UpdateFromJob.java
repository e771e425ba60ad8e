package io.buildkitefleet.drain;

import io.buildkitefleet.operate.OperateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An update that a job of a pipeline runs. It must not stop the job: a Pulumi that is killed leaves the stack locked
 * and whatever it was at half-done.
 */
public final class UpdateFromJob {
    private final List<String> previewCommand;
    private final Optional<String> queue;
    private final Optional<String> account;

    /**
     * @param previewCommand Pulumi's preview of the update, in JSON with all resources
     * @param queue the stack's queue that the job runs on; none if it runs elsewhere
     * @param account the service account that the update acts as by a token from outside of Google Cloud, if it does
     */
    public UpdateFromJob(List<String> previewCommand, Optional<String> queue, Optional<String> account) {
        this.previewCommand = List.copyOf(previewCommand);
        this.queue = queue;
        this.account = account;
    }

    /**
     * Asks Pulumi what the update does.
     *
     * @throws OperateException if the job must not run it, with all reasons
     */
    public void check() throws InterruptedException {
        try (var interruption = new Interruption()) {
            var steps = new EnginePreview(previewCommand).steps(interruption);
            var refusals = new ArrayList<String>();
            var losses = new LossReader(steps).readStops().reasons();
            queue.filter(losses::containsKey)
                    .map(own -> stopsItself(own, losses.get(own)))
                    .ifPresent(refusals::add);
            OwnersChanges.refusal(steps, account).ifPresent(refusals::add);
            if (!refusals.isEmpty()) {
                throw new OperateException(String.join("\n", refusals));
            }
        }
    }

    private static String stopsItself(String queue, List<String> reasons) {
        return "this update would stop the job that runs it, on queue " + queue + ": " + String.join("; ", reasons)
                + "; run it on another queue or from elsewhere, or say --own-queue-elsewhere if the job's queue is "
                + "another stack's of the same name";
    }
}
