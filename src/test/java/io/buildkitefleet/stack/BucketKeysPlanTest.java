package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Urn;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The keys of buckets: each is where its bucket is, and usable before the bucket names it. */
@ExtendWith(PreviewedStacks.Extension.class)
class BucketKeysPlanTest {
    @Test
    void aBucketInTheRegionHasAKeyOfTheFleetsRing(PreviewedStacks previews) {
        var dev = previews.dev();
        assertThat(keyOf(dev, "artifacts-bucket")).isEqualTo("keys-buckets-use");
        assertThat(ringOf(dev, "keys-buckets")).isEqualTo("keys-ring");
    }

    @Test
    void aBucketInAMultiRegionHasAKeyThere(PreviewedStacks previews) {
        var prod = previews.prod();
        assertThat(keyOf(prod, "artifacts-bucket")).isEqualTo("keys-buckets-us-use");
        assertThat(ringOf(prod, "keys-buckets-us")).isEqualTo("keys-ring-us");
        assertThat(Inputs.text(one(prod, "keys-ring-us"), "location")).isEqualTo("us");
    }

    @Test
    void cachesAreInTheRegion(PreviewedStacks previews) {
        for (var bucket : List.of("caches-bucket", "cache-bazel-bucket", "cache-go-bucket")) {
            assertThat(keyOf(previews.prod(), bucket)).as(bucket).isEqualTo("keys-buckets-use");
        }
    }

    /** The agent of Cloud Storage is asked for where the API is on, of which a first preview knows nothing. */
    @Test
    void noCloudIsAskedWhereNothingIsYet(PreviewedStacks previews) {
        assertThat(previews.dev().plan().warnings()).isEmpty();
        assertThat(one(previews.dev(), "keys-buckets-use")
                        .propertyDependencies()
                        .get("member"))
                .extracting(Urn::name)
                .contains("keys-images-agent");
    }

    /** The grant to use the key from which a bucket has the key's name. */
    private static String keyOf(StackPreview stack, String bucket) {
        var grants = one(stack, bucket).propertyDependencies().get("encryption").stream()
                .map(Urn::name)
                .filter(name -> name.endsWith("-use"))
                .toList();
        assertThat(grants).hasSize(1);
        return grants.get(0);
    }

    private static String ringOf(StackPreview stack, String key) {
        return Urn.name(one(stack, key).propertyDependencies().get("keyRing").get(0));
    }

    private static Registration one(StackPreview stack, String name) {
        return stack.plan().registrations().stream()
                .filter(registration -> registration.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
