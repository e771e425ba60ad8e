package io.buildkitefleet.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "203.0.113.7/0",
                "000.0.0.0/00",
                "0.0.0.0/1 128.0.0.0/1",
                "64.0.0.0/2",
                "8.0.0.0/8 9.0.0.0/9 11.0.0.0/16",
                "13.64.0.0/11",
                "198.18.0.0/15",
                "203.0.0.0/17 203.0.128.0/17 198.51.100.8/32",
                "2600:1900::/28",
                "::/0",
                "::/1",
                "2000::/3",
                "2001::/15",
                "::ffff:0.0.0.0/96",
                "10.0.0.0/8 0.0.0.0/0"
            })
    void theInternetIsKnownByEachSpelling(String ranges) {
        assertThat(Addresses.of(ranges.split(" ")).isInternet()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.0/24 198.51.100.8/32",
                "203.0.113.7",
                "8.8.0.0/16",
                "8.8.0.0/16 8.8.0.0/16 8.8.128.0/17",
                "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10",
                "240.0.0.0/4",
                "2001:db8::/32",
                "fc00::/7",
                "::ffff:203.0.113.7"
            })
    void whatIsSomebodysOwnIsNotTheInternet(String ranges) {
        assertThat(Addresses.of(ranges.split(" ")).isInternet()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/9, 10.0.0.0/8",
        "10.0.0.0/8, 10.0.0.0/8",
        "10.1.0.0/16 10.9.0.0/24, 10.0.0.0/8",
        "192.168.0.0/17, 192.168.0.0/16",
        "172.16.0.0/13, 172.16.0.0/12",
        "fd00::/8, fc00::/7"
    })
    void muchOfAClosedRangeIsNotASingleService(String ranges, String closed) {
        assertThat(Addresses.of(ranges.split(" ")).closedNetwork()).contains(closed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.20.0.0/16", "192.168.7.0/24 172.16.0.0/28", "203.0.113.0/24", "fd12:3456:789a::/48"})
    void aSubnetIsNotItsWholeNetwork(String ranges) {
        assertThat(Addresses.of(ranges.split(" ")).closedNetwork()).isEmpty();
    }

    @Test
    void manySmallRangesAddUp() {
        var quarters = IntStream.range(0, 512)
                .mapToObj(i -> (i / 4 + 11) + "." + (i % 4 * 64) + ".0.0/10")
                .toArray(String[]::new);

        assertThat(Addresses.of(quarters).isInternet()).isTrue();
    }

    @Test
    void whatIsTakenAwayIsNoLongerInIt() {
        var most = Addresses.of("0.0.0.0/0").minus(Addresses.of("10.0.0.0/8"));

        assertThat(most.overlaps(Addresses.of("10.1.2.3"))).isFalse();
        assertThat(most.overlaps(Addresses.of("11.0.0.0/8"))).isTrue();
        assertThat(most.contains(Addresses.of("9.0.0.0/8", "11.0.0.0/8"))).isTrue();
        assertThat(most.contains(Addresses.of("10.0.0.0/7"))).isFalse();
        assertThat(most.minus(most).isEmpty()).isTrue();
    }

    @Test
    void theVersionsAreApart() {
        assertThat(Addresses.of("::/0").overlaps(Addresses.ALL_OF_4)).isFalse();
        assertThat(Addresses.of("::ffff:10.0.0.0/104").contains(Addresses.of("10.0.0.0/8")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "all", "10.0.0.0/33", "10.0.0/8", "::/129", "1::2::3/64", "256.0.0.0/8", "a.b.c.d/8"})
    void whatIsNoRangeIsNone(String text) {
        assertThat(Addresses.parse(text)).isEmpty();
    }
}
