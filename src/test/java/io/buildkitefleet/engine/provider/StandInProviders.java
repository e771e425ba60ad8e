package io.buildkitefleet.engine.provider;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The stand-in providers, serving in this process: the engine is told their ports, so that it starts no plugin of
 * theirs and needs none. What they make lives as long as this object.
 */
public final class StandInProviders implements AutoCloseable {
    /** As large as the SDK's own limit, in its class GrpcMonitor. */
    private static final int MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

    private final Cloud cloud;
    private final Map<String, Server> servers = new TreeMap<>();

    private StandInProviders(Cloud cloud) {
        this.cloud = cloud;
    }

    /** Starts both, with an empty cloud. */
    public static StandInProviders start() {
        return new StandInProviders(new Cloud()).withGoogle().withKubernetes();
    }

    /** Starts both, with a cloud in which there is what is in another one. */
    public static StandInProviders startWith(Cloud there) {
        return new StandInProviders(there.copy()).withGoogle().withKubernetes();
    }

    /**
     * Starts the one of Google alone.
     *
     * @param cluster what the cluster that it makes is in truth; asked whenever somebody is told of the cluster
     */
    public static StandInProviders startGoogle(Supplier<ClusterAddress> cluster) {
        return new StandInProviders(new Cloud()).withGoogle(new ClusterAddresses(cluster));
    }

    private StandInProviders withGoogle(ServerInterceptor... interceptors) {
        // Providers that were made from Terraform's, as gcp's is, do not understand marks of secrets.
        return with("gcp", false, interceptors);
    }

    private StandInProviders withKubernetes() {
        return with("kubernetes", true);
    }

    public Cloud cloud() {
        return cloud;
    }

    /**
     * The variables that let Pulumi use these providers, and never look for others.
     *
     * @see <a
     *     href="https://github.com/pulumi/pulumi/blob/sdk/v3.182.0/sdk/go/common/resource/plugin/provider_plugin.go">
     *     GetProviderAttachPort</a>
     */
    public Map<String, String> environment() {
        return Map.of(
                "PULUMI_DEBUG_PROVIDERS",
                servers.entrySet().stream()
                        .map(server -> server.getKey() + ":" + server.getValue().getPort())
                        .collect(Collectors.joining(",")),
                "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION",
                "true");
    }

    @Override
    public void close() {
        servers.values().forEach(Server::shutdownNow);
    }

    private StandInProviders with(String name, boolean keepsSecrets, ServerInterceptor... interceptors) {
        try {
            var provider = new StandInProvider(sdkVersion(name), keepsSecrets, cloud);
            var server = OkHttpServerBuilder.forPort(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            InsecureServerCredentials.create())
                    .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                    .addService(ServerInterceptors.intercept(provider, interceptors))
                    .build();
            servers.put(name, server.start());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sdkVersion(String name) throws IOException {
        try (var version = StandInProviders.class.getResourceAsStream("/com/pulumi/" + name + "/version.txt")) {
            return new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
