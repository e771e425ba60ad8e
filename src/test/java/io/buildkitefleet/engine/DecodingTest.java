package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.engine.provider.CloudResource;
import io.buildkitefleet.engine.provider.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The program runs with the SDK of an older provider than the one that answers: what has since become optional, changed
 * its type or come anew is decoded all the same. Compared were the classes of pulumi-gcp 7.0.0 and 9.35.0.
 */
class DecodingTest extends RealEngineTest {
    private static final String POOL = "gcp:container/nodePool:NodePool";
    private static final String BUCKET = "gcp:storage/bucket:Bucket";

    /** Each for another pool; a cluster's state has those of all of its pools. */
    private static final List<Map<String, Object>> NODES = List.of(
            Map.of("kubeletConfig", Map.of("insecureKubeletReadonlyPortEnabled", "FALSE")),
            Map.of("kubeletConfig", Map.of("cpuManagerPolicy", "", "maxParallelImagePulls", 2)),
            Map.of("linuxNodeConfig", Map.of("cgroupMode", "CGROUP_MODE_V2")),
            Map.of("sandboxConfig", Map.of("type", "GVISOR")),
            Map.of("bootDisk", Map.of("sizeGb", 100)));

    @Test
    void whatNewerProvidersSayIsDecoded() throws Exception {
        var project = project("dev");
        project.up().succeeded();
        var pools = project.cloud().resources().stream()
                .filter(resource -> resource.type().equals(POOL))
                .toList();
        assertThat(pools).hasSameSizeAs(NODES);
        for (int i = 0; i < pools.size(); i++) {
            says(project, pools.get(i), "nodeConfig", NODES.get(i));
        }
        var bucket = project.cloud().find(BUCKET, "artifacts-bucket").orElseThrow();
        says(project, bucket, "retentionPolicy", Map.of("retentionPeriod", "3600"));
        project.pulumi("refresh", "--yes", "--skip-preview").succeeded();
        assertThat(project.state()).contains("\"nodePools\"", "\"retentionPeriod\"", "CGROUP_MODE_V2", "GVISOR");

        project.pulumi("preview").succeeded();
    }

    private static void says(EngineProject project, CloudResource resource, String property, Map<String, Object> more) {
        var object = Values.of(resource.outputs()
                .getFieldsOrDefault(property, Values.of(Map.of()))
                .getStructValue());
        for (var field : more.entrySet()) {
            object = Values.with(object, field.getKey(), Values.ofPlain(field.getValue()));
        }
        project.cloud().change(resource, property, object);
    }
}
