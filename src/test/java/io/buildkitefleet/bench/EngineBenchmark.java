package io.buildkitefleet.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code pulumi preview} of one stack, with each way in which Pulumi can start the program, and the parts of it that
 * are ours. It uses the person's own Pulumi, login and providers.
 */
public final class EngineBenchmark {
    private final Path project;
    private final String stack;
    private final int rounds;

    /** @param project the directory with {@code ./fleet} and a current build */
    public EngineBenchmark(Path project, String stack, int rounds) {
        this.project = project.toAbsolutePath().normalize();
        this.stack = stack;
        this.rounds = rounds;
    }

    /**
     * Prints the medians; the first line is what Pulumi does by itself.
     *
     * @throws IOException if a command fails
     */
    public void run(PrintWriter out) throws IOException {
        var launcher = project.resolve("fleet").toString();
        var variants = new ArrayList<ProjectVariant>();
        try {
            var maven = variant(variants, "");
            var jar = variant(variants, "binary: " + project.resolve("target/buildkite-fleet.jar"));
            var executor = variant(variants, "use-executor: %s");
            new Comparison(rounds)
                    .with("pulumi preview, by Maven", preview(maven))
                    .with("pulumi preview, plain jar", preview(jar))
                    .with("pulumi preview, by ./fleet", preview(executor))
                    .with("ours: the build check", List.of(launcher, "build"))
                    .with("ours: the start of a JVM", List.of(launcher, "--version"))
                    .with("ours: the program, offline", List.of(launcher, "preview", stack))
                    .run(out);
        } finally {
            for (var variant : variants) {
                variant.close();
            }
        }
    }

    private ProjectVariant variant(List<ProjectVariant> variants, String option) throws IOException {
        var variant = new ProjectVariant(project, stack, option);
        variants.add(variant);
        return variant;
    }

    private List<String> preview(ProjectVariant variant) {
        return List.of(
                "pulumi",
                "preview",
                "--non-interactive",
                "--cwd",
                variant.directory().toString(),
                "--stack",
                stack);
    }

    /** The project as another Pulumi.yaml would start it, in a directory of its own. */
    private static final class ProjectVariant implements AutoCloseable {
        private final Path directory;

        /** @param option of the runtime; {@code %s} stands for the launcher, none for Maven */
        ProjectVariant(Path project, String stack, String option) throws IOException {
            directory = Files.createTempDirectory("fleet-bench").toRealPath();
            var launcher = directory.relativize(project.toRealPath().resolve("fleet"));
            var settings = new StringBuilder("name: buildkite-fleet\nruntime:\n  name: java\n");
            if (!option.isEmpty()) {
                settings.append("  options:\n    ")
                        .append(String.format(Locale.ROOT, option, launcher))
                        .append('\n');
            }
            Files.writeString(directory.resolve("Pulumi.yaml"), settings);
            for (var file : List.of("Pulumi." + stack + ".yaml", "pom.xml", ".mvn", "src")) {
                Files.createSymbolicLink(directory.resolve(file), project.resolve(file));
            }
        }

        Path directory() {
            return directory;
        }

        @Override
        public void close() throws IOException {
            Directories.delete(directory);
        }
    }
}
