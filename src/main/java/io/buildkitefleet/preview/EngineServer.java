package io.buildkitefleet.preview;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gRPC server on a free port of the loopback address, with one thread: each answer takes microseconds. */
final class EngineServer implements AutoCloseable {
    /** As large as the SDK's own limit (its class GrpcMonitor). */
    private static final int MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

    private static final long GRACE_SECONDS = 5;

    private final EventLoopGroup eventLoop = new NioEventLoopGroup(1, new DefaultThreadFactory("offline-engine", true));
    private final Server server;

    /** @throws PreviewException if there is no free port */
    EngineServer(List<BindableService> services) {
        var builder = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .bossEventLoopGroup(eventLoop)
                .workerEventLoopGroup(eventLoop)
                .channelType(NioServerSocketChannel.class)
                .directExecutor()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES);
        services.forEach(builder::addService);
        server = builder.build();
    }

    /** @throws PreviewException if there is no free port */
    EngineServer start() {
        try {
            server.start();
            return this;
        } catch (IOException e) {
            throw new PreviewException(
                    "the offline engine cannot listen on the loopback address: " + e.getMessage(), e);
        }
    }

    /** As {@code host:port}. */
    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
        eventLoop.shutdownGracefully(0, GRACE_SECONDS, TimeUnit.SECONDS);
        try {
            server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
            eventLoop.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
