package io.buildkitefleet.cli;

import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Somebody at a terminal who knows what to answer. What is said to them is printed. */
final class Answers implements Dialogue {
    private final Deque<String> answers;
    private final StringWriter terminal;

    Answers(List<String> answers, StringWriter terminal) {
        this.answers = new ArrayDeque<>(answers);
        this.terminal = terminal;
    }

    @Override
    public boolean isPossible() {
        return true;
    }

    @Override
    public Optional<String> ask(String question) {
        say(question);
        return Optional.ofNullable(answers.poll());
    }

    @Override
    public void say(String line) {
        terminal.write(line + "\n");
    }
}
