package io.buildkitefleet.preview.program;

import com.pulumi.Context;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.preview.PreviewedProgram;
import java.nio.file.Path;
import java.util.Map;

/** Writes to stdout and to standard error, in the JVM of a preview that prints a line of its own before and after. */
public final class PrintingProgram {
    private PrintingProgram() {}

    public static void main(String[] args) {
        System.out.println("before");
        PreviewedProgram.preview(Path.of(args[0]), PreviewedProgram.inline(PrintingProgram::define));
        System.out.println("after");
    }

    private static void define(Context ctx) {
        System.out.println("from the program");
        System.err.println("from the program");
        new Part("big", ComponentResourceOptions.Empty).finish(Map.of());
    }
}
