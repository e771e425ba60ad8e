package io.buildkitefleet.engine.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import io.buildkitefleet.engine.provider.Values;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.testing.ProviderFields;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Names and values that Google does not take. */
class GoogleLimitsTest {
    private static final int LONGEST_POOL = 40;

    @ParameterizedTest
    @EnumSource
    void everyLimitIsOfAFieldThatTheProviderHasAndHasASource(GoogleType type) {
        assertThat(GoogleLimits.of(type.token()).rows())
                .allMatch(
                        limit -> !ProviderFields.placeOf(
                                        type.token(), limit.field().replace(".*", ""))
                                .isEmpty(),
                        "is of a field of the provider's")
                .allMatch(
                        limit -> GoogleTable.TABLE
                                .sources()
                                .containsKey(limit.source().split("[ :;,]")[0]),
                        "has a source");
    }

    @Test
    void aPoolsNameHasAtMostFortyCharacters() {
        assertThat(refusals("gcp:container/nodePool:NodePool", Map.of("name", "n".repeat(LONGEST_POOL))))
                .isEmpty();
        assertThat(refusals("gcp:container/nodePool:NodePool", Map.of("name", "n".repeat(LONGEST_POOL + 1))))
                .containsOnlyKeys("name");
    }

    @ParameterizedTest
    @CsvSource({
        "gcp:serviceaccount/account:Account, accountId, short",
        "gcp:storage/bucket:Bucket, name, Capitals",
        "gcp:iam/workloadIdentityPool:WorkloadIdentityPool, workloadIdentityPoolId, gcp-reserved",
        "gcp:compute/network:Network, name, ends-with-",
    })
    void aNameOfAnotherFormIsRefused(String token, String field, String name) {
        assertThat(refusals(token, Map.of(field, name))).containsOnlyKeys(field);
    }

    @Test
    void eachValueOfAMapHasItsLimit() {
        assertThat(refusals("gcp:secretmanager/secret:Secret", Map.of("labels", Map.of("a", "x", "b", "y".repeat(64)))))
                .containsOnlyKeys("labels.*");
    }

    @Test
    void whatIsNotKnownYetIsNotRefused() {
        assertThat(refusals("gcp:container/nodePool:NodePool", Map.of("name", Values.UNKNOWN.getStringValue())))
                .isEmpty();
    }

    private static Map<String, String> refusals(String token, Map<String, Object> inputs) {
        Struct struct = Values.ofPlain(inputs).getStructValue();
        return GoogleLimits.of(token).refusals(struct);
    }
}
