package io.buildkitefleet.preview.program;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.gcp.storage.StorageFunctions;

/** Needs an answer of Google's at once, not as an output. */
public final class PlainInvokingProgram {
    private PlainInvokingProgram() {}

    public static void main(String[] args) {
        Pulumi.run(PlainInvokingProgram::define);
    }

    public static void define(Context ctx) {
        var account = StorageFunctions.getProjectServiceAccountPlain().join();
        ctx.export("account", Output.of(account.emailAddress()));
    }
}
