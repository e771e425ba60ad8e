package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.fleet.JobPod;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.text.Count;
import java.util.Optional;

/** Derives what a job of a queue gets from the node that it runs on, so that its pod provably fits. */
final class JobSizer {
    /** An estimate: a checkout, its dependencies and what they are built into. A queue may ask for smaller shares. */
    static final Memory LEAST_DISK = Memory.gibibytes(4);

    private final Place at;
    private final Pool pool;
    private final QueueConfig queue;
    private final Problems problems;

    JobSizer(Place at, Pool pool, QueueConfig queue, Problems problems) {
        this.at = at;
        this.pool = pool;
        this.queue = queue;
        this.problems = problems;
    }

    /** The size, unless the job does not fit. */
    Optional<JobSize> size() {
        var share = pool.forJobs().dividedBy(queue.jobsPerNode()).minus(JobPod.OVERHEAD);
        var docker = queue.can(Capability.DOCKER);
        // What containers need that a job starts is the daemon's, so the daemon gets as much as the job.
        var most = docker ? share.dividedBy(2) : share;
        var gpus = gpus();
        if (!checkMost(most) || !checkPods() || !checkWanted(most) || gpus.isEmpty()) {
            return Optional.empty();
        }
        var command =
                new Resources(queue.cpu().orElse(most.cpu()), queue.memory().orElse(most.memory()));
        var sidecar = docker ? Optional.of(command) : Optional.<Resources>empty();
        var jobs = jobsPerNode(new JobPod(command, sidecar, pool.diskForJobs(), gpus.get()));
        var disk = new Memory(pool.diskForJobs().mebibytes() / jobs);
        return Optional.of(new JobSize(new JobPod(command, sidecar, disk, gpus.get()), jobs));
    }

    /** A job that asks for less than its share leaves room for others, as far as disk, pods and GPUs allow. */
    private int jobsPerNode(JobPod pod) {
        if (pod.gpus() > 0) {
            return queue.jobsPerNode();
        }
        var fitting = pool.forJobs().holds(pod.requests());
        var byDisk = (int) (pool.diskForJobs().mebibytes() / LEAST_DISK.mebibytes());
        return Math.max(queue.jobsPerNode(), Math.min(Math.min(fitting, byDisk), pool.podsForJobs()));
    }

    private boolean checkMost(Resources most) {
        if (JobPod.LEAST.fitsIn(most)) {
            return true;
        }
        at.add(
                queue.jobsPerNode() > 1 ? "jobsPerNode" : "pool",
                "does not fit: a job would get " + most + ", and needs at least " + JobPod.LEAST + "; " + sum());
        return false;
    }

    /** Each job is a pod. The pool's taint keeps all others away but those of GKE, which tolerate everything. */
    private boolean checkPods() {
        if (queue.jobsPerNode() <= pool.podsForJobs()) {
            return true;
        }
        at.add(
                "jobsPerNode",
                "does not fit: a node can hold at most " + pool.podsForJobs() + " jobs, got " + queue.jobsPerNode()
                        + "; " + node() + " may have " + Limit.PODS_OF_NODE.most() + " pods, less " + pool.systemPods()
                        + " for GKE's own");
        return false;
    }

    private boolean checkWanted(Resources most) {
        var before = problems.found().size();
        queue.cpu().filter(cpu -> cpu.compareTo(most.cpu()) > 0).ifPresent(cpu -> tooMuch("cpu", cpu, most.cpu()));
        queue.memory()
                .filter(memory -> memory.compareTo(most.memory()) > 0)
                .ifPresent(memory -> tooMuch("memory", memory, most.memory()));
        checkLeast(at, queue);
        return problems.found().size() == before;
    }

    /** Whether a job gets enough to start at all, wherever it runs. */
    static void checkLeast(Place at, QueueConfig queue) {
        queue.cpu()
                .filter(cpu -> cpu.compareTo(JobPod.LEAST.cpu()) < 0)
                .ifPresent(cpu -> tooLittle(at, "cpu", cpu, JobPod.LEAST.cpu()));
        queue.memory()
                .filter(memory -> memory.compareTo(JobPod.LEAST.memory()) < 0)
                .ifPresent(memory -> tooLittle(at, "memory", memory, JobPod.LEAST.memory()));
    }

    private void tooMuch(String key, Object wanted, Object most) {
        at.add(key, "does not fit: a job can get at most " + most + ", got " + wanted + "; " + sum());
    }

    private static void tooLittle(Place at, String key, Object wanted, Object least) {
        at.add(key, "must be at least " + least + ", got " + wanted);
    }

    /** The arithmetic behind a refusal, so that a person can check it. */
    private String sum() {
        var text = new StringBuilder(node() + " has " + pool.allocatable().resources() + " for pods, less "
                + pool.system() + " for GKE's own, ÷ " + queue.jobsPerNode() + " a node, less " + JobPod.OVERHEAD
                + " for agent, checkout and a sidecar");
        if (queue.can(Capability.DOCKER)) {
            text.append(", half of it for the Docker daemon");
        }
        return text.toString();
    }

    private String node() {
        return "a node of pool " + pool.name() + " (" + pool.machine().name() + ")";
    }

    /** The whole GPUs of a job; none if they can't be shared out evenly. */
    private Optional<Integer> gpus() {
        if (pool.config().accelerator().isEmpty()
                || problems.at("pools", pool.name()).isInDoubt("accelerator")) {
            return Optional.of(0);
        }
        var count = pool.config().accelerator().get().count();
        if (count % queue.jobsPerNode() != 0) {
            at.add(
                    "jobsPerNode",
                    "must divide the " + new Count(count, "GPU") + " of a node of pool " + pool.name() + " evenly, got "
                            + queue.jobsPerNode());
            return Optional.empty();
        }
        return Optional.of(count / queue.jobsPerNode());
    }
}
