package io.buildkitefleet.report.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackLinesTest {
    private static final String STACK = """
            # a comment
            config:
              gcp:project: acme-ci
              buildkite-fleet:fleet:
                cluster: {dnsEndpoint: true}
                pools:
                  big: {machineType: n1-standard-8}
                  big-2:
                    machineType: n1-standard-8
                queues:
                  big: {pool: big}
                artifacts: {keepDays: 30}
                waivers:
                  - {rule: a}
                  - rule: b
            """;

    @ParameterizedTest
    @CsvSource({
        "cluster-gke, 5",
        "pool-big-nodes, 7",
        "pool-big-on-demand-nodes, 7",
        "pool-big-2-nodes, 8",
        "pool-of-another-file-nodes, 6",
        "queue-big-namespace-border, 11",
        "identity-big-workload, 11",
        "artifacts-bucket, 12",
        "artifacts-big-write, 11",
        "waivers[1], 15"
    })
    void aResourceIsWhereItsPartStands(String resource, int line) {
        assertThat(StackLines.of(STACK).lineOf(resource)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource({"keys-ring", "network-vpc", "services-container"})
    void whatComesOfNoPartIsTheFleets(String resource) {
        assertThat(StackLines.of(STACK).lineOf(resource)).isEqualTo(4);
    }

    @Test
    void whatRepeatsItselfEnds() {
        assertThat(StackLines.of("config: &a {buildkite-fleet:fleet: {pools: {big: *a}}}")
                        .lineOf("pool-big-nodes"))
                .isEqualTo(1);
    }

    @Test
    void whereNoFileIsKnownItIsTheFirstLine() {
        assertThat(StackLines.none().lineOf("pool-big-nodes")).isEqualTo(1);
        assertThat(StackLines.of("pools: [").lineOf("pool-big-nodes")).isEqualTo(1);
        assertThat(StackLines.of("").lineOf("pool-big-nodes")).isEqualTo(1);
    }
}
