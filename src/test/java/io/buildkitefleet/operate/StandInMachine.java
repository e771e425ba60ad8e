package io.buildkitefleet.operate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A machine on which only that is there which a test puts there, and programs answer what it says. */
final class StandInMachine implements Machine {
    private final Set<String> programs = new TreeSet<>();
    private final Map<String, String> variables = new TreeMap<>();
    private final Set<Path> files = new TreeSet<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    private record Answer(String part, Reply reply) {}

    void install(String program) {
        programs.add(program);
    }

    void set(String variable, String value) {
        variables.put(variable, value);
    }

    void unset(String variable) {
        variables.remove(variable);
    }

    void put(Path file) {
        files.add(file);
    }

    /**
     * Answers commands that have a part, also if another answer was there before.
     *
     * @param part words of the command, with blanks between them
     */
    void answer(String part, Reply reply) {
        answers.add(0, new Answer(part, reply));
    }

    void says(String part, String output) {
        answer(part, new Reply.Said(output));
    }

    void refuses(String part, String reason) {
        answer(part, new Reply.Refused(reason));
    }

    /** Each command that was run, with blanks between its words. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Optional<Path> find(String program) {
        return programs.contains(program) ? Optional.of(Path.of("/usr/bin", program)) : Optional.empty();
    }

    @Override
    public Optional<Path> findBeside(Path program, String other) {
        return Optional.empty();
    }

    @Override
    public List<Path> list(Path directory) {
        return List.of();
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    @Override
    public boolean isSet(String name) {
        return variables.containsKey(name);
    }

    @Override
    public boolean canRead(Path file) {
        return files.contains(file);
    }

    @Override
    public Reply ask(List<String> command) {
        var line = String.join(" ", command);
        asked.add(line);
        return answers.stream()
                .filter(answer -> line.contains(answer.part()))
                .map(Answer::reply)
                .findFirst()
                .orElse(new Reply.Refused("ERROR: nobody said what is answered to this"));
    }
}
