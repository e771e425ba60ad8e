package io.buildkitefleet.drain;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.buildkitefleet.operate.OperateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where a drain keeps what it has paused, from before it pauses until all is resumed: {@code .fleet/drain-STACK.json}
 * in the project. It stays if the drain is killed. Only its owner may read it, only one drain of a stack can make it,
 * and nobody sees half of it.
 */
public final class PauseFile {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Path file;

    /** @param project the directory with {@code Pulumi.yaml} */
    public PauseFile(Path project, String stack) {
        this.file = project.resolve(".fleet").resolve("drain-" + stack + ".json");
    }

    Path path() {
        return file;
    }

    /**
     * Why no update of the stack may begin: what another drain has paused, and what to do.
     *
     * @param resume the command that resumes it
     */
    public Optional<String> refusal(String resume) {
        return read().map(record -> {
            var keys = String.join(
                    ", ",
                    record.queues().stream().map(PauseRecord.PausedQueue::key).toList());
            return switch (record.holder()) {
                case AT_WORK ->
                    "an up --drain of this stack is at work, as process " + record.process() + "; it has paused "
                            + keys;
                case UPDATING ->
                    "an up --drain of " + record.created() + " was killed, and its Pulumi still updates the stack, as "
                            + "process " + record.update().id() + ", with " + keys
                            + " paused; wait until it has ended, and then resume: " + resume;
                case GONE ->
                    "an up --drain of " + record.created() + " was killed, and may have left paused: " + keys
                            + "; resume that first: " + resume;
                case ELSEWHERE ->
                    "an up --drain of " + record.created() + " on " + record.host() + " has paused " + keys
                            + "; if it is no longer at work there, resume that first: " + resume;
            };
        });
    }

    /** @throws OperateException if it is there and can't be read, or is something else */
    Optional<PauseRecord> read() {
        try {
            var json = JsonParser.parseString(Files.readString(file));
            requireAll(PauseRecord.class, json);
            for (var queue : json.getAsJsonObject().getAsJsonArray("queues")) {
                requireAll(PauseRecord.PausedQueue.class, queue);
            }
            var record = GSON.fromJson(json, PauseRecord.class);
            record.pauseNote();
            return Optional.of(record);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | JsonParseException | IllegalArgumentException | ClassCastException reason) {
            throw new OperateException(
                    file + " should say which queues an up --drain has paused, and can't be read; look at Buildkite "
                            + "whether a queue is paused, resume it there, and delete the file",
                    reason);
        }
    }

    private static void requireAll(Class<? extends Record> type, JsonElement json) {
        for (var component : type.getRecordComponents()) {
            if (!(json instanceof JsonObject object)
                    || !component.getType().equals(RunningProcess.class)
                            && (!object.has(component.getName())
                                    || object.get(component.getName()).isJsonNull())) {
                throw new JsonParseException("no " + component.getName());
            }
        }
    }

    /** @throws OperateException if another drain was first, or it can't be written; nothing may be paused then */
    void create(PauseRecord record, String resume) {
        try {
            Files.createDirectories(
                    file.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var draft = file.resolveSibling(".draft-" + UUID.randomUUID());
            try {
                write(draft, record);
                // Fails if the name is taken, and never shows half of the text.
                Files.createLink(file, draft);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (FileAlreadyExistsException taken) {
            throw new OperateException(
                    refusal(resume).orElse("another up --drain of this stack has just ended; start again"), taken);
        } catch (IOException | UnsupportedOperationException reason) {
            throw new OperateException(
                    file + " can't be written, and without it nobody would know what is paused if this program were "
                            + "killed: " + reason,
                    reason);
        }
    }

    /** Keeps what Pulumi is, so that nobody resumes while it goes on alone. */
    void update(PauseRecord record) throws IOException {
        var draft = file.resolveSibling(".draft-" + UUID.randomUUID());
        try {
            write(draft, record);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void write(Path draft, PauseRecord record) throws IOException {
        var text = GSON.toJson(record) + "\n";
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(draft, options, owner)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException reason) {
            throw new OperateException(file + " can't be deleted; delete it, since nothing is paused any more", reason);
        }
    }
}
