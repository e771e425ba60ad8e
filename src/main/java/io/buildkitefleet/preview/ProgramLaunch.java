package io.buildkitefleet.preview;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The program in a process of its own, and how that is started.
 *
 * @param command the executable and its arguments
 */
public record ProgramLaunch(List<String> command) implements Program {
    /** System property with more flags for the JVM of the program, separated by tabs. */
    public static final String JVM_FLAGS = "fleet.program.jvmFlags";

    /**
     * Errors are read as UTF-8, so they are written so, whatever the caller's locale is. The name has changed with JDK
     * 19.
     */
    private static final List<String> UTF_8_ERRORS = List.of("-Dsun.stderr.encoding=UTF-8", "-Dstderr.encoding=UTF-8");

    private static final Pattern TAB = Pattern.compile("\t");

    /** Copies the list. */
    public ProgramLaunch {
        command = List.copyOf(command);
    }

    /** In a JVM like this one: the same executable, the same class path, and the flags of {@link #JVM_FLAGS}. */
    public static ProgramLaunch ofMainClass(String mainClass) {
        List<String> flags = TAB.splitAsStream(System.getProperty(JVM_FLAGS, ""))
                .filter(flag -> !flag.isEmpty())
                .toList();
        return ofMainClass(mainClass, flags);
    }

    /** In a JVM like this one, with these flags. */
    public static ProgramLaunch ofMainClass(String mainClass, List<String> jvmFlags) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", classPath()));
        command.addAll(UTF_8_ERRORS);
        command.add(mainClass);
        return new ProgramLaunch(command);
    }

    /** The program runs in another directory, so entries must not be relative to this one. */
    private static String classPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
