package io.buildkitefleet.cli;

import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.read.KeyTree;
import io.buildkitefleet.config.reference.KeyNote;
import io.buildkitefleet.config.reference.KeySearch;
import io.buildkitefleet.config.reference.OutsideKey;
import io.buildkitefleet.config.reference.StackSchema;
import io.buildkitefleet.report.text.KeyText;
import io.buildkitefleet.rules.RuleSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            completionCandidates = Names.class,
            description =
                    "The key as it stands in the file, such as pools.big.max; a part of that, such as max; the one "
                            + "above it, such as queues; or a word of its meaning.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--json-schema", description = "Print the JSON schema of stacks, for editors.")
    private boolean jsonSchema;

    @Option(names = "--all", description = "Name all rules and types of resources, and not the first of them.")
    private boolean all;

    /** What a shell completes. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return search().names().iterator();
        }
    }

    static KeySearch search() {
        return new KeySearch(KeyTree.of(FleetConfigReader.reference()), OutsideKey.all());
    }

    @Override
    public Integer call() {
        if (jsonSchema && (key.isPresent() || all)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--json-schema prints the schema of all keys; leave out "
                            + key.map(name -> name + (all ? " and --all" : "")).orElse("--all"));
        }
        var console = spec.commandLine().getOut();
        console.print(jsonSchema ? StackSchema.text(FleetConfigReader.reference()) : text());
        console.flush();
        return 0;
    }

    private String text() {
        var text = new KeyText(KeyNote.all(), all);
        var answer = search().find(key.orElse(""));
        if (answer instanceof KeySearch.Answer.None none) {
            throw new ParameterException(
                    spec.commandLine(), ruleOf(key.orElse("")).orElse(none.problem()));
        }
        if (answer instanceof KeySearch.Answer.Several several) {
            return text.of(key.orElseThrow(), several);
        }
        return answer instanceof KeySearch.Answer.Beside beside
                ? text.of(beside.key())
                : text.of(((KeySearch.Answer.One) answer).key());
    }

    /** What is said to whoever asks for a rule, which is no key. */
    private static Optional<String> ruleOf(String id) {
        return RuleSet.rules().stream()
                .filter(rule -> rule.id().equalsIgnoreCase(id))
                .map(rule -> rule.id() + " is a rule and no key: " + rule.title()
                        + ". docs/rules.md says why, and how to keep it; ./fleet check --list names all rules")
                .findFirst();
    }
}
