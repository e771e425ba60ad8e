package io.buildkitefleet.preview.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.resources.ComponentResourceOptions;
import java.util.Map;

/** Registers one component twice. */
public final class DuplicateProgram {
    private DuplicateProgram() {}

    public static void main(String[] args) {
        Pulumi.run(DuplicateProgram::define);
    }

    public static void define(Context ctx) {
        var parent = new Part("queues", ComponentResourceOptions.Empty);
        var options = ComponentResourceOptions.builder().parent(parent).build();
        new Part("big", options).finish(Map.of());
        new Part("big", options).finish(Map.of());
    }
}
