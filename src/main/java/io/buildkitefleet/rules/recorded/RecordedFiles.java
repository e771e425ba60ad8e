package io.buildkitefleet.rules.recorded;

import io.buildkitefleet.plan.HookDigests;
import io.buildkitefleet.text.BundledFile;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files that the fleet runs or trusts, as somebody has read and agreed to them: whoever edits one has to record it
 * anew, where a reviewer sees it. What the configuration decides is in none of them.
 */
public final class RecordedFiles {
    /** Lines of a file and the SHA-256 of what is in it, in hexadecimal. */
    private static final String FILE = "/recorded/files.txt";

    private static final SortedMap<String, String> DIGESTS = read();

    private RecordedFiles() {}

    /** Whether a file is recorded, by its path below the resources: {@code hooks/pre-exit}. */
    public static boolean has(String path) {
        return DIGESTS.containsKey(path);
    }

    /** The names of those in a directory, in their order. */
    public static List<String> in(String directory) {
        return DIGESTS.keySet().stream()
                .filter(path -> path.startsWith(directory + "/"))
                .map(path -> path.substring(directory.length() + 1))
                .toList();
    }

    /** Whether this is what is recorded of a file. */
    public static boolean is(String path, String text) {
        return HookDigests.of(text).equals(DIGESTS.get(path));
    }

    /** Those in a directory that this program has otherwise, or no more. */
    static List<String> changed(String directory) {
        return in(directory).stream()
                .map(name -> directory + "/" + name)
                .filter(path -> Optional.of("/" + path)
                        .flatMap(BundledFile::find)
                        .filter(text -> is(path, text))
                        .isEmpty())
                .toList();
    }

    private static SortedMap<String, String> read() {
        var digests = new TreeMap<String, String>();
        BundledFile.text(FILE).lines().map(line -> line.split(" ")).forEach(line -> digests.put(line[0], line[1]));
        return digests;
    }
}
