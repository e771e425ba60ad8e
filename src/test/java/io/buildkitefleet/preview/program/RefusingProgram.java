package io.buildkitefleet.preview.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.exceptions.RunException;

/** Refuses its configuration, as the fleet does, in two lines. */
public final class RefusingProgram {
    private RefusingProgram() {}

    public static void main(String[] args) {
        Pulumi.run(RefusingProgram::define);
    }

    public static void define(Context ctx) {
        throw new RunException("fleet:pools.big.max: must be at least 1, got 0\nfleet:region: is missing");
    }
}
