package io.buildkitefleet.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.outputs.ObjectMeta;

/** Names of Kubernetes objects, known once the object is there. */
public final class ObjectNames {
    private ObjectNames() {}

    public static Output<String> of(Output<ObjectMeta> metadata) {
        return metadata.applyValue(known -> known.name().orElse(""));
    }
}
