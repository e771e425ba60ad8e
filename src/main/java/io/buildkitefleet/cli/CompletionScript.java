package io.buildkitefleet.cli;

import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.reference.KeySearch;
import io.buildkitefleet.text.BundledFile;
import io.buildkitefleet.text.ShellWord;
import java.util.Collection;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;

/** What a shell reads to complete words: picocli's own script, and around it what a line is in bash and in zsh. */
final class CompletionScript {
    /** What the shell calls, in picocli's script and in ours. */
    private static final String OF_PICOCLI = "complete -F _complete_";

    private static final String OURS = "complete -F _fleet_complete -o default ";

    private final CommandLine root;
    private final KeySearch keys;

    CompletionScript(CommandLine root, KeySearch keys) {
        this.root = root;
        this.keys = keys;
    }

    @Override
    public String toString() {
        var name = root.getCommandName();
        return BundledFile.text("/completion/stacks.sh") + "\n"
                + BundledFile.text("/completion/words.sh") + "\n"
                + "_fleet_key=" + new ShellWord(ConfigSource.FLEET) + "\n"
                + "_fleet_beside=(" + words(keys.besideNames()) + ")\n"
                + "_fleet_named=(" + words(keys.named()) + ")\n"
                + StackNames.lookUp(AutoComplete.bash(name, root)).replace(OF_PICOCLI + name + " -o default ", OURS);
    }

    private static String words(Collection<String> words) {
        return words.stream().map(word -> new ShellWord(word).toString()).collect(Collectors.joining(" "));
    }
}
