package io.buildkitefleet.fleet;

import io.buildkitefleet.fleet.images.PinnedImage;
import java.util.List;

/**
 * A cache that jobs reach over the cluster's network. It runs on the system nodes, in front of a bucket of its own.
 *
 * @param sizeGb its disk
 * @param queues the names of the queues that share it
 * @param account the id of its Google service account
 * @param bucket the name of its bucket
 * @param image what it runs
 */
public record CacheServer(Kind kind, int sizeGb, List<String> queues, String account, String bucket, String image) {
    /** The namespace that holds every cache server and nothing else. */
    public static final String NAMESPACE = "buildkite-caches";

    /** What it serves. */
    public enum Kind {
        /** bazel-remote, by gRPC. */
        BAZEL("bazel", 9092, PinnedImage.BAZEL_REMOTE),
        /** Athens, by HTTP. */
        GO("go", 3000, PinnedImage.ATHENS);

        private final String id;
        private final int port;
        private final PinnedImage image;

        Kind(String id, int port, PinnedImage image) {
            this.id = id;
            this.port = port;
            this.image = image;
        }

        /** Its name in the configuration, and that of its Kubernetes objects. */
        public String id() {
            return id;
        }

        public int port() {
            return port;
        }

        public PinnedImage image() {
            return image;
        }
    }

    /** An estimate: both keep an index or a few modules in memory, and everything else on disk. */
    public static final Resources RESOURCES = Resources.of(250, 1024);

    public CacheServer {
        queues = List.copyOf(queues);
    }

    /** The Kubernetes namespaces whose jobs may reach it. */
    public List<String> namespaces() {
        return queues.stream().map(ResourceNames::namespace).toList();
    }

    /** Where jobs reach it: host and port. */
    public String address() {
        return kind.id() + "." + NAMESPACE + ".svc.cluster.local:" + kind.port();
    }
}
