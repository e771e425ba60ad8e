package io.buildkitefleet.config;

import static io.buildkitefleet.testing.BadStack.of;
import static io.buildkitefleet.testing.BadStack.ofKey;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.signing.SigningKey;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import io.buildkitefleet.testing.TestKeys;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who signs steps, with what, and who runs signed ones alone: what is refused, and how it is told. */
class SigningConfigTest {
    private static final String KEY = Stacks.NAMESPACE + "signingKey";
    private static final String PUBLIC = "signing.publicKeys";

    private static final Stacks SIGNING = Stacks.minimal()
            .with("repositories", "['git@github.com:acme/app.git']")
            .with("pools.uploads", "{machineType: e2-standard-2, max: 1}")
            .with("queues.upload", "{pool: uploads}")
            .with("signing", "{queues: [big], publicKeys: [" + TestKeys.publicKey() + "]}")
            .withSecret("signingKey");

    @Test
    void aFleetMaySignAndNotRequireItYet() {
        assertThat(BadStack.problems(SIGNING)).isEmpty();
        assertThat(BadStack.problems(SIGNING.with("signing.queues", "[]"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource({"keys", "misplaced", "queues", "uploads", "secrets", "jobs"})
    void aMistakeIsReportedWithTheWayOut(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> keys() {
        return Stream.of(
                of("no keys", SIGNING.without(PUBLIC), PUBLIC, "is missing", "./fleet keys"),
                of(
                        "an empty list",
                        SIGNING.with(PUBLIC, "[]"),
                        PUBLIC,
                        "must be a list of one or more, each item a public JSON Web Key",
                        "as `./fleet keys` prints it, got an empty list"),
                of(
                        "a text",
                        SIGNING.with(PUBLIC, "[abc]"),
                        PUBLIC + "[0]",
                        "a public JSON Web Key",
                        "3 characters not shown here"),
                of(
                        "the same twice",
                        SIGNING.with(PUBLIC, "[" + TestKeys.publicKey() + ", " + TestKeys.publicKey() + "]"),
                        PUBLIC + "[1]",
                        "stands in the list already"),
                of(
                        "one name for two",
                        SIGNING.with(
                                PUBLIC,
                                "[" + TestKeys.publicKey() + ", "
                                        + SigningKey.generate(TestKeys.ID)
                                                .open()
                                                .members() + "]"),
                        PUBLIC + "[1].kid",
                        "must be its own, got \"" + TestKeys.ID + "\" a second time"),
                key("a private key", "d", key -> key.addProperty("d", "AAAA"), "is of a private key", "./fleet keys"),
                key("a shared key", "k", key -> key.addProperty("k", "AAAA"), "is of a private key"),
                key("no name", "kid", key -> key.remove("kid"), "must be 1 to 64 letters", "got none"),
                key("a number", "kid", key -> key.addProperty("kid", 2027), "must be 1 to 64", "got 2027"),
                key("a path", "kid", key -> key.addProperty("kid", "../a"), "must be 1 to 64", "got \"../a\""),
                key(
                        "no algorithm",
                        "alg",
                        key -> key.addProperty("alg", "none"),
                        "EdDSA, ES512, PS512",
                        "got \"none\""),
                key("another algorithm", "alg", key -> key.addProperty("alg", "RS512"), "agent takes", "got \"RS512\""),
                key("an algorithm left out", "alg", key -> key.remove("alg"), "agent takes", "got none"),
                key(
                        "another type",
                        "kty",
                        key -> key.addProperty("kty", "RSA"),
                        "must be OKP with alg EdDSA, got \"RSA\""),
                key(
                        "another curve",
                        "crv",
                        key -> key.addProperty("crv", "X25519"),
                        "must be Ed25519",
                        "got \"X25519\""),
                key("to encrypt", "use", key -> key.addProperty("use", "enc"), "must be sig", "got \"enc\""),
                key("too short", "x", key -> key.addProperty("x", "AAAA"), "must have 32 bytes, got 3"),
                key("no number", "x", key -> key.addProperty("x", "a b"), "must be a number in base64url"),
                of(
                        "two and no choice",
                        SIGNING.with(
                                PUBLIC,
                                "[" + TestKeys.publicKey() + ", "
                                        + SigningKey.generate("other").open().members() + "]"),
                        "signing.keyId",
                        "is missing; with several publicKeys, say which signs: " + TestKeys.ID + ", other"),
                of(
                        "an unknown one",
                        SIGNING.with("signing.keyId", "gone"),
                        "signing.keyId",
                        "is none of publicKeys, got \"gone\"; there are: " + TestKeys.ID));
    }

    /** What {@code ./fleet keys} writes, whole, or in another form: nobody may think that a secret was not read. */
    static Stream<BadStack> misplaced() {
        var known = "a private key, known now to whoever reads this file: make another with ./fleet keys";
        var secrets = set(TestKeys.privateKey());
        var open = set(TestKeys.publicKey());
        return Stream.of(
                of("a private file", SIGNING.with(PUBLIC, "[" + secrets + "]"), PUBLIC + "[0].keys", "holds " + known),
                of("a private file as the list", SIGNING.with(PUBLIC, secrets), PUBLIC, "it holds " + known),
                of(
                        "a private key as the list",
                        SIGNING.with(PUBLIC, TestKeys.privateKey()),
                        PUBLIC,
                        "it holds " + known),
                of(
                        "a private key in a list of lists",
                        SIGNING.with(PUBLIC, "[[" + TestKeys.privateKey() + "]]"),
                        PUBLIC + "[0]",
                        "it holds " + known),
                of("the text of a private file", text(secrets), PUBLIC, "it holds " + known),
                of("its text as an item", SIGNING.with(PUBLIC, itemOf(secrets)), PUBLIC + "[0]", "it holds " + known),
                of(
                        "a private key in PEM",
                        text("-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----"),
                        PUBLIC,
                        "it holds " + known),
                of(
                        "a public file",
                        SIGNING.with(PUBLIC, "[" + open + "]"),
                        PUBLIC + "[0].keys",
                        "is of a whole file of keys: put what is in this list here"),
                of(
                        "a public file as the list",
                        SIGNING.with(PUBLIC, open),
                        PUBLIC,
                        "got an object with the keys keys; it is a whole file of keys: put what is in its list keys here"),
                of("the text of a public file", text(open), PUBLIC, "it is a whole file of keys"),
                of(
                        "the same key under another name",
                        SIGNING.with(PUBLIC, "[" + TestKeys.publicKey() + ", " + renamed() + "]")
                                .with("signing.keyId", TestKeys.ID),
                        PUBLIC + "[1]",
                        "is the key " + TestKeys.ID + " under another name, got kid \"second\"",
                        "make another with ./fleet keys"));
    }

    @Test
    void nothingThatIsSaidOfAPrivateKeyShowsIt() {
        var secret = TestKeys.privateKey().get("d").getAsString();

        assertThat(misplaced().flatMap(bad -> BadStack.problems(bad.stack()).stream()))
                .noneMatch(problem -> problem.message().contains(secret.substring(0, 8)));
    }

    private static Stacks text(String publicKeys) {
        return SIGNING.with(PUBLIC, new JsonPrimitive(publicKeys));
    }

    private static JsonElement itemOf(String text) {
        var list = new JsonArray();
        list.add(text);
        return list;
    }

    private static JsonObject renamed() {
        var key = TestKeys.publicKey();
        key.addProperty("kid", "second");
        key.addProperty("use", "sig");
        return key;
    }

    static Stream<BadStack> queues() {
        var forks = SIGNING.with("pools.sandbox", "{machineType: e2-standard-4, sandbox: gvisor, max: 2}")
                .with("queues.forks", "{pool: sandbox, trust: untrusted}")
                .withSecret("untrustedAgentToken");
        return Stream.of(
                of("none", SIGNING.without("signing.queues"), "signing.queues", "is missing"),
                of(
                        "no queue",
                        SIGNING.with("signing.queues", "[bug]"),
                        "signing.queues[0]",
                        "is not a queue, got \"bug\"; there are: big"),
                of(
                        "the one that signs",
                        SIGNING.with("signing.queues", "[big, upload]"),
                        "signing.queues[1]",
                        "must not name the queue that signs, got \"upload\"",
                        "would not run"),
                of(
                        "forks",
                        forks.with("signing.queues", "[forks]"),
                        "signing.queues[0]",
                        "must not name an untrusted queue"),
                of(
                        "the mac",
                        SIGNING.withMac().with("signing.queues", "[mac]"),
                        "signing.queues[0]",
                        "must not name the mac",
                        "docs/signed-pipelines.md"),
                of(
                        "nobody's code",
                        SIGNING.without("repositories"),
                        "repositories",
                        "is empty; what is signed comes from"));
    }

    static Stream<BadStack> uploads() {
        var nothingElse = "must be empty on the queue that signs steps";
        return Stream.of(
                of(
                        "no queue that signs",
                        SIGNING.without("queues.upload").without("pools.uploads"),
                        "queues",
                        "must have the queue upload, which signs steps"),
                of(
                        "secrets",
                        SIGNING.with("queues.upload.secrets", "{TOKEN: npmToken}")
                                .withSecret("npmToken"),
                        "queues.upload.secrets",
                        nothingElse),
                upload("variablesKey", "1", nothingElse),
                upload("debuggers", "['user:jane@example.com']", nothingElse),
                upload("can", "[docker]", nothingElse),
                of(
                        "kept directories",
                        SIGNING.with("pools.uploads.min", "1").with("queues.upload.warm", "{cargo: /root/.cargo}"),
                        "queues.upload.warm",
                        nothingElse),
                of(
                        "a shared cache",
                        SIGNING.with("caches", "{bazel: {queues: [big, upload]}}"),
                        "caches.bazel.queues[1]",
                        "must not name the queue that signs steps"),
                of(
                        "beside docker",
                        SIGNING.with("queues.upload.pool", "big")
                                .without("pools.uploads")
                                .with("pools.big.shared", "true")
                                .with("queues.big.can", "[docker]"),
                        "queues.upload.pool",
                        "must be a pool that nothing else uses: jobs of big",
                        "give it a pool of its own"),
                of(
                        "beside any other queue",
                        SIGNING.with("queues.upload.pool", "big").without("pools.uploads"),
                        "queues.upload.pool",
                        "must be a pool that nothing else uses: jobs of big"),
                of(
                        "pod specs beside the key",
                        SIGNING.with("queues.upload.podSpecs", "allowed"),
                        "queues.upload.podSpecs",
                        "must not be allowed on the queue that signs steps"),
                of(
                        "what is deployed beside the key",
                        SIGNING.with("queues.deploy", "{pool: big, can: [kubectl], namespaces: [apps]}")
                                .with("pools.uploads.max", "2")
                                .with("namespaces.apps", "{pool: uploads}"),
                        "namespaces.apps.pool",
                        "must not be the pool of the queue that signs steps"));
    }

    static Stream<BadStack> secrets() {
        var other = SigningKey.generate(TestKeys.ID);
        return Stream.of(
                ofKey("none", SIGNING.withoutKey(KEY), KEY, "is missing; set it with", "./fleet keys dev makes one"),
                ofKey("plain", SIGNING.withKey(KEY, TestKeys.privateSet("")), KEY, "is kept in plain text"),
                secret("no keys", "secret", "must be a JSON Web Key Set with a private key"),
                secret("a list", "[]", "must be a JSON Web Key Set with a private key"),
                secret("a key alone", TestKeys.privateKey().toString(), "must be a JSON Web Key Set"),
                secret("keys of texts", "{\"keys\": [\"a\"]}", "must be a JSON Web Key Set"),
                secret("empty", "{\"keys\": []}", "must hold the key " + TestKeys.ID, "has 0 keys"),
                secret(
                        "another",
                        set(SigningKey.generate("other").secret().members()),
                        "must hold the key",
                        "has 1 key"),
                secret("public", set(TestKeys.publicKey()), "is a public key, with which nobody can sign"),
                secret("not its half", set(other.secret().members()), "is not the other half of the public key"),
                secret(
                        "two of one name",
                        set(other.secret().members(), TestKeys.privateKey()),
                        "must not have two keys of one kid"));
    }

    static Stream<BadStack> jobs() {
        return Stream.of(
                of(
                        "a job's variable",
                        SIGNING.with("queues.big.secrets", "{SIGN: signingKey}"),
                        "queues.big.secrets.SIGN",
                        "must not be signingKey: a job that holds it can sign any step"),
                of(
                        "the checkout's",
                        SIGNING.with("checkout.sshKey", "signingKey"),
                        "checkout.sshKey",
                        "must not be signingKey"));
    }

    @Test
    void whateverIsWrongWithTheQueuesIsToldAtOnceEachInItsPlace() {
        var stack = SIGNING.withMac().with("signing.queues", "[bug, upload, big, Big_1, big, mac, bog]");

        assertThat(BadStack.problems(stack))
                .extracting(problem -> problem.path().substring(Stacks.FLEET.length()))
                .containsExactly(Stream.of(0, 1, 3, 4, 5, 6)
                        .map(i -> ".signing.queues[" + i + "]")
                        .toArray(String[]::new));
    }

    @Test
    void noMessageHoldsTheKey() {
        var secret = TestKeys.privateKey().get("d").getAsString();
        var broken = TestKeys.privateKey();
        broken.addProperty("alg", "none");
        assertThat(BadStack.problems(
                        SIGNING.with(PUBLIC, "[" + TestKeys.privateKey() + "]").withSecret(KEY, set(broken))))
                .isNotEmpty()
                .extracting(Problem::message)
                .noneMatch(message -> message.contains(secret));
    }

    /** An offline preview knows no secret. */
    @Test
    void aPlaceholderIsTaken() {
        assertThat(BadStack.problems(SIGNING.withSecret(KEY, ConfigSource.PLACEHOLDER + "signingKey")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"big", "upload", "forks"})
    void aQueueSignsOrVerifies(String name) {
        var forks = SIGNING.with("pools.sandbox", "{machineType: e2-standard-4, sandbox: gvisor, max: 2}")
                .with("queues.forks", "{pool: sandbox, trust: untrusted}")
                .withSecret("untrustedAgentToken");
        var queue = FleetResolver.resolve(forks).queues().stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();

        assertThat(queue.signs()).isEqualTo(name.equals("upload"));
        assertThat(queue.signatures().isPresent()).isEqualTo(!name.equals("forks"));
        assertThat(queue.signatures().filter(found -> found.required()).isPresent())
                .isEqualTo(name.equals("big"));
    }

    private static BadStack key(String mistake, String member, Consumer<JsonObject> change, String... parts) {
        var key = TestKeys.publicKey();
        change.accept(key);
        return of(mistake, SIGNING.with(PUBLIC, list(key)), PUBLIC + "[0]." + member, parts);
    }

    private static JsonElement list(JsonObject key) {
        return JsonParser.parseString("[" + key + "]");
    }

    private static BadStack upload(String key, String yaml, String... parts) {
        return of(key, SIGNING.with("queues.upload." + key, yaml), "queues.upload." + key, parts);
    }

    private static BadStack secret(String mistake, String value, String... parts) {
        return ofKey(mistake, SIGNING.withSecret(KEY, value), KEY, parts);
    }

    private static String set(JsonObject... keys) {
        return "{\"keys\": " + List.of(keys) + "}";
    }
}
