package io.buildkitefleet.drain;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * What Ctrl-C, SIGTERM and SIGHUP do while queues are paused: they end what is waited for, never the end of the pause.
 * A child gets to know of them, and is waited for, however long it takes to stop.
 *
 * <p>The JVM starts its shutdown with the first signal and lets other threads go on until its hooks have ended.
 */
final class Interruption implements AutoCloseable {
    private final Thread main = Thread.currentThread();
    private final Thread hook = new Thread(this::interrupted, "interruption");
    private final CountDownLatch done = new CountDownLatch(1);
    private final GroupWitness witness = new GroupWitness();
    private volatile boolean isRequested;
    private volatile OptionalInt exitCode = OptionalInt.empty();
    private boolean isCleaningUp;
    private Process child;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean isRequested() {
        return isRequested;
    }

    /** @throws InterruptedException if this program is to end */
    void check() throws InterruptedException {
        if (isRequested) {
            throw new InterruptedException();
        }
    }

    /**
     * Runs a program until it has ended, also when this one is to end.
     *
     * @return its exit code
     * @throws InterruptedException if this program is to end already, so that the other one was not started
     */
    int run(ProcessBuilder program) throws IOException, InterruptedException {
        return run(program, process -> {});
    }

    /** @param started is told of the other program at once; it goes on if that fails */
    int run(ProcessBuilder program, Consumer<ProcessHandle> started) throws IOException, InterruptedException {
        synchronized (this) {
            check();
            child = program.start();
        }
        try {
            started.accept(child.toHandle());
            return child.onExit().join().exitValue();
        } finally {
            synchronized (this) {
                child = null;
            }
        }
    }

    /** From here on nothing is interrupted any more. */
    void cleanUp() {
        synchronized (this) {
            isCleaningUp = true;
        }
        // One that came just before would end the first thing that waits.
        Thread.interrupted();
    }

    /** Has this program end with a code, also when a signal ends it. */
    void endWith(int code) {
        exitCode = OptionalInt.of(code);
    }

    @Override
    public void close() {
        witness.close();
        done.countDown();
        if (!isRequested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // The JVM ends, and the hook has nothing to wait for any more.
            }
        }
    }

    private void interrupted() {
        try {
            tell();
            done.await();
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
        exitCode.ifPresent(Runtime.getRuntime()::halt);
    }

    private void tell() throws InterruptedException {
        Process running;
        synchronized (this) {
            isRequested = true;
            running = child;
            if (running == null && !isCleaningUp) {
                main.interrupt();
            }
        }
        if (running != null && !witness.wasSignalled()) {
            // SIGTERM, with which Pulumi stops as with Ctrl-C.
            running.destroy();
        }
    }
}
