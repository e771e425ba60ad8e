package io.buildkitefleet.engine.provider;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Both stand-in providers, serving in this process: the engine is told their ports, so that it starts no plugin and
 * needs none. What they make lives as long as this object.
 */
public final class StandInProviders implements AutoCloseable {
    /** As large as the SDK's own limit, in its class GrpcMonitor. */
    private static final int MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

    private final Cloud cloud = new Cloud();
    private final Server gcp;
    private final Server kubernetes;

    private StandInProviders() throws IOException {
        // Providers that were made from Terraform's, as gcp's is, do not understand marks of secrets.
        gcp = serve(new StandInProvider(sdkVersion("gcp"), false, cloud));
        kubernetes = serve(new StandInProvider(sdkVersion("kubernetes"), true, cloud));
    }

    public static StandInProviders start() {
        try {
            return new StandInProviders();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                "gcp:" + gcp.getPort() + ",kubernetes:" + kubernetes.getPort(),
                "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION",
                "true");
    }

    @Override
    public void close() {
        gcp.shutdownNow();
        kubernetes.shutdownNow();
    }

    private static Server serve(StandInProvider provider) throws IOException {
        return OkHttpServerBuilder.forPort(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .addService(provider)
                .build()
                .start();
    }

    private static String sdkVersion(String name) throws IOException {
        try (var version = StandInProviders.class.getResourceAsStream("/com/pulumi/" + name + "/version.txt")) {
            return new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
