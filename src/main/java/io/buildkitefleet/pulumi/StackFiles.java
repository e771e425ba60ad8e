package io.buildkitefleet.pulumi;

import io.buildkitefleet.text.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Where the files of a project's stacks are.
 *
 * @param directory absolute path
 * @param bases the files that a stack may take from, which are no stacks
 * @param chosen the file that is every stack's, instead of the one with its name
 */
record StackFiles(Path directory, BaseFiles bases, Optional<Path> chosen) {
    private static final String STACK_CONFIG_DIR = "stackConfigDir";
    private static final String START = "Pulumi.";
    private static final String END = ".yaml";
    private static final Pattern CHOSEN = Pattern.compile(".*\\.(yaml|yml|json)");
    /** Two edits cover a swapped pair of letters, the commonest slip. */
    private static final LevenshteinDistance TYPO = new LevenshteinDistance(2);

    /**
     * As {@code Pulumi.yaml} has it: {@code config} is the directory's former name, if it is a text.
     *
     * @throws ProjectException if it names none, or two
     */
    static StackFiles read(BaseFiles bases, Map<String, Object> settings) {
        Object directory = settings.get(STACK_CONFIG_DIR);
        if (settings.get("config") instanceof String former) {
            if (settings.containsKey(STACK_CONFIG_DIR)) {
                throw new ProjectException(
                        Project.FILE + ": Should not use both config and stackConfigDir to define the "
                                + "stack directory. Use only stackConfigDir instead.");
            }
            directory = former;
        }
        if (directory == null) {
            return new StackFiles(bases.directory(), bases, Optional.empty());
        }
        if (!(directory instanceof String path)) {
            throw new ProjectException(
                    Project.FILE + ": " + STACK_CONFIG_DIR + ": must be the path of a directory, got " + directory);
        }
        // Below the project even if it begins with a slash.
        return new StackFiles(bases.directory().resolve("./" + path).normalize(), bases, Optional.empty());
    }

    /**
     * These, with one file that is every stack's.
     *
     * @throws ProjectException if it is not there, or is none that Pulumi would read
     */
    StackFiles withChosen(Path file) {
        if (!CHOSEN.matcher(file.toString()).matches()) {
            throw new ProjectException("--config-file " + file + ": must end in .yaml, .yml or .json");
        }
        if (!Files.isRegularFile(file)) {
            throw new ProjectException("--config-file " + file + ": there is no such file");
        }
        return new StackFiles(directory, bases, Optional.of(file));
    }

    /** These, each stack with its own. */
    StackFiles withoutChosen() {
        return new StackFiles(directory, bases, Optional.empty());
    }

    /** @throws ProjectException if it is not there, or others take from it, which makes it no stack's */
    Path file(String stack) {
        if (chosen.isPresent()) {
            return chosen.get();
        }
        Path file = ofName(stack);
        if (!Files.isRegularFile(file)) {
            throw new ProjectException(unknown(stack));
        }
        var known = names();
        if (!known.contains(stack)) {
            throw new ProjectException("\"" + stack + "\" is no stack: " + name(stack)
                    + " is a file that stacks extend; stacks here: " + Listing.of(known));
        }
        return file;
    }

    /** The file with the name of a stack, whether it is there or not. */
    Path ofName(String stack) {
        return directory.resolve(name(stack));
    }

    /**
     * The file with the name of a stack that is to be made.
     *
     * @throws ProjectException if Pulumi takes no such name, or the file cannot be made
     */
    Path ofNew(String stack) {
        if (!StackReference.NAME.matcher(stack).matches()) {
            throw new ProjectException(
                    "\"" + stack + "\" is no name of a stack: at most 100 letters, digits and - _ .");
        }
        var file = ofName(stack);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ProjectException(file + " is there already, and stays as it is; edit it, or name another stack");
        }
        if (!Files.isDirectory(directory)) {
            throw new ProjectException("there is no directory " + directory + " for " + name(stack) + "; make it");
        }
        if (!Files.isWritable(directory)) {
            throw new ProjectException(name(stack) + " can't be made: you may not write to the directory " + directory);
        }
        return file;
    }

    private static String name(String stack) {
        return START + stack + END;
    }

    /** The stacks that have a file of their name, in alphabetical order. A file that others extend is none. */
    List<String> names() {
        var under = new TreeMap<Path, Set<Path>>();
        files().forEach(file -> under.put(file, bases.under(file)));
        return under.keySet().stream()
                .filter(file -> under.keySet().stream().noneMatch(other -> isUnder(file, other, under)))
                .map(file -> nameOf(file.getFileName().toString()))
                .sorted()
                .toList();
    }

    /** Files that extend each other are both wrong, and are told so when they are read. */
    private static boolean isUnder(Path file, Path other, Map<Path, Set<Path>> under) {
        return under.get(other).contains(file) && !under.get(file).contains(other);
    }

    private List<Path> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isOfStack(file.getFileName().toString()) && Files.isRegularFile(file))
                    .toList();
        } catch (IOException e) {
            throw new ProjectException(directory + ": cannot be listed: " + IoErrorText.of(e), e);
        }
    }

    private static String nameOf(String file) {
        return file.substring(START.length(), file.length() - END.length());
    }

    /**
     * The stack whose file is named where a stack is asked for.
     *
     * @throws ProjectException if the file is not among these
     */
    Optional<String> stackOf(String text) {
        var file = text.substring(text.lastIndexOf('/') + 1);
        if (!isOfStack(file) || file.length() <= START.length() + END.length() || Files.exists(ofName(text))) {
            return Optional.empty();
        }
        var own = directory.resolve(file);
        if (!file.equals(text)
                && !Path.of(text).toAbsolutePath().normalize().equals(own)
                && !bases.directory().resolve(text).normalize().equals(own)) {
            throw new ProjectException("\"" + text + "\" is no file of a stack of this project; they are in "
                    + directory + "; another file is read with: " + nameOf(file) + " --config-file " + text);
        }
        return Optional.of(nameOf(file));
    }

    private static boolean isOfStack(String file) {
        return file.startsWith(START) && file.endsWith(END) && !file.equals(Project.FILE);
    }

    private String unknown(String stack) {
        var file = ofName(stack);
        if (Files.exists(file)) {
            return file + " is " + (Files.isDirectory(file) ? "a directory" : "no regular file")
                    + "; the configuration of a stack is a file";
        }
        if (Files.isSymbolicLink(file)) {
            return file + " is a symbolic link to nothing";
        }
        List<String> known = names();
        String missing = "there is no stack \"" + stack + "\" (" + name(stack) + " in " + directory + ")";
        if (known.isEmpty()) {
            return missing + "; there is none yet: make one with ./fleet init " + stack;
        }
        String hint = nearest(stack, known)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
        return missing + "; stacks here: " + Listing.of(known) + hint;
    }

    private static Optional<String> nearest(String stack, List<String> known) {
        return known.stream()
                .filter(name -> TYPO.apply(name, stack) >= 0)
                .min((a, b) -> TYPO.apply(a, stack) - TYPO.apply(b, stack));
    }
}
