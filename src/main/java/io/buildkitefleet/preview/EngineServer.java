package io.buildkitefleet.preview;

import io.buildkitefleet.pulumi.ProjectException;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.InternalLoggerFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A gRPC server on a free port of the loopback address. It has one thread: an answer takes microseconds, so more would
 * only cost memory.
 */
final class EngineServer implements AutoCloseable {
    /** As large as the SDK's own limit, in its class GrpcMonitor. */
    private static final int MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

    private static final long GRACE_SECONDS = 5;

    private final ServerSocketChannel socket;
    private Runnable stop = () -> {};

    private EngineServer(ServerSocketChannel socket) {
        this.socket = socket;
    }

    /**
     * Accepts connections, which wait until {@link #serve}: a program can be started before the server is loaded.
     *
     * @throws ProjectException if there is no free port
     */
    static EngineServer listen() {
        try {
            var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return new EngineServer(ServerSocketChannel.open().bind(loopback));
        } catch (IOException e) {
            throw new ProjectException("the offline engine finds no free port: " + e.getMessage(), e);
        }
    }

    /** As {@code host:port}. */
    String address() {
        return "127.0.0.1:" + socket.socket().getLocalPort();
    }

    /** @throws ProjectException if the server does not start */
    void serve(List<BindableService> services) {
        // Without this it looks for SLF4J, finds it without a back end, and the user sees a warning.
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
        var eventLoop = new NioEventLoopGroup(1, new DefaultThreadFactory("offline-engine", true));
        var builder = NettyServerBuilder.forAddress(socket.socket().getLocalSocketAddress())
                .bossEventLoopGroup(eventLoop)
                .workerEventLoopGroup(eventLoop)
                .channelFactory(() -> new ListeningChannel(socket))
                .directExecutor()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES);
        services.forEach(builder::addService);
        Server server = builder.build();
        stop = () -> stop(server, eventLoop);
        try {
            server.start();
        } catch (IOException e) {
            throw new ProjectException("the offline engine cannot serve the program: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        stop.run();
        try {
            socket.close();
        } catch (IOException e) {
            throw new ProjectException("the offline engine's port cannot be closed: " + e.getMessage(), e);
        }
    }

    private static void stop(Server server, NioEventLoopGroup eventLoop) {
        server.shutdownNow();
        eventLoop.shutdownGracefully(0, GRACE_SECONDS, TimeUnit.SECONDS);
        try {
            server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
            eventLoop.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A channel that is bound already. */
    private static final class ListeningChannel extends NioServerSocketChannel {
        ListeningChannel(ServerSocketChannel socket) {
            super(socket);
        }

        @Override
        protected void doBind(SocketAddress address) {}
    }
}
