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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A Kubernetes API server on loopback with a store of its own. There is nothing else of a cluster: no controller makes
 * pods of Jobs, and no scheduler or node runs them.
 */
public final class ApiServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String TOKEN = "the-administrator-of-the-test";

    private final Programs programs;
    private final Path directory;
    private final String store;
    private Programs.Running server;
    private String address;
    private ApiClient client;
    private int starts;

    /** Starts a server that keeps everything in this directory. */
    public ApiServer(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        this.directory = directory;
        programs = new Programs(directory);
        try {
            Files.writeString(signingKey(), privateKey());
            Files.writeString(tokens(), TOKEN + ",administrator,administrator,system:masters\n");
            store = startStore();
            startServer();
        } catch (IOException | InterruptedException | GeneralSecurityException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    public ApiClient client() {
        return client;
    }

    /** Where it listens, without a scheme. */
    String address() {
        return address;
    }

    /** What it shows to clients, and they trust. */
    Path certificate() {
        return certificates().resolve("apiserver.crt");
    }

    /** The token of an administrator. */
    String token() {
        return TOKEN;
    }

    /** With which it signs the tokens of service accounts. */
    Path signingKey() {
        return directory.resolve("service-accounts.pem");
    }

    /** The same objects at another address, under another authority; what asked at the old one asks in vain. */
    void move() throws IOException, InterruptedException, GeneralSecurityException {
        programs.stop(server);
        startServer();
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
        builder.environment().put("PATH", Programs.BINARIES + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", directory.toString());
        builder.environment()
                .put("KUBECONFIG", kubeconfig("config", account, "").toString());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    /**
     * Writes how a program asks this server.
     *
     * @param file the name of the file
     * @param user under whose name
     * @param group of which the user is said to be a member; none if it is empty
     */
    Path kubeconfig(String file, String user, String group) throws IOException {
        return kubeconfig(file, user, group, "fleet", "fleet");
    }

    /**
     * The same as a person has it who has several clusters, of which this one is not the current one.
     *
     * @param context of this server
     * @param current another one, at whose address nobody answers
     */
    Path kubeconfig(String file, String user, String group, String context, String current) throws IOException {
        return Files.writeString(
                directory.resolve(file),
                String.format(Locale.ROOT, """
                apiVersion: v1
                kind: Config
                current-context: %s
                clusters:
                - {name: fleet, cluster: {server: "https://%s", certificate-authority: %s}}
                - {name: elsewhere, cluster: {server: "https://127.0.0.1:1"}}
                users: [{name: fleet, user: {token: %s, as: "%s", as-groups: [%s]}}]
                contexts:
                - {name: elsewhere, context: {cluster: elsewhere, user: fleet}}
                - {name: %s, context: {cluster: fleet, user: fleet}}
                """, current, address, certificate(), TOKEN, user, group, context));
    }

    /** Stops the server before its store, of which it would ask in vain. */
    @Override
    public void close() {
        programs.close();
    }

    private String startStore() throws IOException {
        var clients = "http://" + LOOPBACK + ":" + freePort();
        var peers = "http://" + LOOPBACK + ":" + freePort();
        programs.start(
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

    private void startServer() throws IOException, InterruptedException, GeneralSecurityException {
        starts++;
        var port = freePort();
        server = programs.start(
                "kube-apiserver",
                "--etcd-servers=" + store,
                "--bind-address=" + LOOPBACK,
                "--secure-port=" + port,
                "--cert-dir=" + certificates(),
                "--token-auth-file=" + tokens(),
                "--authorization-mode=RBAC",
                // As on GKE, where Pod Security alone decides.
                "--allow-privileged=true",
                "--service-cluster-ip-range=10.8.0.0/20",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + signingKey(),
                "--service-account-signing-key-file=" + signingKey());
        programs.await(server, () -> Files.exists(certificate()));
        address = LOOPBACK + ":" + port;
        client = new ApiClient("https://" + address, TOKEN, certificate());
        programs.await(server, client::isReady);
    }

    /** The server makes itself new ones in a directory that has none. */
    private Path certificates() {
        return directory.resolve("certificates-" + starts);
    }

    private Path tokens() {
        return directory.resolve("tokens.csv");
    }

    /** A port that nobody listens on, below those that connections are given, which begin at 16000 in gVisor. */
    static int freePort() throws IOException {
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
