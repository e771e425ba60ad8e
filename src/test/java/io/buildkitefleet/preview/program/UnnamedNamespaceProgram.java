package io.buildkitefleet.preview.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.kubernetes.core.v1.Namespace;

/** Exports a name that only the Kubernetes provider can choose. */
public final class UnnamedNamespaceProgram {
    private UnnamedNamespaceProgram() {}

    public static void main(String[] args) {
        Pulumi.run(UnnamedNamespaceProgram::define);
    }

    public static void define(Context ctx) {
        var namespace = new Namespace("unnamed");
        ctx.export("name", namespace.metadata().applyValue(metadata -> metadata.name()
                .orElseThrow()));
    }
}
