package io.buildkitefleet.cli;

import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.text.Listing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * The words that stand for a value on the command line: in lower case, as its help has them, wherever they are
 * completed, or named to whoever typed another one.
 */
final class TypedWords {
    /** What the arguments are called that name a stack. */
    private static final String STACK = "STACK";

    private TypedWords() {}

    /** Gives them to every command; whatever makes stacks takes a name that there is not. */
    static void giveTo(CommandLine commandLine) {
        commandLine.getSubcommands().forEach((name, command) -> {
            giveTo(command.getCommandSpec(), !name.equals("init"));
            giveTo(command);
        });
    }

    private static void giveTo(CommandSpec command, boolean takesStacks) {
        Stream.concat(command.options().stream(), command.positionalParameters().stream())
                .filter(argument -> argument.group() == null && !argument.inherited())
                .toList()
                .forEach(argument -> {
                    if (argument.type().isEnum()) {
                        ofChoice(command, argument);
                    } else if (takesStacks && argument.paramLabel().equals(STACK)) {
                        replace(command, argument, argument.converters(), new StackNames());
                    }
                });
    }

    private static void ofChoice(CommandSpec command, ArgSpec argument) {
        var words = words(argument.type());
        ITypeConverter<Object> converter = typed -> meant(typed, words);
        replace(command, argument, new ITypeConverter<?>[] {converter}, List.copyOf(words.keySet()));
    }

    private static void replace(
            CommandSpec command, ArgSpec argument, ITypeConverter<?>[] converters, Iterable<String> candidates) {
        command.remove(argument);
        if (argument instanceof OptionSpec option) {
            command.addOption(OptionSpec.builder(option)
                    .converters(converters)
                    .completionCandidates(candidates)
                    .build());
        } else {
            command.addPositional(PositionalParamSpec.builder((PositionalParamSpec) argument)
                    .converters(converters)
                    .completionCandidates(candidates)
                    .build());
        }
    }

    private static Object meant(String typed, Map<String, Object> words) {
        var word = typed.toLowerCase(Locale.ROOT);
        if (!words.containsKey(word)) {
            throw new TypeConversionException(
                    "must be one of " + Listing.of(words.keySet()) + ", got " + typed + nearest(typed, words.keySet()));
        }
        return words.get(word);
    }

    private static String nearest(String typed, Set<String> words) {
        return Section.nearest(typed, words)
                .map(word -> "; did you mean " + word + "?")
                .orElse("");
    }

    private static Map<String, Object> words(Class<?> choice) {
        var words = new LinkedHashMap<String, Object>();
        for (var value : choice.getEnumConstants()) {
            words.put(value.toString().toLowerCase(Locale.ROOT).replace('_', '-'), value);
        }
        return words;
    }
}
