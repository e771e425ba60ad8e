package io.buildkitefleet.cost;

import io.buildkitefleet.fleet.Caches;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.MirrorDisks;
import java.math.BigDecimal;
import java.util.Optional;

/** The lines of what the whole fleet shares. */
final class SharedLines {
    /** The keys of the cluster's Secrets, of disks, of images and of the secret store. */
    private static final int KEYS = 4;

    private static final String MONTH = "GiB-month";
    private static final String TEN_THOUSAND = "10,000";

    private final PriceList prices;
    private final Fleet fleet;

    SharedLines(PriceList prices, Fleet fleet) {
        this.prices = prices;
        this.fleet = fleet;
    }

    /** @param nodeHours of all pools */
    void addTo(Bill bill, BigDecimal nodeHours) {
        bill.add("GKE cluster", number(Estimate.HOURS), "h", prices.of("cluster", "hour"));
        addNetwork(bill, nodeHours);
        addStorage(bill);
        addSecrets(bill);
        var usage = fleet.config().usage();
        bill.add("logs", number(usage.logsGib()), "GiB", prices.of("logs", "gib"));
        bill.add("network logs", number(usage.flowLogsGib()), "GiB", prices.of("networkLogs", "gib"));
        bill.add(
                "Managed Prometheus",
                number(usage.metricSamples()),
                "M samples",
                prices.of("metrics", "samplesMillion"));
    }

    private void addNetwork(Bill bill, BigDecimal nodeHours) {
        var usage = fleet.config().usage();
        addNat(bill, nodeHours);
        bill.add("NAT: traffic", number(usage.natGib()), "GiB", network("trafficGib"));
        bill.add(
                "NAT: static addresses",
                number(Estimate.HOURS * fleet.config().network().natAddresses()),
                "h",
                network("addressHour"));
        bill.add("traffic to the internet", number(usage.egressGib()), "GiB", network("egressGib"));
    }

    /** Charged for each node's hour, up to the price of 32: https://cloud.google.com/nat/pricing */
    private void addNat(Bill bill, BigDecimal nodeHours) {
        var byNode = prices.of("nat", "nodeHour");
        var capped = prices.of("nat", "cappedHour");
        var month = number(Estimate.HOURS);
        if (byNode.isPresent()
                && capped.isPresent()
                && nodeHours
                                .multiply(byNode.get().amount())
                                .compareTo(month.multiply(capped.get().amount()))
                        > 0) {
            bill.add("NAT: more than 32 nodes", month, "h", capped);
        } else {
            bill.add("NAT: nodes", nodeHours, "h", byNode);
        }
    }

    private void addStorage(Bill bill) {
        var usage = fleet.config().usage();
        var location = fleet.config().artifacts().location();
        var written = tenThousands(usage.artifactWrites());
        bill.add("artifacts in " + location, number(usage.artifactsGib()), MONTH, prices.bucket(location));
        if (location.contains("-")) {
            bill.add("artifacts written", written, TEN_THOUSAND, prices.of("operations", "writes10k"));
        } else {
            // Writing to a multi-region may cost more, and public sources contradict each other.
            bill.add("artifacts written to the multi-region " + location, written, TEN_THOUSAND, Optional.empty());
        }
        bill.add(
                "artifacts read",
                tenThousands(usage.artifactReads()),
                TEN_THOUSAND,
                prices.of("operations", "reads10k"));
        addCaches(bill);
        addMirrors(bill);
        bill.add("images", number(usage.imagesGib()), MONTH, prices.of("images", "gib"));
    }

    /** Their pods run on the system nodes, each with a disk of its own in front of its bucket. */
    private void addCaches(Bill bill) {
        fleet.caches().ifPresent(caches -> {
            for (var server : caches.servers()) {
                bill.add(
                        "cache " + server.kind().id() + ": " + Caches.DISK_TYPE.apiName(),
                        number(server.sizeGb()),
                        "GB-month",
                        prices.disk(Caches.DISK_TYPE, fleet.config().region()));
            }
            bill.add(
                    "caches' buckets",
                    number(fleet.config().usage().cachesGib()),
                    MONTH,
                    prices.bucket(fleet.config().region()));
        });
    }

    /** A snapshot is charged for what is written on its disk, which is at most all of it. */
    private void addMirrors(Bill bill) {
        fleet.mirrorDisks().ifPresent(mirrors -> {
            var gigabytes = mirrors.config().sizeGb() * mirrors.queues().size();
            bill.add(
                    "git mirrors: " + MirrorDisks.DISK_TYPE.apiName(),
                    number(gigabytes * MirrorDisks.DISKS_A_QUEUE),
                    "GB-month",
                    prices.disk(MirrorDisks.DISK_TYPE, fleet.config().region()));
            bill.add(
                    "git mirrors: snapshots",
                    number(gigabytes),
                    "GB-month",
                    prices.of("disks", fleet.config().region(), "snapshot"));
        });
    }

    /** Versions of the keys that rotate, and of the keys of encrypted variables, which a person adds to. */
    private int keyVersions() {
        return (KEYS + fleet.bucketKeyLocations().size())
                        * fleet.config().usage().keyVersions()
                + fleet.queues().stream()
                        .mapToInt(queue -> queue.config().variablesKey().orElse(0))
                        .sum();
    }

    private void addSecrets(Bill bill) {
        var usage = fleet.config().usage();
        bill.add("KMS key versions", number(keyVersions()), "month", prices.of("keys", "version"));
        bill.add(
                "KMS operations",
                tenThousands(usage.keyOperations()),
                TEN_THOUSAND,
                prices.of("keys", "operations10k"));
        bill.add(
                "secret versions",
                number(fleet.config().secretKeys().size()),
                "month",
                prices.of("secrets", "version"));
        bill.add("secrets read", tenThousands(usage.secretReads()), TEN_THOUSAND, prices.of("secrets", "reads10k"));
    }

    private Optional<Price> network(String what) {
        return prices.of("network", fleet.config().region(), what);
    }

    private static BigDecimal number(int amount) {
        return BigDecimal.valueOf(amount);
    }

    private static BigDecimal tenThousands(int amount) {
        return BigDecimal.valueOf(amount).movePointLeft(4).stripTrailingZeros();
    }
}
