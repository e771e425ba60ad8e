package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a slip of the hand must not delete. */
@ExtendWith(PreviewedStacks.Extension.class)
class ProtectionPlanTest {
    /** Types that hold state, or that others outside refer to. */
    private static final Set<String> STATEFUL = Set.of(
            "gcp:artifactregistry/repository:Repository",
            "gcp:compute/address:Address",
            "gcp:compute/network:Network",
            "gcp:compute/subnetwork:Subnetwork",
            "gcp:container/cluster:Cluster",
            "gcp:kms/cryptoKey:CryptoKey",
            "gcp:kms/keyRing:KeyRing",
            "gcp:secretmanager/secret:Secret",
            "gcp:storage/bucket:Bucket");

    @Test
    void prodProtectsWhatHoldsStateAndNothingElse(PreviewedStacks previews) {
        assertThat(previews.prod().plan().registrations())
                .filteredOn(registration -> registration.options().protect())
                .extracting(Registration::type)
                .containsOnlyOnceElementsOf(Set.of("gcp:container/cluster:Cluster"))
                .containsAll(STATEFUL)
                .allMatch(STATEFUL::contains);
        assertThat(previews.prod().plan().registrations())
                .filteredOn(registration -> STATEFUL.contains(registration.type()))
                .allMatch(registration -> registration.options().protect());
    }

    @Test
    void googleItselfRefusesToDeleteTheClusterOfProd(PreviewedStacks previews) {
        var cluster = previews.prod()
                .plan()
                .find("gcp:container/cluster:Cluster", "cluster-gke")
                .orElseThrow();
        assertThat(Inputs.text(cluster, "deletionProtection")).isEqualTo("true");
    }

    @Test
    void devCanBeThrownAway(PreviewedStacks previews) {
        assertThat(previews.dev().plan().registrations())
                .noneMatch(registration -> registration.options().protect());
        var bucket = previews.dev()
                .plan()
                .find("gcp:storage/bucket:Bucket", "artifacts-bucket")
                .orElseThrow();
        assertThat(Inputs.text(bucket, "forceDestroy")).isEqualTo("true");
    }
}
