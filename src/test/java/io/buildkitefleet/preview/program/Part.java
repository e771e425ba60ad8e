package io.buildkitefleet.preview.program;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.Map;

/** A component without a content of its own. */
final class Part extends ComponentResource {
    static final String TYPE = "sample:index:Part";

    Part(String name, ComponentResourceOptions options) {
        super(TYPE, name, ResourceArgs.Empty, options);
    }

    void finish(Map<String, Output<?>> outputs) {
        registerOutputs(outputs);
    }
}
