package io.buildkitefleet.operate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The machine that a person deploys from. */
public interface Machine {
    /** Where a program of this name is on the PATH. */
    Optional<Path> find(String program);

    /** A program in the directory that another one is in when links are followed. */
    Optional<Path> findBeside(Path program, String other);

    /** What is in a directory; nothing if it is not there. */
    List<Path> list(Path directory);

    /** A variable of the environment; an empty one counts as absent. */
    Optional<String> variable(String name);

    /** Whether a variable of the environment is there, be it empty. */
    boolean isSet(String name);

    /** Whether a file is there and can be read. */
    boolean canRead(Path file);

    /** What a program answers. It can ask nothing back, and what it prints is written nowhere. */
    Reply ask(List<String> command);

    /** What a command prints, if it ends well; what it says on stderr is dropped. */
    default Optional<String> output(List<String> command) {
        return ask(command).text();
    }
}
