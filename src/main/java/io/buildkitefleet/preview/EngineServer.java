package io.buildkitefleet.preview;

import io.buildkitefleet.pulumi.ProjectException;
import io.grpc.BindableService;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gRPC server on a free port of the loopback address. */
final class EngineServer implements AutoCloseable {
    /** As large as the SDK's own limit, in its class GrpcMonitor. */
    private static final int MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

    private static final long GRACE_SECONDS = 5;

    private final Server server;

    private EngineServer(Server server) {
        this.server = server;
    }

    /** @throws ProjectException if there is no free port */
    static EngineServer start(List<BindableService> services) {
        var builder = OkHttpServerBuilder.forPort(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .directExecutor()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES);
        services.forEach(builder::addService);
        try {
            return new EngineServer(builder.build().start());
        } catch (IOException e) {
            throw new ProjectException("the offline engine finds no free port: " + e.getMessage(), e);
        }
    }

    /** As {@code host:port}. */
    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
