package io.buildkitefleet.output;

import io.buildkitefleet.pulumi.IoErrorText;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.text.Listing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory that a user named for the files of one command. It holds nothing else: what the command wrote before is
 * replaced whole, and what somebody else put there is never touched.
 */
public final class OwnDirectory {
    /** What a run that was killed leaves behind. */
    private static final Pattern DRAFT = Pattern.compile("\\.fleet-[0-9a-f-]{36}\\.part");

    private static final int NAMED = 3;

    private final String name;
    private final Path directory;
    private final String mark;

    private OwnDirectory(String name, Path directory, String mark) {
        this.name = name;
        this.directory = directory;
        this.mark = mark;
    }

    /**
     * Refuses a directory that the files must not go to, before anything is made for them.
     *
     * @param option what named the directory, for messages
     * @param mark what each of the files begins with, by which they are known again
     * @throws ProjectException if something is in the way
     */
    public static OwnDirectory of(String option, Path directory, String mark) {
        var own = new OwnDirectory(option + " " + directory, directory.toAbsolutePath(), mark);
        own.refuseWhatIsInTheWay();
        return own;
    }

    /**
     * Replaces what is there.
     *
     * @param files the texts by name
     * @throws ProjectException if they can't be written; what was there is then as it was, unless the machine failed
     *     while files that were already written got their names
     */
    public void replace(Map<String, String> files) {
        refuseWhatIsInTheWay();
        try {
            Files.createDirectories(directory);
            var drafts = new ArrayList<Path>();
            try {
                for (var text : files.values()) {
                    var draft = directory.resolve(".fleet-" + UUID.randomUUID() + ".part");
                    drafts.add(draft);
                    Files.writeString(draft, mark + text);
                }
                removeAllBut(drafts);
                var names = List.copyOf(files.keySet());
                for (int i = 0; i < names.size(); i++) {
                    Files.move(drafts.get(i), directory.resolve(names.get(i)), StandardCopyOption.ATOMIC_MOVE);
                }
            } finally {
                for (var draft : drafts) {
                    Files.deleteIfExists(draft);
                }
            }
        } catch (IOException reason) {
            throw unwritable(reason);
        }
    }

    private void removeAllBut(List<Path> drafts) throws IOException {
        for (var entry : entries()) {
            if (!drafts.contains(entry)) {
                Files.delete(entry);
            }
        }
    }

    private void refuseWhatIsInTheWay() {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new ProjectException(name + ": is a file; name a directory");
        }
        if (!Files.isDirectory(directory)) {
            requireParent();
            return;
        }
        if (!Files.isWritable(directory)) {
            throw new ProjectException(name + ": you may not write to it");
        }
        try {
            var others = new ArrayList<String>();
            for (var entry : entries()) {
                if (!isOwn(entry)) {
                    others.add(entry.getFileName().toString());
                }
            }
            if (!others.isEmpty()) {
                throw new ProjectException(name + ": holds what this command did not write ("
                        + Listing.of(others, NAMED) + "); name an empty directory, or a new one");
            }
        } catch (IOException reason) {
            throw unwritable(reason);
        }
    }

    private void requireParent() {
        var parent = directory.normalize().getParent();
        if (!Files.isDirectory(parent)) {
            throw new ProjectException(
                    name + ": there is no directory " + parent + "; make it, or name another directory");
        }
    }

    private boolean isOwn(Path entry) throws IOException {
        if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        var begin = mark.getBytes(StandardCharsets.UTF_8);
        if (DRAFT.matcher(entry.getFileName().toString()).matches()) {
            return true;
        }
        try (var text = Files.newInputStream(entry)) {
            return Arrays.equals(text.readNBytes(begin.length), begin);
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    private ProjectException unwritable(IOException reason) {
        return new ProjectException(name + ": can't be written (" + IoErrorText.of(reason) + ")", reason);
    }
}
