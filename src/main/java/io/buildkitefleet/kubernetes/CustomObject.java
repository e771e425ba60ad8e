package io.buildkitefleet.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.Map;

/** A Kubernetes object of a kind that the SDK has no class for. */
public final class CustomObject extends CustomResource {
    private CustomObject(String name, Args args, String type, CustomResourceOptions options) {
        super(type, name, args, options);
    }

    /** An object that has a {@code spec}. */
    public static CustomObject of(
            String name,
            String apiVersion,
            String kind,
            ObjectMetaArgs metadata,
            Map<String, Object> spec,
            CustomResourceOptions options) {
        return new CustomObject(name, new WithSpec(apiVersion, kind, metadata, spec), type(apiVersion, kind), options);
    }

    /** A class of volume snapshots, which has no {@code spec}. */
    public static CustomObject snapshotClass(
            String name,
            ObjectMetaArgs metadata,
            String driver,
            Map<String, String> parameters,
            CustomResourceOptions options) {
        var args = new SnapshotClass(metadata, driver, parameters);
        return new CustomObject(name, args, type(SnapshotClass.API_VERSION, SnapshotClass.KIND), options);
    }

    private static String type(String apiVersion, String kind) {
        return "kubernetes:" + apiVersion + ":" + kind;
    }

    /** What every object has. */
    private abstract static class Args extends ResourceArgs {
        @Import(name = "apiVersion", required = true)
        private final Output<String> apiVersion;

        @Import(name = "kind", required = true)
        private final Output<String> kind;

        @Import(name = "metadata", required = true)
        private final Output<ObjectMetaArgs> metadata;

        private Args(String apiVersion, String kind, ObjectMetaArgs metadata) {
            this.apiVersion = Output.of(apiVersion);
            this.kind = Output.of(kind);
            this.metadata = Output.of(metadata);
        }
    }

    private static final class WithSpec extends Args {
        @Import(name = "spec", required = true)
        private final Output<Map<String, Object>> spec;

        private WithSpec(String apiVersion, String kind, ObjectMetaArgs metadata, Map<String, Object> spec) {
            super(apiVersion, kind, metadata);
            this.spec = Output.of(spec);
        }
    }

    private static final class SnapshotClass extends Args {
        private static final String API_VERSION = "snapshot.storage.k8s.io/v1";
        private static final String KIND = "VolumeSnapshotClass";

        @Import(name = "driver", required = true)
        private final Output<String> driver;

        @Import(name = "deletionPolicy", required = true)
        private final Output<String> deletionPolicy = Output.of("Delete");

        @Import(name = "parameters", required = true)
        private final Output<Map<String, String>> parameters;

        private SnapshotClass(ObjectMetaArgs metadata, String driver, Map<String, String> parameters) {
            super(API_VERSION, KIND, metadata);
            this.driver = Output.of(driver);
            this.parameters = Output.of(parameters);
        }
    }
}
