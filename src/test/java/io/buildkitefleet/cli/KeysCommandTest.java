package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.buildkitefleet.signing.JsonWebKey;
import io.buildkitefleet.signing.KeySet;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                .contains("pulumi config set --secret buildkite-fleet:signingKey --stack dev <" + file);
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

        assertThat(keys()).isOne();
        assertThat(err.toString())
                .contains("key-2027-03-01-private.json: is there already; move it away")
                .hasLineCount(1);
        assertThat(read("key-2027-03-01-private.json")).isEqualTo(first);
    }

    @Test
    void thereIsNeverHalfAPair() throws IOException {
        Files.writeString(directory.resolve("a-public.json"), "mine");

        assertThat(keys("--key-id", "a")).isOne();
        assertThat(directory.resolve("a-private.json")).doesNotExist();
        assertThat(read("a-public.json")).isEqualTo("mine");
    }

    @Test
    void aNameMustBeOne() {
        assertThat(keys("--key-id", "../a")).isOne();
        assertThat(err.toString())
                .contains("--key-id must be 1 to 64 letters", "got \"../a\"")
                .hasLineCount(1);
    }

    @Test
    void aDirectoryMustBeThere() throws IOException {
        var gone = directory.resolve("gone").toString();
        assertThat(run("keys", "dev", "--out", gone)).isOne();
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("--out " + gone + ": there is no such directory; make one, or name another");
        err.getBuffer().setLength(0);
        var project = directory.resolve("Pulumi.yaml").toString();
        assertThat(run("keys", "dev", "--out", project)).isOne();
        assertThat(err.toString())
                .startsWith("--out " + project + ": is no directory")
                .hasLineCount(1);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith("-private.json"));
        }
    }

    @Test
    void aDirectoryMustBeOneThatOneMayWriteTo() throws IOException {
        var closed = Files.createDirectory(directory.resolve("closed"));
        closed.toFile().setWritable(false);
        assumeFalse(Files.isWritable(closed), "root may write everywhere");

        assertThat(run("keys", "dev", "--out", closed.toString())).isOne();
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(
                        closed.resolve("key-2027-03-01-private.json") + ": can't be written (permission denied)");
    }

    @Test
    void wrongOptionsShowTheUsage() {
        assertThat(run("keys", "dev", "--keyid", "a")).isEqualTo(2);
        assertThat(run("keys")).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: fleet keys", "--keyid", "STACK");
    }

    @Test
    void theStackMayBeInAnotherFile() throws IOException {
        keys("--key-id", "first");
        var trial = directory.resolve("trial.yaml");
        Files.writeString(trial, signing("[" + printed() + "]").yaml());
        out.getBuffer().setLength(0);

        assertThat(keys("--key-id", "first", "--config-file", trial.toString())).isOne();
        assertThat(err.toString()).contains("stack dev has a key first already");
        assertThat(keys("--key-id", "second", "--config-file", trial.toString()))
                .isZero();
        assertThat(out.toString())
                .contains("In trial.yaml, below signing:", "keyId: first")
                .contains("--secret buildkite-fleet:signingKey --stack dev --config-file " + trial + " <");
        write(Stacks.minimal());
        Files.copy(directory.resolve("Pulumi.dev.yaml"), trial, StandardCopyOption.REPLACE_EXISTING);
        assertThat(keys("--key-id", "third", "--config-file", trial.toString())).isZero();
        assertThat(out.toString())
                .contains(
                        "./fleet preview dev --config-file " + trial + ",",
                        "then pulumi up --stack dev --config-file " + trial);
    }

    /** One is a secret, and the other stands in the stack's file. */
    @Test
    void neitherFileIsCommittedByAccident() throws IOException {
        keys();
        var ignored = Files.readAllLines(Path.of(".gitignore")).stream()
                .map(pattern -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
                .toList();

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(Path::getFileName)
                            .filter(file -> file.toString().endsWith(".json")))
                    .hasSize(2)
                    .allMatch(file -> ignored.stream().anyMatch(pattern -> pattern.matches(file)));
        }
        assertThat(out.toString()).contains("what is in it stands in Pulumi.dev.yaml");
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

        assertThat(keys("--key-id", "first")).isOne();
        assertThat(err.toString()).contains("stack dev has a key first already").hasLineCount(1);
    }

    /** Who has written what the documents say has no key yet. */
    @Test
    void aStackThatIsNotRightYetGetsAKey() throws IOException {
        write(Stacks.minimal().with("signing", "{queues: [big]}"));

        assertThat(keys()).as(err.toString()).isZero();
    }

    /** The instructions would be those of a stack that does not sign. */
    @Test
    void aStackWhoseSigningIsWrongGetsNone() throws IOException {
        keys("--key-id", "first");
        var first = printed();
        out.getBuffer().setLength(0);
        keys("--key-id", "other");
        var other = printed();
        var right = signing("[" + first + "]");

        isRefused(right.with("signing.keyId", "nope"), "signing.keyId: is none of publicKeys, got \"nope\"");
        isRefused(signing("[" + first + ", " + other + "]"), "signing.keyId: is missing; with several publicKeys");
        isRefused(right.without("signing").with("sining", right.fleet().get("signing")), "sining: is not a key here");
        isRefused(
                right.without("signing.publicKeys").with("signing.publickeys", "[" + first + "]"),
                "signing.publickeys: is not a key here");
        isRefused(right.with("signing", "yes"), "signing: must be an object");
        isRefused(right.with("signing.publicKeys", "abc"), "signing.publicKeys: must be a list");
        isRefused(right.with("signing.queues", "[bug]"), "signing.queues[0]: is not a queue");
        isRefused(right.withoutKey(Stacks.FLEET), "buildkite-fleet:fleet: is missing");
    }

    private void isRefused(Stacks stack, String problem) throws IOException {
        write(stack);
        err.getBuffer().setLength(0);
        out.getBuffer().setLength(0);

        assertThat(keys("--key-id", "second")).as(problem).isOne();
        assertThat(err.toString()).startsWith("Pulumi.dev.yaml: ").contains(problem);
        assertThat(out.toString()).isEmpty();
        assertThat(directory.resolve("second-private.json")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{queues: [big]}", "{queues: [], publicKeys: []}", "{queues: [], keyId: key-2027-03-01}"})
    void aStackThatAwaitsItsFirstKeyGetsOne(String signing) throws IOException {
        write(Stacks.minimal().with("signing", signing));

        assertThat(keys()).as(err.toString()).isZero();
        assertThat(out.toString()).contains("1. Add to Pulumi.dev.yaml");
    }

    @Test
    void eachUpIsOfTheStack() throws IOException {
        keys("--key-id", "first");
        assertThat(out.toString()).contains("./fleet preview dev,", "then pulumi up --stack dev\n");
        write(signing("[" + printed() + "]"));
        out.getBuffer().setLength(0);
        keys("--key-id", "second");

        assertThat(out.toString().lines().filter(line -> line.contains("pulumi up ")))
                .hasSize(3)
                .allMatch(line -> line.strip().equals("then pulumi up --stack dev"));
    }

    @Test
    void thePublicKeysThatAreThereAreCounted() throws IOException {
        keys("--key-id", "first");
        var first = printed();
        write(signing("[" + first + "]"));
        out.getBuffer().setLength(0);
        keys("--key-id", "second");
        assertThat(out.toString()).contains("beside the one that is there");
        write(signing("[" + first + ", " + printed() + "]").with("signing.keyId", "first"));
        out.getBuffer().setLength(0);
        keys("--key-id", "third");

        assertThat(out.toString()).contains("beside the 2 that are there");
    }

    @Test
    void aPathWithABlankIsOneWordOfACommand() throws IOException {
        var blank = Files.createDirectory(directory.resolve("my keys"));
        var trial = blank.resolve("it's.yaml");
        Files.writeString(
                trial,
                Stacks.minimal().withoutKey(Stacks.NAMESPACE + "agentToken").yaml());

        assertThat(run("keys", "dev", "--out", blank.toString(), "--config-file", trial.toString()))
                .isZero();
        var quoted = "'" + blank + "/it'\\''s.yaml'";
        assertThat(out.toString())
                .contains("--stack dev --config-file " + quoted + " <'" + blank + "/key-2027-03-01-private.json'")
                .contains("./fleet preview dev --config-file " + quoted + ",")
                .contains("then pulumi up --stack dev --config-file " + quoted);
        assertThat(run("preview", "dev", "--config-file", trial.toString())).isZero();
        assertThat(out.toString())
                .contains(
                        "Before pulumi up: pulumi config set --secret buildkite-fleet:agentToken --stack dev --config-file "
                                + quoted);
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
