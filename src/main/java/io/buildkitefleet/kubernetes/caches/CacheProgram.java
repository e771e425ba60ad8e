package io.buildkitefleet.kubernetes.caches;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.GRPCActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.HTTPGetActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;
import io.buildkitefleet.fleet.CacheServer;
import java.util.List;

/** What runs in the container of a cache server, and how Kubernetes sees that it does. */
sealed interface CacheProgram {
    /** Where the server's disk is mounted, the only place that it can write. */
    String DATA = "/data";

    int PROBE_SECONDS = 5;

    static CacheProgram of(CacheServer server, Output<String> bucket) {
        return switch (server.kind()) {
            case BAZEL -> new BazelRemote(server, bucket);
            case GO -> new Athens(bucket);
        };
    }

    /** The id of the user, and of the group, as whom the image is made to run. */
    int user();

    Output<List<String>> args();

    List<EnvVarArgs> environment();

    /** Whether the process answers; it is started again after so many times that it does not. */
    ProbeArgs alive(int failures);

    /** Whether jobs may be sent to it. */
    ProbeArgs ready();

    /** What Go's collector keeps below: the rest of the limit is for what it does not count. */
    private static EnvVarArgs memoryLimit() {
        var mebibytes = CacheServer.RESOURCES.memory().mebibytes() * 9 / 10;
        return variable("GOMEMLIMIT", mebibytes + "MiB");
    }

    private static EnvVarArgs variable(String name, String value) {
        return EnvVarArgs.builder().name(name).value(value).build();
    }

    /**
     * A cache of Bazel's remote execution API. Flags, user and probe are those of 2.6.2:
     * https://github.com/buchgr/bazel-remote/blob/v2.6.2/README.md
     */
    record BazelRemote(CacheServer server, Output<String> bucket) implements CacheProgram {
        /** Part of the disk that the cache fills: what it is told to delete goes a moment later. */
        private static final double FILLED = 0.85;

        @Override
        public int user() {
            return 65_532;
        }

        @Override
        public Output<List<String>> args() {
            return bucket.applyValue(name -> List.of(
                    "--dir=" + DATA,
                    "--max_size=" + (int) (server.sizeGb() * FILLED),
                    "--grpc_address=:" + server.kind().port(),
                    // The image's own arguments open it to everybody.
                    "--profile_address=none",
                    "--gcs_proxy.bucket=" + name,
                    "--gcs_proxy.use_default_credentials=true",
                    "--access_log_level=none"));
        }

        @Override
        public List<EnvVarArgs> environment() {
            return List.of(memoryLimit());
        }

        @Override
        public ProbeArgs alive(int failures) {
            return probe().failureThreshold(failures).build();
        }

        @Override
        public ProbeArgs ready() {
            return probe().build();
        }

        private ProbeArgs.Builder probe() {
            return ProbeArgs.builder()
                    .periodSeconds(PROBE_SECONDS)
                    .timeoutSeconds(PROBE_SECONDS)
                    .grpc(GRPCActionArgs.builder()
                            .port(server.kind().port())
                            .service("/grpc.health.v1.Health/Check")
                            .build());
        }
    }

    /**
     * A proxy for Go modules. Variables and probes are those of 0.18.0:
     * https://github.com/gomods/athens/blob/v0.18.0/config.dev.toml
     */
    record Athens(Output<String> bucket) implements CacheProgram {
        @Override
        public int user() {
            return 1000;
        }

        @Override
        public Output<List<String>> args() {
            return Output.of(List.of());
        }

        @Override
        public List<EnvVarArgs> environment() {
            return List.of(
                    memoryLimit(),
                    variable("HOME", DATA),
                    variable("TMPDIR", DATA),
                    variable("GO_ENV", "production"),
                    variable("ATHENS_LOG_LEVEL", "info"),
                    variable("ATHENS_CLOUD_RUNTIME", "GCP"),
                    variable("ATHENS_GOGET_DIR", DATA),
                    // Each takes the memory of a download.
                    variable("ATHENS_GOGET_WORKERS", "3"),
                    // A path that a job makes up must not send the proxy to a host of the job's choice.
                    variable("ATHENS_GO_BINARY_ENV_VARS", "GOPROXY=https://proxy.golang.org"),
                    variable("ATHENS_STORAGE_TYPE", "gcp"),
                    EnvVarArgs.builder()
                            .name("ATHENS_STORAGE_GCP_BUCKET")
                            .value(bucket)
                            .build());
        }

        @Override
        public ProbeArgs alive(int failures) {
            return probe("/healthz").failureThreshold(failures).build();
        }

        @Override
        public ProbeArgs ready() {
            return probe("/readyz").build();
        }

        private static ProbeArgs.Builder probe(String path) {
            return ProbeArgs.builder()
                    .periodSeconds(PROBE_SECONDS)
                    .timeoutSeconds(PROBE_SECONDS)
                    .httpGet(HTTPGetActionArgs.builder()
                            .path(path)
                            .port(CacheServer.Kind.GO.port())
                            .build());
        }
    }
}
