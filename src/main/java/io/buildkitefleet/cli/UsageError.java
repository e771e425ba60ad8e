package io.buildkitefleet.cli;

import io.buildkitefleet.config.read.Section;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a command line that nobody can follow: what it was, what was meant perhaps, and where to look. */
final class UsageError {
    private UsageError() {}

    /** Tells it on stderr. */
    static int tell(ParameterException wrong, String[] arguments) {
        var commandLine = wrong.getCommandLine();
        var err = commandLine.getErr();
        var spec = commandLine.getCommandSpec();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            err.println(unknown(spec, unmatched.getUnmatched()));
        } else if (wrong.getArgSpec() == null
                && wrong.getValue() != null
                && !spec.subcommands().isEmpty()) {
            err.println(unknownCommand(spec, wrong.getValue().toString()));
        } else {
            var unknown = commandLine.getUnmatchedArguments();
            if (unknown.stream().anyMatch(UsageError::isOption)) {
                err.println(unknown(spec, unknown));
            }
            err.println(wrong.getMessage());
            err.println(usage(commandLine));
        }
        err.println(seeHelp(spec));
        return CommandLine.ExitCode.USAGE;
    }

    private static String usage(CommandLine commandLine) {
        var help = commandLine.getHelp();
        return (help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength())).stripTrailing();
    }

    private static String seeHelp(CommandSpec spec) {
        return "See: ./" + spec.qualifiedName() + " --help";
    }

    /** @param words that the command has no use for */
    private static String unknown(CommandSpec spec, List<String> words) {
        var options = words.stream().filter(UsageError::isOption).toList();
        if (!options.isEmpty()) {
            return options.stream()
                    .map(option -> unknownOption(spec, option))
                    .distinct()
                    .collect(Collectors.joining("\n"));
        }
        return spec.subcommands().isEmpty()
                ? spec.name() + " does not take: " + String.join(" ", words)
                : unknownCommand(spec, words.get(0));
    }

    /** Whether a word is meant for an option. */
    static boolean isOption(String word) {
        return word.length() > 1 && word.startsWith("-");
    }

    /** Names an option that there is not, and the one that was meant. */
    static String unknownOption(CommandSpec spec, String word) {
        var option = word.replaceFirst("=.*", "");
        return spec.name() + " has no option '" + option + "'"
                + meant(option, spec.optionsMap().keySet());
    }

    private static String unknownCommand(CommandSpec spec, String word) {
        return "there is no command '" + word + "'"
                + meant(word, spec.subcommands().keySet());
    }

    private static String meant(String got, Set<String> known) {
        var near = Section.near(got, new TreeSet<>(known));
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }
}
