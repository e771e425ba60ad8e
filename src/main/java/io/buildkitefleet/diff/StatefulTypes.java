package io.buildkitefleet.diff;

import java.util.Map;

/** What is lost when a resource is deleted or replaced, for the types that hold something. */
final class StatefulTypes {
    private static final Map<String, String> LOSSES = Map.ofEntries(
            Map.entry("gcp:artifactregistry/repository:Repository", "its images are deleted"),
            Map.entry(
                    "gcp:container/cluster:Cluster", "everything that runs in the cluster stops, every queue with it"),
            Map.entry("gcp:container/nodePool:NodePool", "the jobs on its nodes are stopped"),
            Map.entry("gcp:kms/cryptoKey:CryptoKey", "what it encrypted cannot be read again"),
            Map.entry("gcp:kms/cryptoKeyVersion:CryptoKeyVersion", "what it encrypted cannot be read again"),
            Map.entry("gcp:kms/keyRing:KeyRing", "what its keys encrypted cannot be read again"),
            Map.entry("gcp:secretmanager/secret:Secret", "its versions are deleted"),
            Map.entry("gcp:storage/bucket:Bucket", "its artifacts are deleted"),
            Map.entry("kubernetes:core/v1:Namespace", "everything in the namespace is deleted, running jobs with it"));

    private StatefulTypes() {}

    /** A sentence; empty for a type that holds nothing. */
    static String loss(String type) {
        return LOSSES.getOrDefault(type, "");
    }
}
