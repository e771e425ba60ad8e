package io.buildkitefleet.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.gcp.container.ClusterArgs;
import com.pulumi.gcp.container.NodePoolArgs;
import com.pulumi.gcp.storage.BucketArgs;
import com.pulumi.resources.ResourceArgs;
import io.buildkitefleet.testing.ProviderFields;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program's own inputs of Google's types are the SDK's, and some that Google's provider knows. */
class WiderInputsTest {
    /**
     * A class of inputs beside the SDK's.
     *
     * @param filled the SDK's, with a value for each input
     * @param wider what was made of them
     * @param added the inputs that the SDK's lacks, by Terraform's names
     */
    record Wider(String terraformType, ResourceArgs filled, ResourceArgs wider, Map<String, String> added) {
        @Override
        public String toString() {
            return terraformType;
        }
    }

    static Stream<Wider> wider() throws ReflectiveOperationException {
        var bucket = filled(BucketArgs.builder().location("x").build());
        var nodes = filled(NodePoolArgs.builder().cluster("x").build());
        var cluster = filled(ClusterArgs.builder().build());
        return Stream.of(
                new Wider(
                        "google_container_cluster",
                        cluster,
                        GoogleCluster.Inputs.reachedByName(cluster),
                        Map.of(
                                "anonymousAuthenticationConfig",
                                "anonymous_authentication_config",
                                "controlPlaneEndpointsConfig",
                                "control_plane_endpoints_config",
                                "rbacBindingConfig",
                                "rbac_binding_config")),
                new Wider(
                        "google_storage_bucket",
                        bucket,
                        GoogleBucket.Inputs.withoutSoftDelete(bucket),
                        Map.of("softDeletePolicy", "soft_delete_policy")),
                new Wider(
                        "google_container_node_pool",
                        nodes,
                        GoogleNodePool.Inputs.respectingBudgets(nodes),
                        Map.of("nodeDrainConfigs", "node_drain_config")));
    }

    @ParameterizedTest
    @MethodSource("wider")
    void everyInputOfTheSdkIsHandedOn(Wider wider) throws ReflectiveOperationException {
        assertThat(inputs(wider.wider())).containsAllEntriesOf(inputs(wider.filled()));
    }

    @ParameterizedTest
    @MethodSource("wider")
    void everyOtherInputIsOneThatTheSdkLacksAndTheProviderKnows(Wider wider) throws ReflectiveOperationException {
        var others = new TreeMap<>(inputs(wider.wider()));
        others.keySet().removeAll(inputs(wider.filled()).keySet());

        assertThat(others.keySet())
                .extracting(input -> input.substring(0, input.indexOf(' ')))
                .containsExactlyInAnyOrderElementsOf(wider.added().keySet());
        assertThat(ProviderFields.namesOf(wider.terraformType()).orElseThrow())
                .containsAll(wider.added().values());
    }

    /** As it is sent: by the name of the input, its type and whether it is required, its value. */
    private static Map<String, Object> inputs(ResourceArgs args) throws ReflectiveOperationException {
        var inputs = new TreeMap<String, Object>();
        for (var field : args.getClass().getDeclaredFields()) {
            var input = field.getAnnotation(Import.class);
            if (input != null) {
                field.setAccessible(true);
                inputs.put(input.name() + " " + field.getGenericType() + " " + input.required(), field.get(args));
            }
        }
        return inputs;
    }

    private static <T extends ResourceArgs> T filled(T args) throws ReflectiveOperationException {
        for (var field : args.getClass().getDeclaredFields()) {
            if (field.isAnnotationPresent(Import.class)) {
                field.setAccessible(true);
                field.set(args, Output.of(field.getName()));
            }
        }
        return args;
    }
}
