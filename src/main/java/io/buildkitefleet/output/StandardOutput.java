package io.buildkitefleet.output;

import io.buildkitefleet.pulumi.IoErrorText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Optional;

/**
 * What a command prints, which remembers the first write that failed: Java's own print streams keep quiet about it, and
 * half a plan would pass for a whole one.
 */
public final class StandardOutput extends OutputStream {
    /** What a shell says of a program that the signal SIGPIPE has ended, as it ends other tools: 128 + 13. */
    static final int NOBODY_READS = 141;

    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private Optional<IOException> failure = Optional.empty();

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) {
        if (failure.isPresent()) {
            return;
        }
        try {
            out.write(octets, offset, length);
        } catch (IOException reason) {
            failure = Optional.of(reason);
        }
    }

    /**
     * Says what went wrong, unless it is only that the reader has enough.
     *
     * @param exitCode the command's
     * @return the exit code with that of the output in mind
     */
    public synchronized int exitCode(int exitCode, PrintWriter err) {
        if (failure.isEmpty()) {
            return exitCode;
        }
        var reason = IoErrorText.of(failure.get());
        if (reason.equals(brokenPipe())) {
            return NOBODY_READS;
        }
        err.println("stdout: can't be written (" + reason + "); the output is not complete");
        return exitCode == 0 ? 1 : exitCode;
    }

    /** What this machine says of a pipe that nobody reads: the words depend on its language. */
    private static String brokenPipe() {
        try {
            var pipe = Pipe.open();
            try (var sink = pipe.sink()) {
                pipe.source().close();
                sink.write(ByteBuffer.allocate(1));
                return "";
            }
        } catch (IOException reason) {
            return IoErrorText.of(reason);
        }
    }
}
