package io.buildkitefleet.cli;

import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.KeyReference;
import io.buildkitefleet.config.read.KeyTree;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.reference.KeyNote;
import io.buildkitefleet.config.reference.StackSchema;
import io.buildkitefleet.report.text.KeyText;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a key of the configuration means. */
@Command(
        name = "explain",
        description = {
            "Say what a key of a stack's file means, may hold and touches; without a key, name them all.",
            "docs/configuration.md has the keys on one page."
        })
final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description = "The key as it stands in the file, such as pools.big.max, or the one above it: queues.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--json-schema", description = "Print the JSON schema of stacks, for editors.")
    private boolean jsonSchema;

    @Override
    public Integer call() {
        var reference = FleetConfigReader.reference();
        var console = spec.commandLine().getOut();
        console.print(jsonSchema ? StackSchema.text(reference) : text(KeyTree.of(reference)));
        console.flush();
        return 0;
    }

    private String text(KeyTree all) {
        var found = all;
        for (var part : key.map(ExplainCommand::belowFleet).orElse("").split("[.\\[\\]]+")) {
            found = part.isEmpty() ? found : below(found, part);
        }
        return new KeyText(KeyNote.all()).of(found);
    }

    /** People copy the key as Pulumi has it, or as a message names its place. */
    private static String belowFleet(String written) {
        return written.startsWith(ConfigSource.FLEET) ? written.substring(ConfigSource.FLEET.length()) : written;
    }

    private KeyTree below(KeyTree tree, String part) {
        var only = tree.children().stream().findFirst();
        if (only.filter(child -> child.name().equals(KeyReference.NAME)).isPresent()) {
            return only.get();
        }
        if (only.filter(child -> child.name().equals(KeyReference.ITEM)).isPresent()) {
            return part.matches("\\d+") ? only.get() : below(only.get(), part);
        }
        return tree.children().stream()
                .filter(child -> child.name().equals(part))
                .findFirst()
                .orElseThrow(() -> unknown(tree, part));
    }

    private ParameterException unknown(KeyTree tree, String part) {
        var where = tree.path().isEmpty() ? "is not a key of the fleet" : "is not a key of " + tree.path();
        var known = tree.children().stream().map(KeyTree::name).collect(Collectors.toSet());
        return new ParameterException(
                spec.commandLine(),
                known.isEmpty()
                        ? tree.path() + " holds a value and no keys, got " + part
                        : part + " " + where + "; "
                                + Section.suggestion(
                                        part,
                                        known,
                                        "allowed: "
                                                + tree.children().stream()
                                                        .map(KeyTree::name)
                                                        .collect(Collectors.joining(", "))));
    }
}
