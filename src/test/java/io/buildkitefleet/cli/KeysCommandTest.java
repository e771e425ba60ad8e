package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.signing.JsonWebKey;
import io.buildkitefleet.signing.KeySet;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person gets of {@code ./fleet keys}. */
class KeysCommandTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2027-03-01T12:00:00Z"), ZoneOffset.UTC);

    private static final Pattern KEY = Pattern.compile("(?m)^ *- (\\{kid.*})$");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void stackOfAProject() throws IOException {
        Files.copy(Path.of("Pulumi.yaml"), directory.resolve("Pulumi.yaml"));
        write(Stacks.minimal().with("repositories", "['git@github.com:acme/app.git']"));
    }

    @Test
    void thePrivateKeyIsForItsOwnerAloneAndNowhereOnTheScreen() throws IOException {
        assertThat(keys()).as(err.toString()).isZero();

        var file = directory.resolve("key-2027-03-01-private.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var key = KeySet.parse(Files.readString(file)).orElseThrow().keys().get(0);
        assertThat(out.toString())
                .doesNotContain(key.members().get("d").getAsString())
                .contains("pulumi config set --secret signingKey --stack dev <" + file);
    }

    @Test
    void theTwoFilesAreHalvesOfOnePair() throws IOException {
        keys();

        assertThat(set("key-2027-03-01-private.json").signingFlaw(open("key-2027-03-01")))
                .isEmpty();
        assertThat(open("key-2027-03-01").publicFlaw()).isEmpty();
    }

    @Test
    void whatIsPrintedMakesAStackThatSigns() throws IOException {
        keys();
        var stack = signing("[" + printed() + "]")
                .withSecret(Stacks.NAMESPACE + "signingKey", read("key-2027-03-01-private.json"));

        assertThat(BadStack.problems(stack)).isEmpty();
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        keys();
        var first = read("key-2027-03-01-private.json");

        assertThat(keys()).isEqualTo(2);
        assertThat(err.toString()).contains("key-2027-03-01-private.json exists; move it away");
        assertThat(read("key-2027-03-01-private.json")).isEqualTo(first);
    }

    @Test
    void thereIsNeverHalfAPair() throws IOException {
        Files.writeString(directory.resolve("a-public.json"), "mine");

        assertThat(keys("--key-id", "a")).isEqualTo(2);
        assertThat(directory.resolve("a-private.json")).doesNotExist();
        assertThat(read("a-public.json")).isEqualTo("mine");
    }

    @Test
    void aNameMustBeOne() {
        assertThat(keys("--key-id", "../a")).isEqualTo(2);
        assertThat(err.toString()).contains("--key-id must be 1 to 64 letters", "got \"../a\"");
    }

    @Test
    void aDirectoryMustBeThere() throws IOException {
        assertThat(run("keys", "dev", "--out", directory.resolve("gone").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("gone is no directory");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith("-private.json"));
        }
    }

    /** Each step is a stack that is right, and at no time is there a signature that nobody can verify. */
    @Test
    void aKeyIsReplacedInThreeSteps() throws IOException {
        keys("--key-id", "first");
        var first = printed();
        var stack = signing("[" + first + "]").withSecret(key(), read("first-private.json"));
        write(stack);
        out.getBuffer().setLength(0);

        assertThat(keys("--key-id", "second")).isZero();
        assertThat(out.toString())
                .containsSubsequence(
                        "keyId: first", "then pulumi up", "keyId: second", "pulumi config set --secret", "take it out");
        var both = stack.with("signing.publicKeys", "[" + first + ", " + printed() + "]")
                .with("signing.keyId", "first");
        var later = both.with("signing.keyId", "second").withSecret(key(), read("second-private.json"));
        var last = later.with("signing.publicKeys", "[" + printed() + "]");
        assertThat(Stream.of(stack, both, later, last).flatMap(one -> BadStack.problems(one).stream()))
                .isEmpty();
        assertThat(BadStack.problems(both.with("signing.keyId", "second"))).isNotEmpty();
    }

    @Test
    void aStackHasNoTwoKeysOfOneName() throws IOException {
        keys("--key-id", "first");
        write(signing("[" + printed() + "]"));

        assertThat(keys("--key-id", "first")).isEqualTo(2);
        assertThat(err.toString()).contains("stack dev has a key first already");
    }

    /** Who has written what the documents say has no key yet. */
    @Test
    void aStackThatIsNotRightYetGetsAKey() throws IOException {
        write(Stacks.minimal().with("signing", "{queues: [big]}"));

        assertThat(keys()).as(err.toString()).isZero();
    }

    private Stacks signing(String publicKeys) {
        return Stacks.minimal()
                .with("repositories", "['git@github.com:acme/app.git']")
                .with("pools.uploads", "{machineType: e2-standard-2, max: 1}")
                .with("queues.upload", "{pool: uploads}")
                .with("signing", "{queues: [big], publicKeys: " + publicKeys + "}");
    }

    private String printed() {
        var matcher = KEY.matcher(out.toString());
        assertThat(matcher.find()).as(out.toString()).isTrue();
        return matcher.group(1);
    }

    private static String key() {
        return Stacks.NAMESPACE + "signingKey";
    }

    private JsonWebKey open(String id) throws IOException {
        return set(id + "-public.json").find(id).orElseThrow();
    }

    private KeySet set(String file) throws IOException {
        return KeySet.parse(read(file)).orElseThrow();
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private void write(Stacks stack) throws IOException {
        Files.writeString(directory.resolve("Pulumi.dev.yaml"), stack.yaml());
    }

    private int keys(String... more) {
        return run(Stream.concat(Stream.of("keys", "dev", "--out", directory.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private int run(String... arguments) {
        return FleetCommand.commandLine(CLOCK)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("-C", directory.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
