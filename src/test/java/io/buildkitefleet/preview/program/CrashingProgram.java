package io.buildkitefleet.preview.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;

/** Fails with an exception that nobody foresaw. */
public final class CrashingProgram {
    private CrashingProgram() {}

    public static void main(String[] args) {
        Pulumi.run(CrashingProgram::define);
    }

    public static void define(Context ctx) {
        throw new IllegalStateException("pool big has no machine type", new ArithmeticException("/ by zero"));
    }
}
