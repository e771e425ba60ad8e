package io.buildkitefleet.apiserver;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A Kubernetes API server on loopback with a store of its own. There is nothing else of a cluster: no controller makes
 * pods of Jobs, and no scheduler or node runs them.
 */
final class ApiServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String TOKEN = "the-administrator-of-the-test";
    private static final Path BINARIES = Path.of(".tools", "bin").toAbsolutePath();

    /** Ten times what it takes on two cores. */
    private static final Duration START = Duration.ofSeconds(90);

    private static final Duration STOP = Duration.ofSeconds(10);

    /** What was started, in that order. */
    private final List<Process> processes = new ArrayList<>();

    private final Path directory;
    private final String address;
    private final ApiClient client;

    /** Starts a server that keeps everything in this directory. */
    ApiServer(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        this.directory = Files.createDirectories(directory);
        try {
            var store = startStore();
            var port = freePort();
            var server = startServer(store, port);
            await("the API server", server, () -> Files.exists(certificate()));
            address = "https://" + LOOPBACK + ":" + port;
            client = new ApiClient(address, TOKEN, certificate());
            await("the API server", server, client::isReady);
        } catch (IOException | InterruptedException | GeneralSecurityException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    ApiClient client() {
        return client;
    }

    /**
     * Runs a bash script whose kubectl talks to this server.
     *
     * @param account under which it does
     */
    Run run(String script, String account, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("bash", script));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("PATH", BINARIES + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", directory.toString());
        builder.environment()
                .put(
                        "KUBECONFIG",
                        Files.writeString(
                                        directory.resolve("config"),
                                        String.format(Locale.ROOT, """
                apiVersion: v1
                kind: Config
                current-context: fleet
                clusters: [{name: fleet, cluster: {server: "%s", certificate-authority: %s}}]
                users: [{name: fleet, user: {token: %s, as: "%s"}}]
                contexts: [{name: fleet, context: {cluster: fleet, user: fleet}}]
                """, address, certificate(), TOKEN, account))
                                .toString());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    /** Stops the server before its store, of which it would ask in vain. */
    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            stop(processes.get(i));
        }
    }

    private String startStore() throws IOException {
        var clients = "http://" + LOOPBACK + ":" + freePort();
        var peers = "http://" + LOOPBACK + ":" + freePort();
        start(
                "etcd",
                "--data-dir=" + directory.resolve("store"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers,
                "--unsafe-no-fsync",
                "--log-level=error");
        return clients;
    }

    private Process startServer(String store, int port) throws IOException, GeneralSecurityException {
        var key = directory.resolve("service-accounts.pem");
        Files.writeString(key, privateKey());
        var tokens = directory.resolve("tokens.csv");
        Files.writeString(tokens, TOKEN + ",administrator,administrator,system:masters\n");
        return start(
                "kube-apiserver",
                "--etcd-servers=" + store,
                "--bind-address=" + LOOPBACK,
                "--secure-port=" + port,
                "--cert-dir=" + directory,
                "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC",
                // As on GKE, where Pod Security alone decides.
                "--allow-privileged=true",
                "--service-cluster-ip-range=10.8.0.0/20",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key);
    }

    private Process start(String binary, String... arguments) throws IOException {
        var path = BINARIES.resolve(binary);
        if (!Files.isExecutable(path)) {
            throw new IllegalStateException(
                    "these tests need " + path + ", which is not there: run tools/install kube-apiserver etcd");
        }
        var command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(binary).toFile())
                .start();
        processes.add(process);
        return process;
    }

    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    private void await(String what, Process process, Condition condition) throws IOException, InterruptedException {
        var end = Instant.now().plus(START);
        while (!condition.holds()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException(what + " did not start:\n" + Files.readString(log("etcd"))
                        + Files.readString(log("kube-apiserver")));
            }
            Thread.sleep(100);
        }
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private Path certificate() {
        return directory.resolve("apiserver.crt");
    }

    private Path log(String binary) {
        return directory.resolve(binary + ".log");
    }

    /** A port that nobody listens on, below those that connections are given, which begin at 16000 in gVisor. */
    private static int freePort() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            var port = ThreadLocalRandom.current().nextInt(10_000, 16_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // The next one, then.
            }
        }
        throw new IllegalStateException("no port is free");
    }

    /** With which the server signs the tokens of service accounts. */
    private static String privateKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var key = generator.generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }
}
