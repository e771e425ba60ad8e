package io.buildkitefleet.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.testing.PreviewedStacks;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is counted is what the program registers. */
@ExtendWith(PreviewedStacks.Extension.class)
class EstimatePlanTest {
    /** Six keys rotate, so that each has several versions; the one of encrypted variables has those of its queue. */
    @Test
    void everyKeyIsPaidFor(PreviewedStacks previews) {
        var versions = previews.full().fleet().config().usage().keyVersions();

        assertThat(count(previews.full(), "gcp:kms/cryptoKey:CryptoKey")).isEqualByComparingTo("7");
        assertThat(quantity(previews.full(), "KMS key versions"))
                .isEqualByComparingTo(String.valueOf(6 * versions + 2));
    }

    @Test
    void everyBucketIsPaidFor(PreviewedStacks previews) {
        assertThat(count(previews.full(), "gcp:storage/bucket:Bucket")).isEqualByComparingTo("4");
        assertThat(quantity(previews.full(), "cache bazel: pd-balanced")).isEqualByComparingTo("200");
        assertThat(quantity(previews.full(), "caches' buckets")).isEqualByComparingTo("400");
    }

    @Test
    void theDiskInUseTheOneBeforeItAndTheSnapshotOfEachTrustedQueueArePaidFor(PreviewedStacks previews) {
        assertThat(quantity(previews.full(), "git mirrors: pd-balanced")).isEqualByComparingTo("768");
        assertThat(quantity(previews.full(), "git mirrors: snapshots")).isEqualByComparingTo("384");
    }

    @Test
    void everySecretIsPaidFor(PreviewedStacks previews) {
        assertThat(quantity(previews.full(), "secret versions"))
                .isEqualByComparingTo(count(previews.full(), "gcp:secretmanager/secretVersion:SecretVersion"));
    }

    @Test
    void everyAddressIsPaidFor(PreviewedStacks previews) {
        assertThat(quantity(previews.full(), "NAT: static addresses"))
                .isEqualByComparingTo(count(previews.full(), "gcp:compute/address:Address")
                        .multiply(BigDecimal.valueOf(Estimate.HOURS)));
    }

    @Test
    void everyPoolIsPaidFor(PreviewedStacks previews) {
        var nodePools =
                previews.full().plan().ofType("gcp:container/nodePool:NodePool").size();
        var estimate = estimate(previews.full());

        assertThat(estimate.pools().size()
                        + estimate.pools().stream()
                                .filter(pool -> !pool.onDemand().isEmpty())
                                .count())
                .isEqualTo(nodePools);
    }

    private static BigDecimal quantity(StackPreview preview, String what) {
        return estimate(preview).month(Scenario.LOAD).lines().stream()
                .filter(line -> line.what().equals(what))
                .findFirst()
                .orElseThrow()
                .quantity();
    }

    private static BigDecimal count(StackPreview preview, String type) {
        return BigDecimal.valueOf(preview.plan().ofType(type).size());
    }

    private static Estimate estimate(StackPreview preview) {
        return new Estimator(PriceList.latest()).estimate(preview.fleet());
    }
}
