package io.buildkitefleet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What makes a shell complete commands, options, stacks and keys. */
@Command(
        name = "completion",
        description = {
            "Print what makes a shell complete commands, options, stacks and keys.",
            "  source <('${sys:" + FleetCommand.PROJECT + ":-/path/to/buildkite-fleet}/fleet' completion bash)",
            "in ~/.bashrc, or the same with zsh in ~/.zshrc."
        })
final class CompletionCommand implements Callable<Integer> {
    /** The shells. Picocli's script knows in which of them it is. */
    enum Shell {
        BASH,
        ZSH
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.print(new CompletionScript(spec.root().commandLine(), ExplainCommand.search()));
        out.flush();
        return 0;
    }
}
