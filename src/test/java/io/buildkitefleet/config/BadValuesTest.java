package io.buildkitefleet.config;

import static io.buildkitefleet.testing.BadStack.at;
import static io.buildkitefleet.testing.BadStack.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadValuesTest {
    private static final String FREEZES = "cluster.maintenance.freezes";
    private static final String FROM = "\"2027-12-20T00:00:00Z\"";
    private static final String UNTIL = "\"2028-01-03T00:00:00Z\"";

    private static final String ED25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIHaSw601QLuAPAILOu5mzYiHEjI06gxucUPArdc/9DHt";

    private static final Stacks DOCKER = Stacks.minimal().with("queues.big.can", "[docker]");

    /** It is a line like any other, and what would be wrong with another is not said of it. */
    @Test
    void aKnownHostThatStandsThereTwiceIsToldAsThatAlone() {
        var line = "git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHaSw601QLuAPAILOu5mzYiHEjI06gxucUPArdc/9DHt";

        assertThat(BadStack.problems(Stacks.minimal().with("checkout.knownHosts", "['" + line + "', '" + line + "']")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("stands in the list already, got \"git.example.com ssh-ed25519")
                        .doesNotContain(";"));
    }

    @ParameterizedTest
    @MethodSource({"unknownKeys", "wrongTypes", "wrongItems", "outOfRange", "missing"})
    @MethodSource({"names", "amounts", "ranges", "moments", "machines", "jobs", "people", "waivers"})
    void aBadValueIsReportedWithWhatIsAllowed(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> unknownKeys() {
        return Stream.of(
                at("organisation", "acme", "is not a key here", "did you mean 'organization'?"),
                at("pool", "{}", "did you mean 'pools'?"),
                at("POOLS", "{}", "did you mean 'pools'?"),
                at("network.node", "10.0.0.0/20", "did you mean 'nodes'?"),
                at("cluster.maintenance.day", "[sunday]", "did you mean 'days'?"),
                at("pools.big.disksize", "100", "is not a key here; allowed: machineType"),
                at("queues.big.egress", "[]", "is not a key here; allowed: pool"),
                at("pools.big.ma", "3", "is not a key here; allowed: machineType"),
                at("pools.big.maximum", "3", "is not a key here; allowed: ", "machineType, size, capacity, fallback"),
                at("cluster.foo", "1", "is not a key here; allowed: authorizedNetworks, dnsEndpoint"),
                at("queues.big.tga", "{}", "is not a key here; allowed: pool, trust, can"),
                of(
                        "namespaces.apps.foo: 1",
                        Stacks.minimal()
                                .with("queues.big", "{pool: big, can: [kubectl], namespaces: [apps]}")
                                .with("namespaces.apps.foo", "1"),
                        "namespaces.apps.foo",
                        "is not a key here; allowed: pool, nodes, storageGb, loadBalancers, gpus, identity"),
                at("pools.big.mix", "3", "is not a key here; did you mean 'min' or 'max'?"),
                at("pools.big.xyz", "3", "is not a key here; allowed: "),
                at("queues.big.maxInFlght", "3", "did you mean 'maxInFlight'?"),
                at("queues.big.concurrency", "3", "is not a key here; allowed: pool, trust, can"),
                of(
                        "queues.big.docker.rootless: true",
                        DOCKER.with("queues.big.docker.rootless", "true"),
                        "queues.big.docker.rootless",
                        "is not a key here; allowed: mode, usernsRemap"),
                at("artifacts.days", "3", "is not a key here; allowed: location, keepDays"),
                at("checkout.key", "x", "is not a key here; allowed: sshKey, knownHosts, gitMirror, mirrorDisk"),
                mirrorDisk("size", "9", "did you mean 'sizeGb'?"),
                at("caches.sccache", "{}", "is not a key here; allowed: keepDays, bazel, go"),
                at("caches", "{go: {queue: big}}", "did you mean 'queues'?").below("go.queue"),
                at("load.hours", "9", "did you mean 'hoursADay'?"),
                at("pools.big.load.percent", "50", "did you mean 'percentOfMax'?"),
                at("load.weeks", "2", "is not a key here; allowed: hoursADay, daysAWeek, percentOfMax"),
                at("usage.logGib", "1", "did you mean 'logsGib'?"),
                at("pools.big.accelerator", "{type: nvidia-tesla-t4, number: 1}", "allowed: type, count")
                        .below("number"));
    }

    /** Whether there is a mac, or a bound on a queue's branches, is nothing to guess. */
    @ParameterizedTest
    @ValueSource(
            strings = {"mac", "caches", "caches.go", "signing", "deployer", "queues.big.only", "pools.big.accelerator"})
    void whatMayBeThereOrNotIsNotLeftOpen(String key) {
        at(key, "null", "has nothing behind it; leave it out").isReportedOnce();
    }

    static Stream<BadStack> wrongTypes() {
        return Stream.of(
                at("organization", "123", "must be a slug", "got 123, which is not text; write it in quotes"),
                at("organization", "true", "got true, which is not text; write it in quotes"),
                at("organization", "[acme]", "must be a slug", "got the list [\"acme\"]"),
                at("organization", "{slug: acme}", "got an object with the keys slug"),
                at("organization", "\"\"", "must be a slug", "got \"\""),
                at(
                        "organization",
                        "\"a\\e[2Jb\"",
                        "must be a slug",
                        "got \"a\\u001b[2Jb\", which has characters that nobody"),
                of(
                        "a key with an escape sequence",
                        Stacks.minimal().with("pools.big.ma\u202Ex", "1"),
                        "pools.big.ma\\u202ex",
                        "is not a key here"),
                at("protect", "ture", "must be true or false", "got \"ture\""),
                at("protect", "\"yes\"", "must be true or false", "got \"yes\", which is text to YAML; write true"),
                at("protect", "1", "must be true or false", "got 1"),
                at("pools.big.max", "ten", "must be a whole number from 1 to 15000", "got \"ten\""),
                at(
                        "pools.big.max",
                        "\"010\"",
                        "must be a whole number from 1 to 15000",
                        "got \"010\"; leave out the zero"),
                at("pools.big.max", "10 nodes", "got \"10 nodes\"; write a number alone: the key says what it counts"),
                at("pools.big.max", "1.5", "must be a whole number from 1 to 15000", "got 1.5"),
                at("pools.big.max", "[4]", "got the list [4]"),
                at("pools.big.capacity", "cheap", "one of preemptible, spot, on-demand", "got \"cheap\""),
                at("pools.big.capacity", "on_demand", "one of preemptible, spot, on-demand", "got \"on_demand\""),
                at("pools.big.capacity", "7", "one of preemptible, spot, on-demand", "got 7"),
                at("cluster.version", "1.36", "a version of Kubernetes in quotes, such as \"1.36\"", "got 1.36"),
                at("cluster.version", "latest", "a version of Kubernetes in quotes", "got \"latest\""),
                at("cluster.releaseChannel", "beta", "one of rapid, regular, stable, extended", "got \"beta\""),
                at("network", "10.0.0.0/20", "must be an object of keys and values", "got \"10.0.0.0/20\""),
                at("network", "[]", "must be an object of keys and values", "got an empty list"),
                at("pools", "[{max: 1}]", "must be an object of keys and values", "got the list [{\"max\":1}]"),
                at("pools.big", "n1-standard-8", "must be an object", "got \"n1-standard-8\""),
                at("pools.big", "null", "must be an object", "got nothing"),
                at("pools.big.accelerator", "nvidia-l4", "must be an object", "got \"nvidia-l4\""),
                at("queues", "big", "must be an object", "got \"big\""),
                at("queues.big", "[]", "must be an object", "got an empty list"),
                at("mac", "mac", "must be an object", "got \"mac\""),
                at("caches", "true", "must be an object", "got true"),
                at("caches", "{bazel: 50}", "must be an object", "got 50").below("bazel"),
                at("cluster", "true", "must be an object", "got true"),
                at("cluster.authorizedNetworks", "203.0.113.0/24", "must be a list of objects"),
                at("cluster.authorizedNetworks", "{cidr: 203.0.113.0/24}", "must be a list", "an object with the keys"),
                at("labels", "[owner]", "must be an object of labels", "got the list"),
                at("queues.big.tags", "os=linux", "must be an object of tags", "got \"os=linux\""),
                at("queues.big.secrets", "[npmToken]", "must be an object of variables", "got a list"));
    }

    static Stream<BadStack> wrongItems() {
        return Stream.of(
                at("zones", "us-west1-a", "must be a list, each item a zone of the region", "got \"us-west1-a\""),
                at("zones", "[us-west1-a, west]", "must be a zone of the region, such as us-west1-a, got \"west\"")
                        .below("[1]"),
                at("zones", "[us-west1-a, us-west1-b, us-west1-a]", "stands in the list already, got \"us-west1-a\"")
                        .below("[2]"),
                at("caches", "{bazel: {queues: [Big]}}", "must be the name of a trusted queue", "got \"Big\"")
                        .below("bazel.queues[0]"),
                at("repositories", "git@github.com:acme/app.git", "must be a list, each item a repository such as"),
                at("checkout.knownHosts", "git.example.com", "must be a list, each item a line of known_hosts"),
                at("checkout.knownHosts", "['']", "got \"\"; it is empty: leave it out")
                        .below("[0]"),
                at(
                                "checkout.knownHosts",
                                "[git.example.com]",
                                "must be a line of known_hosts for one server, such as \"git.example.com ssh-ed25519",
                                "got \"git.example.com\"; its kind of key and its key are missing")
                        .below("[0]"),
                at(
                                "checkout.knownHosts",
                                "[git.example.com ssh-rsa KEY]".replace("KEY", ED25519),
                                "as ssh-keyscan prints it, got")
                        .below("[0]"),
                at(
                                "checkout.knownHosts",
                                "['git.example.com ssh-ed25519 KEY', 'git.example.com  ssh-ed25519 KEY']"
                                        .replace("KEY", ED25519),
                                "stands in the list already")
                        .below("[1]"),
                at("repositories", "[acme/app]", "must be a repository such as git@github.com:acme/app.git, got")
                        .below("[0]"),
                at("repositories", "[\"https://x:y@github.com/acme/app\"]", "must be a repository such as")
                        .below("[0]"),
                at(
                                "repositories",
                                "[\"git@github.com:acme/app.git\", \"https://github.com/acme/app\"]",
                                "stands in the list already, got \"https://github.com/acme/app\"")
                        .below("[1]"),
                at("forkOwners", "[jane]", "must be an account with its host, such as github.com/jane, got \"jane\"")
                        .below("[0]"),
                at("forkOwners", "[\"https://github.com/jane\"]", "must be an account with its host")
                        .below("[0]"),
                at("teams", "build-authorized", "must be a list, each item the slug of a team"),
                at("teams", "[Build Authorized]", "must be the slug of a team, got \"Build Authorized\"")
                        .below("[0]"),
                at(
                        "queues.big.imageRegistries",
                        "[]",
                        "must be a list of one or more, each item a registry such as docker.io",
                        "got an empty list; leave it out for any"),
                at("caches", "{go: {queues: []}}", "got an empty list; leave it out for every trusted queue")
                        .below("go.queues"),
                at("queues.big.can", "docker", "must be a list, each item one of docker, kubectl, helm"),
                at("queues.big.can", "[dokcer]", "must be one of docker, kubectl, helm, got \"dokcer\"")
                        .below("[0]"),
                at("queues.big.can", "[docker, docker]", "stands in the list already")
                        .below("[1]"),
                at("cluster.maintenance.days", "[sunday, funday]", "must be one of monday, tuesday", "got \"funday\"")
                        .below("[1]"),
                at("cluster.authorizedNetworks", "[203.0.113.0/24]", "must be an object", "got \"203.0.113.0/24\"")
                        .below("[0]"));
    }

    static Stream<BadStack> outOfRange() {
        return Stream.of(
                at("network.natAddresses", "0", "from 1 to 16, got 0"),
                at("network.natAddresses", "17", "from 1 to 16, got 17"),
                at("cluster.maintenance.hours", "3", "from 4 to 24, got 3"),
                at("cluster.maintenance.hours", "25", "from 4 to 24, got 25"),
                at("pools.big.min", "-1", "from 0 to 15000, got -1"),
                at("pools.big.max", "0", "from 1 to 15000, got 0"),
                at("pools.big.max", "15001", "from 1 to 15000, got 15001"),
                at("pools.big.max", "99999999999999999999", "from 1 to 15000, got 99999999999999999999"),
                at("pools.big.diskGb", "49", "from 50 to 65536, got 49"),
                at("pools.big.accelerator", "{type: nvidia-tesla-t4, count: 17}", "from 1 to 16, got 17")
                        .below("count"),
                at("queues.big.jobsPerNode", "0", "from 1 to 100, got 0"),
                at("queues.big.maxInFlight", "0", "from 1 to 100000, got 0"),
                at("queues.big.variablesKey", "0", "from 1 to 1000, got 0"),
                at("queues.big.timeoutMinutes", "10081", "from 1 to 10080, got 10081"),
                at("load.hoursADay", "25", "from 0 to 24, got 25"),
                at("load.daysAWeek", "8", "from 0 to 7, got 8"),
                at("load.percentOfMax", "101", "from 0 to 100, got 101"),
                at("pools.big.load.percentOfMax", "-1", "from 0 to 100, got -1"),
                at("usage.natGib", "-1", "from 0 to 1000000000, got -1"),
                at("artifacts.keepDays", "0", "from 1 to 3650, got 0"),
                at("caches.keepDays", "0", "from 1 to 3650, got 0"),
                at("caches", "{bazel: {sizeGb: 9}}", "from 10 to 65536, got 9").below("bazel.sizeGb"),
                at("caches", "{go: {sizeGb: 65537}}", "from 10 to 65536, got 65537")
                        .below("go.sizeGb"));
    }

    static Stream<BadStack> missing() {
        var minimal = Stacks.minimal();
        return Stream.of(
                of("no organization", minimal.without("organization"), "organization", "is missing", "a slug"),
                of("no region", minimal.without("region"), "region", "is missing", "such as us-west1"),
                of("nothing behind region", minimal.with("region", "null"), "region", "is missing"),
                of("no machineType", minimal.without("pools.big.machineType"), "pools.big.machineType", "is missing"),
                of("no max", minimal.without("pools.big.max"), "pools.big.max", "is missing", "from 1 to 15000"),
                of("no pool", minimal.without("queues.big.pool"), "queues.big.pool", "is missing", "name of a pool"),
                of("no pools", minimal.without("pools"), "pools", "is empty; a fleet needs at least one pool"),
                of("no queues", minimal.without("queues"), "queues", "is empty; a fleet needs at least one queue"),
                at("pools.big.accelerator", "{count: 1}", "is missing", "nvidia-tesla-t4")
                        .below("type"),
                at("cluster.authorizedNetworks", "[{name: office}]", "is missing", "a range")
                        .below("[0].cidr"),
                at("cluster.authorizedNetworks", "[{cidr: 203.0.113.0/24}]", "is missing")
                        .below("[0].name"),
                at(FREEZES, "[{from: " + FROM + ", until: " + UNTIL + "}]", "is missing")
                        .below("[0].name"),
                at(FREEZES, "[{name: a, until: " + UNTIL + "}]", "is missing", "a moment")
                        .below("[0].from"));
    }

    static Stream<BadStack> names() {
        return Stream.of(
                at("name", "Fleet", "lower-case letters, digits and hyphens, beginning with a letter", "got \"Fleet\""),
                at("name", "fleet-", "lower-case letters", "got \"fleet-\""),
                of("a stack whose name makes no name", Stacks.minimal().named("Prod_EU"), "name", "\"bk-Prod_EU\""),
                at("region", "us-west", "must be a region, such as us-west1", "got \"us-west\""),
                at("region", "us-west1-a", "must be a region", "got \"us-west1-a\""),
                at("labels", "{Owner: x}", "its name must be lower-case letters")
                        .below("Owner"),
                at("labels", "{owner: \"Jane Doe\"}", "must be lower-case letters", "got \"Jane Doe\"")
                        .below("owner"),
                at("labels", "{cost-center: 1234}", "got 1234, which is not text; write it in quotes")
                        .below("cost-center"),
                at("artifacts.location", "US/EU", "such as us-west1 or US", "got \"US/EU\""),
                of(
                        "a pool's name",
                        Stacks.minimal()
                                .with("pools.Big_1", "{machineType: e2-standard-2, max: 1}")
                                .with("queues.other", "{pool: big}"),
                        "pools.Big_1",
                        "its name must be lower-case letters",
                        "got \"Big_1\""),
                of(
                        "a queue's name",
                        Stacks.minimal().with("queues.Big_1", "{pool: big}"),
                        "queues.Big_1",
                        "its name must be lower-case letters",
                        "got \"Big_1\""),
                at("queues.big.tags", "{\"a b\": x}", "its name must be letters, digits")
                        .below("a b"),
                at("queues.big.tags", "{os: \"mac os\"}", "must be letters, digits", "got \"mac os\"")
                        .below("os"),
                at("queues.big.tags", "{cuda: 12}", "got 12, which is not text; write it in quotes")
                        .below("cuda"),
                at("queues.big.secrets", "{npm_token: x}", "its name must be capital letters")
                        .below("npm_token"),
                at("queues.big.secrets", "{NPM_TOKEN: fleet}", "NAME of a secret")
                        .below("NPM_TOKEN"));
    }

    static Stream<BadStack> amounts() {
        return Stream.of(
                at(
                        "queues.big.cpu",
                        "2.5.1",
                        "must be CPU such as 500m or 2, got \"2.5.1\"; it has more than one point"),
                at("queues.big.cpu", "0", "must be CPU such as 500m or 2, got 0; it is none"),
                at("queues.big.cpu", "-1", "must be CPU such as 500m or 2, got -1; it is negative"),
                at("queues.big.cpu", "true", "must be CPU such as 500m or 2, got true"),
                at("queues.big.cpu", "2 vCPUs", "got \"2 vCPUs\"; write the number alone: 2"),
                at("queues.big.cpu", "500 m", "got \"500 m\"; write it without blanks: 500m"),
                at("queues.big.cpu", "'1,5'", "a fraction is written with a point, as in 1.5"),
                at("queues.big.cpu", "500M", "it is more than any machine has; M is a million, and m a thousandth"),
                at("queues.big.cpu", "100u", "it is finer than a thousandth, 1m, and Kubernetes has nothing finer"),
                at("queues.big.memory", "4GB", "must be memory such as 512Mi or 4Gi", "got \"4GB\"; write it as 4G, in")
                        .and("powers of 1000, or as 4Gi, in powers of 1024"),
                at("queues.big.memory", "4gib", "got \"4gib\"; write it as 4Gi"),
                at("queues.big.memory", "64K", "write it as 64k, in powers of 1000, or as 64Ki"),
                at("queues.big.memory", "4", "got 4; it is less than 1Mi: a number without a unit is bytes"),
                at("queues.big.memory", "512m", "it is less than 1Mi: m is a thousandth of a byte, and Mi is"),
                at("queues.big.memory", "9Ei", "got \"9Ei\"; it is more than Kubernetes can count"),
                at("queues.big.memory", "4 Gi", "got \"4 Gi\"; write it as 4Gi"));
    }

    static Stream<BadStack> ranges() {
        return Stream.of(
                at(
                                "network.nodes",
                                "10.0.0.1/20",
                                "must be a range whose host bits are zero",
                                "got \"10.0.0.1/20\"; it has")
                        .and("host bits set, behind the first 20; the range is 10.0.0.0/20"),
                at("network.nodes", "10.0.0.0/255.255.240.0", "write how many leading bits are fixed"),
                at("network.nodes", "'fd00::/8'", "it is of IPv6, and the fleet's ranges are of IPv4"),
                at("network.nodes", "010.0.0.0/20", "a number in it has a zero before it"),
                at(
                        "network.pods",
                        "10.4.0.0",
                        "got \"10.4.0.0\"; its prefix is missing; the one address is 10.4.0.0/32"),
                at(
                        "network.services",
                        "10.8.0.0/33",
                        "got \"10.8.0.0/33\"; a number of an address is at most 255, and a prefix"),
                at("network.controlPlane", "256.0.0.0/28", "such as 172.16.0.0/28", "got \"256.0.0.0/28\""),
                at("network.controlPlane", "10", "such as 172.16.0.0/28", "got 10"),
                at("cluster.authorizedNetworks", "[{cidr: 203.0.113.7/24, name: me}]", "; the range is 203.0.113.0/24")
                        .below("[0].cidr"),
                at("cluster.authorizedNetworks", "[{cidr: 0.0.0.0/0, name: all}]", "must not be the whole internet")
                        .below("[0].cidr"),
                at("cluster.authorizedNetworks", "[{cidr: 128.0.0.0/1, name: half}]", "nor wider than a /8")
                        .below("[0].cidr"));
    }

    static Stream<BadStack> moments() {
        return Stream.of(
                at("cluster.maintenance.start", "\"4:00\"", "must be a time of day such as \"04:00\"", "got \"4:00\""),
                at("cluster.maintenance.start", "\"24:30\"", "must be a time of day", "got \"24:30\""),
                at("cluster.maintenance.start", "4", "must be a time of day", "got 4"),
                at(FREEZES, "[{name: a, from: \"2027-12-20\", until: " + UNTIL + "}]", "a moment in UTC", "2027-12-20")
                        .below("[0].from"),
                at(FREEZES, "[{name: a, from: " + UNTIL + ", until: " + FROM + "}]", "later than from (2028-01-03")
                        .below("[0].until"),
                at(FREEZES, "[{name: a, from: " + FROM + ", until: " + FROM + "}]", "later than from (2027-12-20")
                        .below("[0].until"),
                of(
                        "two freezes of one name",
                        Stacks.full().with(FREEZES + ".1.name", "year-end"),
                        FREEZES + "[1].name",
                        "is the name of another freeze, got \"year-end\""));
    }

    static Stream<BadStack> machines() {
        return Stream.of(
                at("pools.big.machineType", "N1-STANDARD-8", "a machine type such as n1-standard-8"),
                at("pools.big.machineType", "big", "a machine type such as n1-standard-8", "got \"big\""),
                at("pools.big.machineType", "a" + "-a".repeat(50_000), "a machine type", "..."),
                at("pools.big.diskType", "ssd", "one of pd-standard, pd-balanced, pd-ssd, hyperdisk-balanced"),
                at("pools.big.sandbox", "docker", "one of gvisor, none", "got \"docker\""),
                at("pools.big.fallback", "stable", "one of on-demand, none", "got \"stable\""),
                at("pools.big.imageStreaming", "on demand", "true or false", "got \"on demand\""),
                at("pools.big.accelerator", "{type: T4}", "a GPU such as nvidia-tesla-t4", "got \"T4\"")
                        .below("type"));
    }

    static Stream<BadStack> jobs() {
        var digest = "@sha256:" + "0".repeat(63);
        return Stream.of(
                at("queues.big.trust", "yes please", "one of trusted, untrusted", "got \"yes please\""),
                at("checkout.gitMirror", "cloud", "one of node, disk, none", "got \"cloud\""),
                mirrorDisk("repositories", "[acme/app]", "must be a repository such as", "got \"acme/app\"")
                        .below("[0]"),
                mirrorDisk("sizeGb", "5", "must be a whole number from 10 to 65536", "got 5"),
                mirrorDisk("refreshHours", "25", "must be a whole number from 1 to 24", "got 25"),
                mirrorDisk("image", "agent:latest", "a tag other than latest", "got \"agent:latest\""),
                at("queues.big.warm", "{cargo: .cargo}", "an absolute path", "got \".cargo\"")
                        .below("cargo"),
                at("queues.big.warm", "{cargo: /root/../etc}", "an absolute path")
                        .below("cargo"),
                at("queues.big.warm", "{Cargo: /root/.cargo}", "its name must be lower-case")
                        .below("Cargo"),
                at("queues.big.gitCleanFlags", "\"-ffdq; id\"", "flags of git clean, such as -ffdq"),
                cluster("project", "Acme", "must be the id of a project", "got \"Acme\"; it has capital letters"),
                cluster("location", "europe", "a region or a zone", "got \"europe\""),
                cluster("name", "Apps_1", "lower-case letters", "got \"Apps_1\""),
                cluster("controlPlane", "172.16.0.1/28", "a range such as 172.16.0.0/28"),
                of(
                        "queues.big.docker.mode: podman",
                        DOCKER.with("queues.big.docker.mode", "podman"),
                        "queues.big.docker.mode",
                        "one of daemon, rootless",
                        "got \"podman\""),
                of(
                        "queues.big.docker.usernsRemap: default",
                        DOCKER.with("queues.big.docker.usernsRemap", "default"),
                        "queues.big.docker.usernsRemap",
                        "must be true or false",
                        "got \"default\""),
                at(
                        "registryMirror",
                        "'https://us-docker.pkg.dev/acme-ci/mirror'",
                        "such as us-docker.pkg.dev/acme-ci/mirror",
                        "without https://",
                        "got \"https://us-docker.pkg.dev/acme-ci/mirror\""),
                at("registryMirror", "us-docker.pkg.dev/acme-ci/mirror/", "without a slash at the end", "mirror/\""),
                at("registryMirror", "us-docker.pkg.dev", "LOCATION-docker.pkg.dev/PROJECT/REPOSITORY", "got"),
                at(
                        "registryMirror",
                        "eu.gcr.io/acme-ci",
                        "LOCATION-docker.pkg.dev/PROJECT/REPOSITORY",
                        "got \"eu.gcr.io/acme-ci\"; Container Registry is shut down",
                        "use europe-docker.pkg.dev/acme-ci/eu.gcr.io"),
                at("registryMirror", "gcr.io", "use us-docker.pkg.dev/PROJECT/gcr.io"),
                at("registryMirror", "mirror.gcr.io", "mirror.gcr.io is Google's own: make a repository"),
                at("registryMirror", "mirror", "must be a registry", "got \"mirror\""),
                at("queues.big.podSpecs", "bounded", "one of prohibited, allowed", "got \"bounded\""),
                at("queues.big.imageRegistries", "['docker.io/']", "without a slash at the end", "got \"docker.io/\"")
                        .below("[0]"),
                at("queues.big.imageRegistries", "['index.docker.io']", "such as docker.io", "got \"index.docker.io\"")
                        .below("[0]"),
                at("queues.big.imageRegistries", "['acme/app']", "such as docker.io", "got \"acme/app\"")
                        .below("[0]"),
                at("queues.big.imageRegistries", "['ghcr.io/acme:1']", "such as docker.io", "got \"ghcr.io/acme:1\"")
                        .below("[0]"),
                at("queues.big.only.branches", "['rel/*/*']", "with one asterisk", "got \"rel/*/*\"")
                        .below("[0]"),
                at(
                                "queues.big.only.branches",
                                "[refs/heads/main]",
                                "without refs/heads/, such as main",
                                "got \"refs/heads/main\"")
                        .below("[0]"),
                at("queues.big.only.branches", "['a b']", "the name of a branch", "got \"a b\"")
                        .below("[0]"),
                at("queues.big.only.branches", "[]", "leave it out for any"),
                at(
                                "queues.big.only.pipelines",
                                "[acme/app]",
                                "the slug of a pipeline, or its whole id",
                                "got \"acme/app\"")
                        .below("[0]"),
                at(
                                "queues.big.only.pipelines",
                                "[bb3125de-4dc9-44cf-ad18-65d2b71a5a3]",
                                "or its whole id",
                                "got \"bb3125de-4dc9-44cf-ad18-65d2b71a5a3\"")
                        .below("[0]"),
                at("queues.big.image", "node", "a digest or with a tag other than latest", "got \"node\""),
                at("queues.big.image", "node:latest", "other than latest", "got \"node:latest\""),
                at("queues.big.image", "localhost:5000/node", "other than latest", "got \"localhost:5000/node\""),
                at("queues.big.image", "node" + digest, "an image with a digest", "got \"node@sha256:000"),
                at("queues.big.namespaces", "[Apps]", "must be the name of a namespace", "got \"Apps\"")
                        .below("[0]"));
    }

    static Stream<BadStack> people() {
        return Stream.of(
                at("queues.big.debuggers", "[\"serviceAccount:a@b.iam.gserviceaccount.com\"]", "such as user:jane@")
                        .below("[0]"),
                at("queues.big.debuggers", "true", "must be a list, each item a member such as user:jane@"),
                at("cluster.securityGroup", "admins@example.com", "gke-security-groups@DOMAIN", "got \"admins@"));
    }

    /** A queue that deploys to a cluster elsewhere, of which one thing is wrong. */
    private static BadStack mirrorDisk(String key, String value, String... parts) {
        var stack = Stacks.minimal()
                .with("pools.big.zones", "[us-west1-a]")
                .with("checkout.gitMirror", "disk")
                .with("checkout.mirrorDisk", "{repositories: ['https://github.com/acme/app'], image: 'agent:1'}")
                .with("checkout.mirrorDisk." + key, value);
        return of("mirrorDisk." + key + ": " + value, stack, "checkout.mirrorDisk." + key, parts);
    }

    private static BadStack cluster(String key, String value, String... parts) {
        var stack = Stacks.minimal()
                .with("queues.big", "{pool: big, can: [kubectl]}")
                .with("queues.big.clusters", "[{project: acme-apps, location: us-west1, name: apps}]")
                .with("queues.big.clusters.0." + key, value);
        return of("a cluster's " + key + ": " + value, stack, "queues.big.clusters[0]." + key, parts);
    }

    static Stream<BadStack> waivers() {
        var waiver = Stacks.minimal()
                .with("waivers", "[{rule: iam-keys, resource: a-*, reason: it is an exercise, until: \"2027-06-30\"}]");
        return Stream.of(
                at("waivers", "{rule: iam-keys}", "must be a list of objects"),
                waiver(waiver, "rule", "IAM keys", "must be the id of a rule"),
                waiver(waiver, "resource", "\"a b\"", "must be a resource's name"),
                waiver(
                        waiver,
                        "reason",
                        "\"it is an \\e[8mexercise\"",
                        "got \"it is an \\u001b[8mexercise\", which has characters that nobody sees"),
                waiver(waiver, "reason", "\"it is an \u202Eexercise\"", "got \"it is an \\u202eexercise\", which has"),
                waiver(waiver, "reason", "why not", "must be a reason in words, of ten characters or more"),
                waiver(waiver, "reason", "\"..........\"", "must be a reason in words"),
                waiver(waiver, "reason", "\"x         x\"", "must be a reason in words"),
                waiver(waiver, "until", "someday", "must be a day such as \"2027-06-30\""),
                waiver(waiver, "until", "\"2027-02-30\"", "must be a day"),
                waiver(waiver, "until", "\"+999999999-12-31\"", "must be a day"),
                waiver(waiver, "whyNoEnd", "it is an exercise", "is for a waiver with until: never"),
                of(
                        "waiver without an end",
                        waiver.with("waivers.0.until", "never"),
                        "waivers[0].whyNoEnd",
                        "say why this waiver has no end"),
                waiver(waiver, "rule", "null", "is missing"),
                waiver(waiver, "reason", "null", "is missing"),
                waiver(waiver, "until", "null", "is missing"));
    }

    private static BadStack waiver(Stacks stack, String key, String yaml, String... parts) {
        return of("waiver " + key + ": " + yaml, stack.with("waivers.0." + key, yaml), "waivers[0]." + key, parts);
    }
}
