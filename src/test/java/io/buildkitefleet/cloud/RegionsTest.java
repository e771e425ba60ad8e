package io.buildkitefleet.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.Forms;
import org.junit.jupiter.api.Test;

class RegionsTest {
    /** 43 of the price list of that day. */
    @Test
    void everyRegionHasThreeZonesOrMoreAndTheirFormIsAccepted() {
        assertThat(Regions.names())
                .hasSize(43)
                .contains("asia-southeast3", "northamerica-south1", "us-west1")
                .allSatisfy(region -> {
                    assertThat(region).matches(Forms.REGION);
                    assertThat(Regions.zonesOf(region).orElseThrow())
                            .hasSizeGreaterThanOrEqualTo(3)
                            .doesNotHaveDuplicates()
                            .allSatisfy(zone -> assertThat(zone).matches(Forms.ZONE));
                });
    }

    @Test
    void aRegionThatIsNotListedIsUnknown() {
        assertThat(Regions.zonesOf("us-west11")).isEmpty();
    }
}
