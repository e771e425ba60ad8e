package io.buildkitefleet.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whole offline previews, as a person starts them, beside the start of an empty JVM. */
public final class OfflineBenchmark {
    /** Many, for one platform team. */
    static final int QUEUES = 100;

    private static final List<Integer> GROWTH = List.of(10, 30, 100, 300);

    private final Path project;
    private final int rounds;

    /** @param project the directory with {@code ./fleet} */
    public OfflineBenchmark(Path project, int rounds) {
        this.project = project.toAbsolutePath();
        this.rounds = rounds;
    }

    /**
     * Prints the medians.
     *
     * @throws IOException if a command fails
     */
    public void run(PrintWriter out) throws IOException {
        var launcher = project.resolve("fleet").toString();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (var large = new LargeStack(project, QUEUES)) {
            new Comparison(rounds)
                    .with("an empty JVM", List.of(java, "-version"))
                    .with("preview dev", List.of(launcher, "preview", "dev"))
                    .with(
                            "preview of " + QUEUES + " queues",
                            List.of(launcher, "-C", large.directory().toString(), "preview", LargeStack.NAME))
                    .run(out);
        }
    }

    /**
     * Prints the medians for stacks of more and more queues, as ratios to the smallest.
     *
     * @throws IOException if a command fails
     */
    public void runGrowth(PrintWriter out) throws IOException {
        var launcher = project.resolve("fleet").toString();
        var comparison = new Comparison(rounds);
        var stacks = new ArrayList<LargeStack>();
        try {
            for (var queues : GROWTH) {
                var stack = new LargeStack(project, queues);
                stacks.add(stack);
                comparison.with(
                        "preview of " + queues + " queues",
                        List.of(launcher, "-C", stack.directory().toString(), "preview", LargeStack.NAME));
            }
            comparison.run(out);
        } finally {
            for (var stack : stacks) {
                stack.close();
            }
        }
    }
}
