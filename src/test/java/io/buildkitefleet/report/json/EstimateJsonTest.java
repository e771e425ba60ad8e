package io.buildkitefleet.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.buildkitefleet.cost.Estimator;
import io.buildkitefleet.cost.PriceList;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.Stacks;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EstimateJsonTest {
    private static final Stacks UNPRICED = Stacks.minimal().with("pools.big.machineType", "n2-custom-8-30720");

    /** Its disks have a price, and its machines none. */
    @Test
    void aPoolThatLacksAPriceIsALowerBound() {
        assertThat(lowerBounds("pools", "pool", UNPRICED)).isEqualTo(Map.of("big", true, "system", false));
    }

    @Test
    void aQueueOnAPoolThatLacksAPriceIsALowerBound() {
        assertThat(lowerBounds("queues", "queue", UNPRICED)).isEqualTo(Map.of("big", true));
        assertThat(lowerBounds("queues", "queue", Stacks.minimal())).isEqualTo(Map.of("big", false));
    }

    private static Map<String, Boolean> lowerBounds(String list, String name, Stacks stacks) {
        var json = EstimateJson.of(new Estimator(PriceList.latest()).estimate(FleetResolver.resolve(stacks)));
        return json.getAsJsonArray(list).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .collect(Collectors.toMap(pool -> pool.get(name).getAsString(), pool -> pool.get("lowerBound")
                        .getAsBoolean()));
    }
}
