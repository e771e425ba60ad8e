package io.buildkitefleet.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final CountDownLatch said = new CountDownLatch(1);

    @Test
    void workThatTakesLongIsNamedOnATerminalUntilItIsDone() throws IOException {
        assertThat(progress(true, Duration.ofMillis(1)).during("previewing dev", this::untilSomethingIsSaid))
                .isEqualTo("done");
        assertThat(text()).startsWith("\r\u001B[Kfleet: previewing dev, 0 s").endsWith(" s\r\u001B[K");
    }

    @Test
    void theLineGoesAlsoWhenTheWorkFails() {
        assertThatThrownBy(() -> progress(true, Duration.ofMillis(1)).during("previewing dev", () -> {
                    untilSomethingIsSaid();
                    throw new IOException("no space");
                }))
                .hasMessage("no space");
        assertThat(text()).endsWith(" s\r\u001B[K");
    }

    @Test
    void nothingIsSaidOfWorkThatIsDoneAtOnce() throws IOException {
        assertThat(progress(true, Duration.ofDays(1)).during("previewing dev", () -> "done"))
                .isEqualTo("done");
        assertThat(text()).isEmpty();
    }

    @Test
    void whatATerminalWouldObeyIsShown() throws IOException {
        progress(true, Duration.ofMillis(1)).during("making \u001B[2J", this::untilSomethingIsSaid);
        assertThat(text()).doesNotContain("\u001B[2J").contains("[2J");
    }

    @Test
    void whereThereIsNoTerminalNothingIsSaid() throws IOException {
        var thread = progress(false, Duration.ofNanos(1))
                .during("previewing dev", () -> Thread.currentThread().getName());
        assertThat(thread).isEqualTo(Thread.currentThread().getName());
        assertThat(text()).isEmpty();
    }

    private String untilSomethingIsSaid() throws IOException {
        try {
            said.await();
            return "done";
        } catch (InterruptedException ended) {
            throw new IOException(ended);
        }
    }

    private Progress progress(boolean isTerminal, Duration period) {
        return new Progress(new PrintStream(new Watched(), true, StandardCharsets.UTF_8), isTerminal, period);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    /** Tells when something was written. */
    private final class Watched extends OutputStream {
        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            written.write(octets, offset, length);
            said.countDown();
        }
    }
}
