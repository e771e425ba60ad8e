package io.buildkitefleet.testing;

import io.buildkitefleet.preview.ProgramLaunch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The flags of JVMs that tests start. */
public final class JvmFlags {
    private JvmFlags() {}

    /** Those that the build has for the JDK it runs on, and more. */
    public static List<String> with(String... more) {
        var ofTheBuild = System.getProperty(ProgramLaunch.JVM_FLAGS, "").split("\t");
        return Stream.concat(Arrays.stream(ofTheBuild), Arrays.stream(more))
                .filter(flag -> !flag.isEmpty())
                .toList();
    }
}
