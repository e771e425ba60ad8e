package io.buildkitefleet.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Does in one namespace what the controllers of Jobs, disks and snapshots do: Jobs end, disks are there, snapshots are
 * ready, and a claim that is deleted goes when no pod uses it.
 */
final class StorageStandIn {
    /** What does not work. */
    enum Fault {
        JOBS_FAIL,
        DISKS_STAY_ATTACHED,
        NO_SNAPSHOT_IS_READY,
        NO_SHARED_DISK_IS_MADE
    }

    private static final String NOW = "2026-01-01T00:00:00Z";

    private final ApiClient client;
    private final String core;
    private final String jobs;
    private final String snapshots;
    private final Set<Fault> faults;
    private final List<Throwable> failures = new ArrayList<>();

    StorageStandIn(ApiClient client, String namespace, Fault... faults) {
        this.client = client;
        this.core = "/api/v1/namespaces/" + namespace;
        this.jobs = "/apis/batch/v1/namespaces/" + namespace + "/jobs";
        this.snapshots = "/apis/snapshot.storage.k8s.io/v1/namespaces/" + namespace + "/volumesnapshots";
        this.faults = EnumSet.noneOf(Fault.class);
        this.faults.addAll(List.of(faults));
    }

    /** Something that takes a while. */
    interface Work {
        Run run() throws IOException, InterruptedException;
    }

    /** Does its part until the work is done, and says what came of that. */
    Run during(Work work) throws IOException, InterruptedException {
        var rounds = Executors.newSingleThreadScheduledExecutor();
        rounds.scheduleWithFixedDelay(this::round, 0, 50, TimeUnit.MILLISECONDS);
        try {
            return work.run();
        } finally {
            rounds.shutdown();
            rounds.awaitTermination(30, TimeUnit.SECONDS);
            assertThat(failures).isEmpty();
        }
    }

    private void round() {
        try {
            endJobs();
            makeDisks();
            if (!faults.contains(Fault.NO_SNAPSHOT_IS_READY)) {
                for (var snapshot : client.list(snapshots)) {
                    client.merge(snapshots + "/" + name(snapshot) + "/status", "{status: {readyToUse: true}}");
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError failure) {
            failures.add(failure);
        }
    }

    private void endJobs() throws InterruptedException {
        for (var job : client.list(jobs)) {
            if (job.toString().contains("lastTransitionTime")) {
                continue;
            }
            var failed = faults.contains(Fault.JOBS_FAIL);
            var types = failed ? List.of("FailureTarget", "Failed") : List.of("SuccessCriteriaMet", "Complete");
            var conditions = types.stream()
                    .map(type -> "{type: " + type + ", status: 'True', lastTransitionTime: '" + NOW + "'}")
                    .toList();
            client.merge(
                    jobs + "/" + name(job) + "/status",
                    "{status: {startTime: '" + NOW + "', " + (failed ? "" : "completionTime: '" + NOW + "', ")
                            + "conditions: " + conditions + "}}");
        }
    }

    private void makeDisks() throws InterruptedException {
        var used = client.list(core + "/pods").toString();
        for (var claim : client.list(core + "/persistentvolumeclaims")) {
            var path = core + "/persistentvolumeclaims/" + name(claim);
            var isShared = claim.toString().contains("ReadOnlyMany");
            if (claim.getAsJsonObject("metadata").has("deletionTimestamp")) {
                if (!used.contains("\"" + name(claim) + "\"")) {
                    client.merge(path, "{metadata: {finalizers: []}}");
                }
            } else if (!isShared || !faults.contains(Fault.NO_SHARED_DISK_IS_MADE)) {
                bind(claim, path);
            }
        }
    }

    private void bind(JsonObject claim, String path) throws InterruptedException {
        var volume = "disk-" + Json.text(claim.getAsJsonObject("metadata"), "uid");
        if (claim.getAsJsonObject("spec").has("volumeName")) {
            return;
        }
        client.merge(path, "{spec: {volumeName: " + volume + "}}");
        client.merge(path + "/status", "{status: {phase: Bound}}");
        if (faults.contains(Fault.DISKS_STAY_ATTACHED)) {
            var attachment = Json.of(Map.of("apiVersion", "storage.k8s.io/v1", "kind", "VolumeAttachment"));
            attachment.add("metadata", Json.of(Map.of("name", volume)));
            attachment.add(
                    "spec",
                    Json.parse("{attacher: pd.csi.storage.gke.io, nodeName: n, source: {persistentVolumeName: " + volume
                            + "}}"));
            client.create(attachment);
        }
    }

    private static String name(JsonObject object) {
        return Json.text(object.getAsJsonObject("metadata"), "name");
    }
}
