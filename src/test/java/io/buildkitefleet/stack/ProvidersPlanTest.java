package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.Plugin;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import io.buildkitefleet.testing.ProviderFields;
import io.buildkitefleet.testing.Stacks;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The providers that make everything: which versions of them, and what they are told. */
@ExtendWith(PreviewedStacks.Extension.class)
class ProvidersPlanTest {
    /** What Pulumi does not compare, because the program tells it not to. */
    private static final Set<String> IGNORED = Set.of("initialNodeCount", "nodeConfig");

    private static final Stacks STACK = Stacks.minimal();

    @TempDir
    static Path ofBase;

    private static StackPreview base;

    @BeforeAll
    static void previewTheStackThatIsEdited() {
        base = PreviewedStacks.of(STACK, ofBase);
    }

    static Stream<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void everyResourceNamesOneOfTheFleetsOwnProviders(StackPreview stack) {
        var google = provider(stack, Plugin.GCP);
        var kubernetes = provider(stack, Plugin.KUBERNETES);

        assertThat(stack.plan().registrations())
                .filteredOn(resource -> resource.custom() && !resource.isProvider())
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(resource.provider())
                        .as(resource.urn())
                        .startsWith((resource.type().startsWith("gcp:") ? google : kubernetes).urn() + "::"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void theProvidersAreOfTheVersionsThatTheFleetNames(StackPreview stack) {
        for (var plugin : Plugin.values()) {
            assertThat(provider(stack, plugin).version()).isEqualTo(plugin.version());
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void aChangedSecretIsUpdatedInPlace(StackPreview stack) {
        var kubernetes = provider(stack, Plugin.KUBERNETES);

        assertThat(Inputs.text(kubernetes, "enableSecretMutable")).isEqualTo("true");
        assertThat(Inputs.text(kubernetes, "enableConfigMapMutable")).isEqualTo("true");
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void theClusterIsKnownByItsIncarnation(StackPreview stack) {
        assertThat(identifier(stack)).isEqualTo(stack.fleet().clusterIncarnation());
    }

    @Test
    void googlesHalfIsMadeAsTheServiceAccountOfTheStack(@TempDir Path directory) {
        var account = "up@acme-ci.iam.gserviceaccount.com";
        var stack = PreviewedStacks.of(STACK.withKey("gcp:impersonateServiceAccount", account), directory);

        assertThat(Inputs.text(provider(stack, Plugin.GCP), "impersonateServiceAccount"))
                .isEqualTo(account);
    }

    @Test
    void aClusterThatIsReachedByItsNameHasNoPublicAddress(@TempDir Path directory) {
        var stack = PreviewedStacks.of(STACK.with("cluster", "{dnsEndpoint: true}"), directory);
        var cluster = stack.plan()
                .find("gcp:container/cluster:Cluster", "cluster-gke")
                .orElseThrow();

        assertThat(Inputs.leaves(cluster.inputs()))
                .containsEntry("controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic", "true")
                .containsEntry("controlPlaneEndpointsConfig.dnsEndpointConfig.enableK8sTokensViaDns", "false")
                .containsEntry("controlPlaneEndpointsConfig.dnsEndpointConfig.enableK8sCertsViaDns", "false")
                .containsEntry("privateClusterConfig.enablePrivateEndpoint", "true");
    }

    @Test
    void whoListsNetworksAsWellKeepsThePublicAddressForThem(@TempDir Path directory) {
        var stack = PreviewedStacks.of(STACK.with("cluster.dnsEndpoint", "true"), directory);

        assertThat(Inputs.leaves(stack.plan()
                        .find("gcp:container/cluster:Cluster", "cluster-gke")
                        .orElseThrow()
                        .inputs()))
                .containsEntry("privateClusterConfig.enablePrivateEndpoint", "false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            region: us-east1                                  | replaced
            zones: [us-west1-b]                               | replaced
            name: ci                                          | replaced
            network: {controlPlane: 172.16.1.0/28}            | replaced
            network: {nodes: 10.32.0.0/20, pods: 10.36.0.0/14, services: 10.40.0.0/20} | replaced
            zones: [us-west1-a, us-west1-b]                   | kept
            cluster: {dnsEndpoint: true}                      | kept
            cluster: {privateEndpoint: true, releaseChannel: stable, securityGroup: gke-security-groups@acme.example} | kept
            """)
    void theIdentifierChangesExactlyWhenTheClusterIsReplaced(String edit, String outcome, @TempDir Path directory) {
        var cut = edit.indexOf(':');
        var after = PreviewedStacks.of(STACK.with(edit.substring(0, cut), edit.substring(cut + 1)), directory);

        assertThat(isReplaced(base, after))
                .as("Google's provider replaces the cluster")
                .isEqualTo(outcome.equals("replaced"));
        assertThat(!identifier(after).equals(identifier(base)))
                .as("the identifier changes")
                .isEqualTo(outcome.equals("replaced"));
    }

    /** The cluster itself, or the subnet that it is in, and with it the cluster. */
    private static boolean isReplaced(StackPreview before, StackPreview after) {
        return isReplaced(before, after, "gcp:compute/subnetwork:Subnetwork", "network-subnet")
                || isReplaced(before, after, "gcp:container/cluster:Cluster", "cluster-gke");
    }

    private static boolean isReplaced(StackPreview before, StackPreview after, String type, String name) {
        var old = Inputs.leaves(before.plan().find(type, name).orElseThrow().inputs());
        var now = Inputs.leaves(after.plan().find(type, name).orElseThrow().inputs());
        return Stream.of(old, now)
                .flatMap(leaves -> leaves.keySet().stream())
                .filter(path -> !Objects.equals(old.get(path), now.get(path)))
                .filter(path -> IGNORED.stream().noneMatch(path::startsWith))
                .anyMatch(path -> ProviderFields.replaces(type, path));
    }

    private static String identifier(StackPreview stack) {
        return Inputs.text(provider(stack, Plugin.KUBERNETES), "clusterIdentifier");
    }

    private static Registration provider(StackPreview stack, Plugin plugin) {
        return stack.plan().registrations().stream()
                .filter(resource -> resource.type().equals("pulumi:providers:" + plugin.id()))
                .findFirst()
                .orElseThrow();
    }
}
