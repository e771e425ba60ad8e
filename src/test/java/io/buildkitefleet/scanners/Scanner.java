package io.buildkitefleet.scanners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** Runs a scanner that {@code tools/install} got, without a network where the machine lets a program be cut off. */
final class Scanner {
    private static final Path TOOLS = Path.of(".tools").toAbsolutePath();
    private static final Path CHECKOV = TOOLS.resolve("checkov").resolve("checkov");
    private static final Path KUBE_SCORE = TOOLS.resolve("bin").resolve("kube-score");

    /** Runs a program with no network but its own. */
    private static final List<String> CUT_OFF = List.of("unshare", "--map-root-user", "--net");

    private static final int TIMEOUT_SECONDS = 300;

    private final Path directory;
    private final boolean isCutOff;

    /** @param directory for what the scanners print */
    Scanner(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        this.isCutOff = canBeCutOff(directory);
    }

    private static boolean canBeCutOff(Path directory) throws InterruptedException {
        var command = new ArrayList<>(CUT_OFF);
        command.add("true");
        try {
            return run(command, directory.resolve("cut-off.out"), directory) == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** A test that says that scanners need no network would show nothing where this is false. */
    boolean isCutOff() {
        return isCutOff;
    }

    Verdict checkovOfTerraform(Path plan) throws IOException, InterruptedException {
        return Verdict.ofCheckov(checkov("terraform_plan", "-f", plan));
    }

    Verdict checkovOfManifests(Path manifests) throws IOException, InterruptedException {
        return Verdict.ofCheckov(checkov("kubernetes", "-d", manifests));
    }

    private String checkov(String framework, String option, Path target) throws IOException, InterruptedException {
        return output(List.of(
                CHECKOV.toString(),
                option,
                target.toString(),
                "--framework",
                framework,
                "--skip-download",
                "--quiet",
                "--compact",
                "--output",
                "json"));
    }

    Verdict kubeScore(Path manifests) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(KUBE_SCORE.toString(), "score", "--kubernetes-version", "v1.36", "--output-format", "json"));
        try (var files = Files.list(manifests)) {
            files.sorted().forEach(file -> command.add(file.toString()));
        }
        return Verdict.ofKubeScore(output(command));
    }

    /** What it prints; both scanners end with 0 where all is good and with 1 where something is not. */
    private String output(List<String> scanner) throws IOException, InterruptedException {
        Assertions.assertThat(Path.of(scanner.get(0)))
                .as("run tools/install kube-score checkov")
                .isExecutable();
        var command = new ArrayList<String>(isCutOff ? CUT_OFF : List.of());
        command.addAll(scanner);
        var out = Files.createTempFile(directory, "scanner", ".json");
        Assertions.assertThat(run(command, out, directory))
                .as("exit code of %s", command)
                .isBetween(0, 1);
        return Files.readString(out);
    }

    /** With a home of its own, so that nobody's configuration of a scanner counts. */
    private static int run(List<String> command, Path out, Path directory) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("scanner.err").toFile());
        var path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().put("HOME", directory.toString());
        var process = builder.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " did not end");
        }
        return process.exitValue();
    }
}
