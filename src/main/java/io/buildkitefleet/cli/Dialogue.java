package io.buildkitefleet.cli;

import java.io.Console;
import java.util.Optional;

/** Asks whoever sits before the terminal. */
interface Dialogue {
    /** Whether somebody sits there: neither what is typed nor what is printed comes from or goes to a file. */
    boolean isPossible();

    /**
     * Asks for a line.
     *
     * @return the line without blanks around it; nothing if there will be none, as after Ctrl-D
     */
    Optional<String> ask(String question);

    /** Says something in between. */
    void say(String line);

    /** The one with the user, through {@link System#console}, which the launcher lets be there on a terminal alone. */
    static Dialogue onTerminal() {
        return new Dialogue() {
            private final Optional<Console> console = Optional.ofNullable(System.console());

            @Override
            public boolean isPossible() {
                return console.isPresent();
            }

            @Override
            public Optional<String> ask(String question) {
                return console.map(open -> open.readLine("%s", question)).map(String::strip);
            }

            @Override
            public void say(String line) {
                console.ifPresent(open -> open.printf("%s%n", line));
            }
        };
    }
}
