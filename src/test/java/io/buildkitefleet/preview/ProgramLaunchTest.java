package io.buildkitefleet.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgramLaunchTest {
    private final String flags = System.getProperty(ProgramLaunch.JVM_FLAGS, "");

    @AfterEach
    void giveOtherTestsTheirFlagsBack() {
        System.setProperty(ProgramLaunch.JVM_FLAGS, flags);
    }

    @Test
    void flagsOfTheSystemPropertyComeBeforeTheClassPath() {
        System.setProperty(ProgramLaunch.JVM_FLAGS, "-Xmx200m\t-XX:+UseSerialGC");
        List<String> command = ProgramLaunch.ofMainClass("io.example.Main").command();
        assertThat(command.subList(1, 4)).containsExactly("-Xmx200m", "-XX:+UseSerialGC", "-cp");
        assertThat(command).endsWith("io.example.Main");
    }

    @Test
    void theProgramFindsItsClassesFromAnyDirectory() {
        List<String> command = ProgramLaunch.ofMainClass("io.example.Main").command();
        String classPath = command.get(command.indexOf("-cp") + 1);
        assertThat(Pattern.compile(File.pathSeparator, Pattern.LITERAL).split(classPath))
                .allMatch(entry -> Path.of(entry).isAbsolute());
    }
}
