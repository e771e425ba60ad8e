package io.buildkitefleet.cli;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.config.value.HostKey;
import io.buildkitefleet.config.value.Repository;
import io.buildkitefleet.fleet.KnownHosts;
import io.buildkitefleet.pulumi.ProjectException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person has said of a new stack. Who sits at a terminal is told of each answer whether it can be. */
final class StackAnswers {
    private final Map<StackQuestion, List<String>> answers = new EnumMap<>(StackQuestion.class);
    private final Dialogue dialogue;

    /** @param given what options have said */
    StackAnswers(Map<StackQuestion, List<String>> given, Dialogue dialogue) {
        given.forEach((question, values) -> {
            if (!values.isEmpty()) {
                answers.put(question, List.copyOf(values));
            }
        });
        this.dialogue = dialogue;
    }

    /** What a question with one answer got; what stands for it as long as there is none. */
    String one(StackQuestion question) {
        return all(question).get(0);
    }

    List<String> all(StackQuestion question) {
        return answers.getOrDefault(question, question.isNeeded() ? List.of(question.standIn()) : List.of());
    }

    List<StackQuestion> missing() {
        return Stream.of(StackQuestion.values())
                .filter(question -> question.isNeeded() && !answers.containsKey(question))
                .toList();
    }

    /** The servers of repositories that no line of known_hosts is of. */
    List<String> unknownServers() {
        var known = KnownHosts.of(all(StackQuestion.KNOWN_HOST).stream()
                .map(HostKey::parse)
                .flatMap(Optional::stream)
                .toList());
        return all(StackQuestion.REPOSITORY).stream()
                .map(Repository::parse)
                .flatMap(Optional::stream)
                .map(Repository::sshServer)
                .flatMap(Optional::stream)
                .filter(server -> !known.has(server))
                .distinct()
                .toList();
    }

    /**
     * Asks for what is missing, one by one, and again for what cannot be.
     *
     * @param check finds what is wrong so far
     */
    void complete(Function<StackAnswers, List<Problem>> check) {
        settle(check);
        missing().forEach(question -> {
            ask(question);
            settle(check);
        });
    }

    private void settle(Function<StackAnswers, List<Problem>> check) {
        for (var wrong = check.apply(this); !wrong.isEmpty(); wrong = check.apply(this)) {
            var again = wrong.stream().map(StackQuestion::of).distinct().toList();
            if (!dialogue.isPossible() || again.contains(Optional.<StackQuestion>empty())) {
                throw new ProjectException(told(wrong, question -> question.option() + ":"));
            }
            dialogue.say(told(wrong, StackQuestion::subject));
            again.forEach(question -> ask(question.orElseThrow()));
        }
    }

    private void ask(StackQuestion question) {
        var kept = kept(question);
        while (true) {
            var answer = dialogue.ask(question.prompt())
                    .orElseThrow(() ->
                            new ProjectException("nothing was written: " + question.option() + " was not answered"));
            if (!answer.isEmpty()) {
                answers.put(
                        question,
                        Stream.concat(kept.stream(), Stream.of(answer)).toList());
                return;
            }
            if (!question.isNeeded()) {
                ask(StackQuestion.REPOSITORY);
                return;
            }
            dialogue.say(question.subject() + " is needed; Ctrl-D ends this, and nothing is written.");
        }
    }

    /** Of several answers, those that stay when one is given anew. */
    private List<String> kept(StackQuestion question) {
        return switch (question) {
            case REPOSITORY -> keptRepositories();
            case KNOWN_HOST ->
                all(question).stream()
                        .filter(line -> HostKey.parse(line).isPresent())
                        .toList();
            default -> List.of();
        };
    }

    private List<String> keptRepositories() {
        var unknown = unknownServers();
        var found = new HashSet<Repository>();
        var kept = new ArrayList<String>();
        for (var address : answers.getOrDefault(StackQuestion.REPOSITORY, List.of())) {
            Repository.parse(address)
                    .filter(repository ->
                            repository.sshServer().filter(unknown::contains).isEmpty())
                    .filter(found::add)
                    .ifPresent(repository -> kept.add(address));
        }
        return kept;
    }

    private static String told(List<Problem> problems, Function<StackQuestion, String> subject) {
        return problems.stream()
                .map(problem ->
                        StackQuestion.of(problem).map(subject).orElse(problem.path() + ":") + " " + problem.message())
                .collect(Collectors.joining("\n"));
    }
}
