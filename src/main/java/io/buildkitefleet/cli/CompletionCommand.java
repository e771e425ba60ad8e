package io.buildkitefleet.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What makes a shell complete commands, options, stacks and keys. */
@Command(
        name = "completion",
        description = {
            "Print what makes a shell complete commands, options, stacks and keys.",
            "  source <(./fleet completion bash)",
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
        var root = spec.root();
        var out = spec.commandLine().getOut();
        out.print(StackNames.lookUp(AutoComplete.bash(root.name(), root.commandLine())));
        out.flush();
        return 0;
    }
}
