package io.buildkitefleet.operate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Hands the terminal over to another program. */
final class Terminal {
    /** System property with the file from which the launcher reads the command that it is to become. */
    private static final String HANDOVER = "fleet.handover.file";

    private Terminal() {}

    /**
     * Lets a command take the place of this program: the launcher becomes it when this JVM ends well, so that it leads
     * its process group on the terminal. Without the launcher, runs it as a child.
     *
     * @return the exit code of the command, or 0 if the launcher is to become it
     * @throws OperateException if it can't be handed over, or can't be started
     */
    static int replace(List<String> command) {
        var file = System.getProperty(HANDOVER);
        if (file == null) {
            return handOver(command);
        }
        leave(command, Path.of(file));
        return 0;
    }

    /**
     * Runs a command as if it had been typed, until it ends.
     *
     * @return its exit code
     * @throws OperateException if it can't be started
     */
    static int handOver(List<String> command) {
        var process = start(command);
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            // The program has been interrupted too, by the same key, and ends what it has begun.
            Thread.currentThread().interrupt();
            return process.onExit().join().exitValue();
        }
    }

    /** Each word ends with a NUL, which no word can have, and is encoded as the JVM decoded its own arguments. */
    private static void leave(List<String> command, Path file) {
        var encoding = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        var words = new ByteArrayOutputStream();
        for (var word : command) {
            words.writeBytes(word.getBytes(encoding));
            words.write(0);
        }
        try {
            Files.write(file, words.toByteArray());
        } catch (IOException reason) {
            throw new OperateException(command.get(0) + " can't be handed over: cannot write " + file, reason);
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command).inheritIO().start();
        } catch (IOException reason) {
            throw new OperateException(command.get(0) + " can't be started: " + reason.getMessage(), reason);
        }
    }
}
