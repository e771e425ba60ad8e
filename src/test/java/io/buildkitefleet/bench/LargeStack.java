package io.buildkitefleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project with one stack of many queues, in a directory of its own that goes when it is closed. */
final class LargeStack implements AutoCloseable {
    static final String NAME = "large";

    /** Queues that share a pool; the first of them builds images. */
    private static final int QUEUES_A_POOL = 5;

    /** As many nodes as these have no place in the default network. */
    private static final int QUEUES_OF_THE_DEFAULT_NETWORK = 100;

    private final Path directory;

    LargeStack(Path project, int queues) throws IOException {
        directory = Files.createTempDirectory("fleet-bench");
        Files.copy(project.resolve("Pulumi.yaml"), directory.resolve("Pulumi.yaml"));
        Files.writeString(directory.resolve("Pulumi." + NAME + ".yaml"), yaml(queues));
    }

    Path directory() {
        return directory;
    }

    private static String yaml(int queues) {
        var network =
                queues > QUEUES_OF_THE_DEFAULT_NETWORK ? "    network: {natAddresses: 3, pods: 10.16.0.0/13}\n" : "";
        var pools = new StringBuilder();
        var members = new StringBuilder();
        for (int queue = 0; queue < queues; queue++) {
            if (queue % QUEUES_A_POOL == 0) {
                var shared = queue + 1 < queues ? ", shared: true" : "";
                pools.append(
                        "      p" + queue / QUEUES_A_POOL + ": {machineType: n1-standard-8, max: 10" + shared + "}\n");
            }
            var can = queue % QUEUES_A_POOL == 0 ? ", can: [docker]" : "";
            members.append("      q" + queue + ": {pool: p" + queue / QUEUES_A_POOL + can + "}\n");
        }
        return """
                config:
                  gcp:project: acme-ci-large
                  buildkite-fleet:fleet:
                    organization: acme
                    region: us-west1
                    cluster:
                      authorizedNetworks: [{cidr: 203.0.113.0/24, name: office}]
                """ + network + "    pools:\n" + pools + "    queues:\n" + members;
    }

    @Override
    public void close() throws IOException {
        Directories.delete(directory);
    }
}
