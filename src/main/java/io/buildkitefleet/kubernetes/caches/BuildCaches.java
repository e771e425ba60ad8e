package io.buildkitefleet.kubernetes.caches;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import com.pulumi.kubernetes.storage.v1.StorageClass;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Caches;
import io.buildkitefleet.kubernetes.EncryptedDisks;
import io.buildkitefleet.kubernetes.NamespaceAdmission;
import io.buildkitefleet.kubernetes.ObjectNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The namespace of the cache servers, in which nobody reaches anybody unless a server's own policy says so. */
public final class BuildCaches extends FleetComponent {
    /** Class of the servers' disks, for the whole cluster. */
    private static final String DISKS = "build-caches";

    private static final String TYPE = "buildkite-fleet:kubernetes:BuildCaches";

    /**
     * What the caches are made of.
     *
     * @param diskKey the id of the KMS key that encrypts the servers' disks
     */
    public record Args(List<Server> servers, Output<String> diskKey) {
        public Args {
            servers = List.copyOf(servers);
        }
    }

    /**
     * One cache server.
     *
     * @param identity the address of its Google service account
     * @param bucket its bucket, known once the identity may use it
     */
    public record Server(CacheServer cache, Output<String> identity, Output<String> bucket) {}

    public BuildCaches(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var namespace = new Namespace(
                name + "-namespace",
                NamespaceArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(CacheServer.NAMESPACE)
                                .labels(Map.of("pod-security.kubernetes.io/enforce", "restricted"))
                                .build())
                        .build(),
                child().build());
        var known = ObjectNames.of(namespace.metadata());
        new NetworkPolicy(
                name + "-deny-all",
                NetworkPolicyArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name("deny-all")
                                .namespace(known)
                                .build())
                        .spec(NetworkPolicySpecArgs.builder()
                                .podSelector(LabelSelectorArgs.builder().build())
                                .policyTypes("Ingress", "Egress")
                                .build())
                        .build(),
                child().build());
        var admission = new NamespaceAdmission(
                name + "-pods",
                admission(args.servers().stream().map(Server::cache).toList()),
                component());
        var disks = new StorageClass(
                name + "-disks",
                EncryptedDisks.storageClass(DISKS, Caches.DISK_TYPE, args.diskKey())
                        .build(),
                child().build());
        var place = new BuildCache.Place(known, ObjectNames.of(disks.metadata()), admission.bindings());
        for (var server : args.servers()) {
            new BuildCache(name + "-" + server.cache().kind().id(), server, place, component());
        }
        registerOutputs(Map.of());
    }

    /** What holds in the namespace of these servers. */
    public static NamespaceAdmission.Args admission(List<CacheServer> servers) {
        var images = new TreeMap<String, String>();
        servers.forEach(server -> images.put(server.kind().id(), server.image()));
        return new NamespaceAdmission.Args(List.of("caches"), List.of(CacheServer.NAMESPACE), Map.of("images", images));
    }
}
