package io.buildkitefleet.operate;

import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.text.Listing;
import io.buildkitefleet.text.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The way into the pod of a queue's newest running job. */
public final class JobShell {
    /** What the shell of a person has found by then. */
    private static final String POD = "\"$POD\"";

    private final Machine machine;
    private final Fleet fleet;
    private final Queue queue;
    private final Entry entry;

    /**
     * How to go in.
     *
     * @param container the container of the job to go to
     * @param image the image of a container of one's own that can trace the other: none for a shell in the other
     */
    public record Entry(String container, Optional<String> image) {}

    /**
     * A way into jobs of a queue that people may debug.
     *
     * @throws OperateException if there is no such queue, or nobody may debug it
     */
    public JobShell(Machine machine, Fleet fleet, String queueName, Entry entry) {
        this.machine = machine;
        this.fleet = fleet;
        this.queue = debuggable(fleet, queueName);
        this.entry = entry;
    }

    private static Queue debuggable(Fleet fleet, String name) {
        var queue = fleet.queues().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new OperateException(name + " is not a queue; there are: "
                        + fleet.queues().stream().map(Queue::name).collect(Listing.joining())));
        if (fleet.isLocal()) {
            throw new OperateException("a local fleet has no debuggers to open a shell for; read what a job says: "
                    + "kubectl --context "
                    + fleet.config().local().orElseThrow().context() + " --namespace "
                    + queue.namespace() + " logs --all-containers --selector " + queue.jobSelector());
        }
        if (!queue.isTrusted()) {
            throw new OperateException(name + " is untrusted: nobody opens a shell beside code that anybody wrote");
        }
        if (!queue.isDebuggable()) {
            throw new OperateException("nobody may debug " + name + "; name people in queues." + name
                    + ".debuggers, as [user:jane@example.com], and run ./fleet up first");
        }
        return queue;
    }

    /** Lines for a person's own shell. */
    public List<String> lines() {
        return List.of(
                ShellWord.line(login()),
                "POD=\"$(" + ShellWord.line(kubectl("kubectl", newest())) + " | tail -n 1)\"",
                kubectl("kubectl", enter(POD)).stream()
                        .map(word -> word.equals(POD) ? word : new ShellWord(word).toString())
                        .collect(Collectors.joining(" ")));
    }

    /**
     * Goes in.
     *
     * @return the exit code of the shell
     * @throws OperateException if kubectl is not there, can't ask the cluster, or no job is running
     */
    public int run() {
        var kubectl = machine.find("kubectl")
                .orElseThrow(() -> new OperateException(
                        "kubectl is not installed; see https://kubernetes.io/docs/tasks/tools/, or leave out --run"))
                .toString();
        var pods = machine.output(kubectl(kubectl, newest()))
                .orElseThrow(() -> new OperateException(
                        "kubectl can't ask the cluster; log in first: " + ShellWord.line(login())));
        var pod = pods.lines()
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new OperateException("no job of queue " + queue.name() + " is running"));
        return Terminal.handOver(kubectl(kubectl, enter(pod)));
    }

    private List<String> login() {
        var command = new ArrayList<>(List.of(
                "gcloud",
                "container",
                "clusters",
                "get-credentials",
                fleet.clusterName(),
                "--location",
                fleet.location(),
                "--project",
                fleet.config().project()));
        if (fleet.config().cluster().dnsEndpoint()) {
            command.add("--dns-endpoint");
        } else if (fleet.config().cluster().privateEndpoint()) {
            command.add("--internal-ip");
        }
        return command;
    }

    /** Running jobs, the newest last. */
    private List<String> newest() {
        return List.of(
                "get",
                "pods",
                "--selector",
                queue.jobSelector(),
                "--field-selector",
                "status.phase=Running",
                "--sort-by",
                ".metadata.creationTimestamp",
                "--output",
                "name");
    }

    private List<String> enter(String pod) {
        return entry.image()
                .map(image -> List.of(
                        "debug",
                        "--stdin",
                        "--tty",
                        pod,
                        "--image",
                        image,
                        "--target",
                        entry.container(),
                        // The one that adds SYS_PTRACE and nothing else.
                        "--profile",
                        "general",
                        "--",
                        "bash"))
                .orElseGet(() ->
                        List.of("exec", "--stdin", "--tty", pod, "--container", entry.container(), "--", "/bin/sh"));
    }

    /** The context is the one that gcloud makes, so that the current one can be another cluster's. */
    private List<String> kubectl(String program, List<String> arguments) {
        var context = String.join("_", "gke", fleet.config().project(), fleet.location(), fleet.clusterName());
        return Stream.concat(
                        Stream.of(program, "--context", context, "--namespace", queue.namespace()), arguments.stream())
                .toList();
    }
}
