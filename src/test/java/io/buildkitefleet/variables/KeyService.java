package io.buildkitefleet.variables;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** Plays Cloud KMS and the metadata server on loopback, with a real key. */
public final class KeyService implements AutoCloseable {
    public static final String KEY = "projects/acme/locations/us-west1/keyRings/ring/cryptoKeys/key";

    /** A key whose service asks to be left alone for an hour. */
    static final String BUSY_KEY = "projects/acme/locations/us-west1/keyRings/ring/cryptoKeys/busy";

    static final int VERSION = 3;

    private static final Path STUBS = Path.of("src/test/resources/hooks");
    private static final String TOKEN = "ya29.an-access-token";
    private static final String DECRYPT = "/kms/v1/" + KEY + "/cryptoKeyVersions/" + VERSION + ":asymmetricDecrypt";

    private final KeyPair pair;
    private final HttpServer server;

    public KeyService() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(VariableKey.BITS);
        pair = generator.generateKeyPair();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metadata/computeMetadata/v1/instance/service-accounts/default/token", this::token);
        server.createContext("/kms/", this::decrypt);
        server.start();
    }

    public VariableKey key(String queue) {
        return new VariableKey(queue, VERSION, (RSAPublicKey) pair.getPublic());
    }

    String publicKeyPem() {
        var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN PUBLIC KEY-----\n"
                + encoder.encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * What sends a hook here instead of to Google.
     *
     * @param arguments a file that gets the arguments of every curl
     */
    public Map<String, String> environment(Path arguments) {
        return Map.of(
                "PATH",
                STUBS.toAbsolutePath() + ":" + System.getenv("PATH"),
                "GOOGLE_STAND_IN",
                address(),
                "CURL_ARGUMENTS",
                arguments.toString(),
                "FLEET_VARIABLES_KEY",
                KEY);
    }

    String token() {
        return TOKEN;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void token(HttpExchange exchange) throws IOException {
        if ("Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"))) {
            answer(exchange, 200, "{\"access_token\":\"" + TOKEN + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
        } else {
            answer(exchange, 403, "Missing Metadata-Flavor:Google header.");
        }
    }

    private void decrypt(HttpExchange exchange) throws IOException {
        var request = JsonParser.parseString(
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                .getAsJsonObject();
        if (exchange.getRequestURI().getPath().contains(BUSY_KEY)) {
            exchange.getResponseHeaders().set("Retry-After", "3600");
            answer(exchange, 503, refusal(503, "The service is currently unavailable."));
        } else if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, refusal(401, "Request had invalid authentication credentials."));
        } else if (!exchange.getRequestURI().getPath().equals(DECRYPT)) {
            answer(exchange, 404, refusal(404, "CryptoKeyVersion not found."));
        } else {
            answer(exchange, request);
        }
    }

    private void answer(HttpExchange exchange, JsonObject request) throws IOException {
        try {
            var plain =
                    unwrap(Base64.getDecoder().decode(request.get("ciphertext").getAsString()));
            answer(
                    exchange,
                    200,
                    "{\n  \"plaintext\": \"" + Base64.getEncoder().encodeToString(plain)
                            + "\",\n  \"plaintextCrc32c\": \"1\",\n  \"protectionLevel\": \"SOFTWARE\"\n}\n");
        } catch (GeneralSecurityException damaged) {
            answer(exchange, 400, refusal(400, "Decryption failed: the ciphertext is invalid."));
        }
    }

    private byte[] unwrap(byte[] wrapped) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                pair.getPrivate(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return cipher.doFinal(wrapped);
    }

    private static String refusal(int code, String message) {
        return "{\n  \"error\": {\n    \"code\": " + code + ",\n    \"message\": \"" + message + "\"\n  }\n}\n";
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
