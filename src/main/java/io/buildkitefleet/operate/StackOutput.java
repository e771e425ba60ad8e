package io.buildkitefleet.operate;

import java.nio.file.Path;
import java.util.List;

/** What a deployed stack says of itself, as Pulumi keeps it in the stack's state. */
public final class StackOutput {
    private final Machine machine;
    private final Path project;

    /** @param project the directory with {@code Pulumi.yaml} */
    public StackOutput(Machine machine, Path project) {
        this.machine = machine;
        this.project = project;
    }

    /**
     * One output as JSON; it must not be a secret.
     *
     * @throws OperateException if Pulumi is not there, or has no such output
     */
    public String json(String stack, String output) {
        var pulumi = machine.find("pulumi")
                .orElseThrow(() -> new OperateException("pulumi is not installed, and holds the output " + output
                        + " of the stack; see https://www.pulumi.com/docs/install/"));
        return machine.output(List.of(
                        pulumi.toString(),
                        "stack",
                        "output",
                        output,
                        "--json",
                        "--non-interactive",
                        "--cwd",
                        project.toString(),
                        "--stack",
                        stack))
                .orElseThrow(() -> new OperateException("stack " + stack + " has no output " + output
                        + " yet, or you are not logged in; see what Pulumi says: pulumi stack output " + output
                        + " --stack " + stack));
    }
}
