package io.buildkitefleet.hooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Git's own server, on loopback, which hands out whatever the repositories below a directory have. */
final class GitServer implements AutoCloseable {
    private final Process daemon;
    private final int port;

    private GitServer(Process daemon, int port) {
        this.daemon = daemon;
        this.port = port;
    }

    static GitServer of(Path directory) throws IOException, InterruptedException {
        var port = freePort();
        var log = Files.createTempFile(directory, "daemon", ".log").toFile();
        var daemon = new ProcessBuilder(
                        "git",
                        "daemon",
                        "--listen=127.0.0.1",
                        "--port=" + port,
                        "--reuseaddr",
                        "--export-all",
                        "--base-path=" + directory,
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        var server = new GitServer(daemon, port);
        for (int attempt = 0; attempt < 100; attempt++) {
            if (server.answers()) {
                return server;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        server.close();
        throw new AssertionError("git daemon does not start: " + Files.readString(log.toPath()));
    }

    /** The address of a repository. */
    String address(String repository) {
        return "git://127.0.0.1:" + port + "/" + repository;
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        daemon.descendants().forEach(ProcessHandle::destroyForcibly);
        daemon.destroyForcibly();
    }
}
