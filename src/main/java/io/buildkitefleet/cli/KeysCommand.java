package io.buildkitefleet.cli;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.SigningConfig;
import io.buildkitefleet.plan.SigningStack;
import io.buildkitefleet.pulumi.IoErrorText;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.signing.JsonWebKey;
import io.buildkitefleet.signing.KeySet;
import io.buildkitefleet.signing.SigningKey;
import io.buildkitefleet.text.ShellWord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A pair of keys for signed pipelines, made on the machine of whoever asks. */
@Command(
        name = "keys",
        description = {
            "Make a pair of keys that sign pipelines, and say how the stack gets them.",
            "For a stack that signs already, the new pair takes the place of the old one, step by step."
        })
final class KeysCommand implements Callable<Integer> {
    private final Clock clock;

    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STACK", description = "The environment: dev for Pulumi.dev.yaml.")
    private String stackName;

    @Mixin
    private ConfigFile configFile;

    @Option(
            names = "--key-id",
            paramLabel = "ID",
            description = "What the key is called. Default: key- and the day, as in key-2027-03-01.")
    private String keyId;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the two files go. Default: where the command is run.")
    private Path out = Path.of("");

    private KeysCommand(Clock clock) {
        this.clock = clock;
    }

    /** @param clock says which day it is */
    static KeysCommand of(Clock clock) {
        return new KeysCommand(clock);
    }

    @Override
    public Integer call() throws IOException {
        var stack = configFile.in(fleetCommand.project()).stack(stackName);
        var signing = new SigningStack(stack);
        var id = id(signing.config());
        var key = SigningKey.generate(id);
        signing.require(key.open());
        requireDirectory();
        var secret = out.resolve(id + "-private.json");
        var open = out.resolve(id + "-public.json");
        write(secret, key.secret(), "rw-------");
        try {
            write(open, key.open(), "rw-r--r--");
        } catch (IOException | RuntimeException half) {
            Files.delete(secret);
            throw half;
        }
        var console = spec.commandLine().getOut();
        console.println("Private key: " + secret + ", for you alone. Public key: " + open + ".");
        tell(console, stack, signing.config(), key, secret);
        console.flush();
        return 0;
    }

    private String id(Optional<SigningConfig> signing) {
        var id = keyId == null ? "key-" + FleetCommand.today(clock) : keyId;
        if (!JsonWebKey.ID.matcher(id).matches()) {
            throw new ProjectException("--key-id must be " + JsonWebKey.ID_WORDS + ", got \"" + id + "\"");
        }
        if (signing.flatMap(found -> found.publicKeys().find(id)).isPresent()) {
            throw new ProjectException(
                    "stack " + stackName + " has a key " + id + " already; name the new one with --key-id ID");
        }
        return id;
    }

    private void requireDirectory() {
        if (!Files.isDirectory(out)) {
            throw new ProjectException("--out " + out + ": "
                    + (Files.exists(out) ? "is no directory" : "there is no such directory")
                    + "; make one, or name another");
        }
    }

    /** Nothing is ever overwritten: it could be the only copy. */
    private void write(Path file, JsonWebKey key, String permissions) throws IOException {
        var attribute = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attribute)) {
            var text = new KeySet(List.of(key)).json() + "\n";
            channel.write(StandardCharsets.UTF_8.encode(text));
        } catch (FileAlreadyExistsException taken) {
            throw new ProjectException(file + ": is there already; move it away, or name the new key with --key-id ID");
        } catch (IOException reason) {
            throw new ProjectException(file + ": can't be written (" + IoErrorText.of(reason) + ")", reason);
        }
    }

    private void tell(PrintWriter console, Stack stack, Optional<SigningConfig> signing, SigningKey key, Path secret) {
        var file = stack.file().getFileName();
        var set = "pulumi config set --secret " + FleetConfig.fullKey(FleetConfig.SIGNING_KEY) + " " + stack.selection()
                + " <" + new ShellWord(secret.toString());
        var up = "then pulumi up " + stack.selection();
        var line = "- " + yaml(key.open());
        var old = signing.flatMap(SigningConfig::signingKey).map(JsonWebKey::id);
        console.println();
        if (old.isEmpty()) {
            console.println("1. Add to " + file + ", below buildkite-fleet:fleet (docs/signed-pipelines.md):");
            console.println("     signing:");
            console.println(
                    "       queues: []    # those that shall run signed steps alone, once everything is signed");
            console.println("       publicKeys:");
            console.println("         " + line);
            console.println("   and the queue upload, which signs, with a pool of its own");
            console.println("2. " + set);
            console.println("3. ./fleet preview " + new ShellWord(stack.name()) + configFile.forFleet() + ",");
            console.println("   " + up);
        } else {
            console.println("1. Let agents verify with both. In " + file + ", below signing:");
            console.println("     keyId: " + old.get());
            console.println("     publicKeys:    # beside the " + others(signing));
            console.println("       " + line);
            console.println("   " + up);
            console.println("   Agents know the key before a step is signed with it.");
            console.println("2. Sign with the new one:");
            console.println("     keyId: " + key.open().id());
            console.println("   " + set);
            console.println("   " + up);
            console.println("3. When no build has a step that " + old.get()
                    + " signed, and the steps in pipeline settings are");
            console.println("   signed anew, take it out of publicKeys,");
            console.println("   " + up);
            console.println("If the old key may have been read by others, do all of this in one pulumi up.");
        }
        console.println();
        console.println(
                "The stack keeps the private key, encrypted. You need the file once more for steps in pipeline settings");
        console.println(
                "(docs/signed-pipelines.md); keep it where you keep such things, or delete it. The public file is for");
        console.println(
                "the agent of a mac alone: what is in it stands in " + file + ". Git ignores both in this project.");
    }

    private static String others(Optional<SigningConfig> signing) {
        var count = signing.map(found -> found.publicKeys().keys().size()).orElse(0);
        return count == 1 ? "one that is there" : count + " that are there";
    }

    /** In one line, as YAML takes it; what is no word is in quotes. */
    private static String yaml(JsonWebKey key) {
        return key.members().entrySet().stream()
                .map(member -> member.getKey() + ": " + member.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
