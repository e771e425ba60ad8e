package io.buildkitefleet.kubernetes.mirrors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that fetches git mirrors, on real repositories of this machine. */
class PopulateTest {
    private static final Path SCRIPT =
            Path.of("src/main/resources/git-mirrors/populate").toAbsolutePath();

    @TempDir
    Path directory;

    @BeforeEach
    void makeRepository() throws Exception {
        run("git", "init", "--quiet", "app.git");
        commit("first");
        Files.createDirectory(mirrors());
    }

    @Test
    void aMirrorIsNamedAsTheAgentLooksForIt() throws Exception {
        populate(address());

        assertThat(mirrors().toFile().list()).containsExactly(address().replaceAll("[^a-zA-Z0-9]", "-"));
    }

    @Test
    void aCheckoutThatBorrowsFromItFetchesNothingThatItHas() throws Exception {
        populate(address());

        run("git", "clone", "--quiet", "--reference", mirror().toString(), address(), "checkout");

        assertThat(run("git", "-C", "checkout", "count-objects", "-v")).contains("count: 0\n", "in-pack: 0\n");
        assertThat(run("git", "-C", "checkout", "log", "--format=%s")).isEqualTo("first\n");
    }

    @Test
    void theNextRunFetchesWhatIsNewAndForgetsWhatIsGone() throws Exception {
        run("git", "-C", "app.git", "branch", "gone");
        populate(address());
        commit("second");
        run("git", "-C", "app.git", "branch", "--delete", "--force", "gone");

        populate(address());

        assertThat(run("git", "--git-dir", mirror().toString(), "log", "--all", "--format=%s"))
                .isEqualTo("second\nfirst\n");
        assertThat(run("git", "--git-dir", mirror().toString(), "branch", "--list", "gone"))
                .isEmpty();
    }

    @Test
    void aMirrorThatIsNotWholeIsMadeAnew() throws Exception {
        populate(address());
        try (var objects = Files.walk(mirror().resolve("objects"))) {
            for (var object : objects.filter(Files::isRegularFile).toList()) {
                Files.delete(object);
            }
        }

        populate(address());

        assertThat(run("git", "--git-dir", mirror().toString(), "log", "--all", "--format=%s"))
                .isEqualTo("first\n");
    }

    @Test
    void whatNobodyAsksForIsRemoved() throws Exception {
        Files.createDirectories(mirrors().resolve("git-github-com-acme-old-git"));
        Files.createDirectories(mirrors().resolve("lost+found"));

        populate(address());

        assertThat(mirrors().toFile().list())
                .containsExactlyInAnyOrder(mirror().getFileName().toString(), "lost+found");
    }

    @Test
    void aRepositoryThatIsOutOfReachFailsTheRun() throws Exception {
        assertThat(start("bash", SCRIPT.toString(), address(), "file:///nowhere/app.git")
                        .waitFor())
                .isNotZero();
    }

    @Test
    void overSshItFetchesFromKnownServersAlone() throws Exception {
        var ssh = Files.writeString(
                Files.createDirectory(directory.resolve("bin")).resolve("ssh"),
                "#!/bin/sh\necho \"$*\" >>\"$HOME/calls\"\nexec git-upload-pack '" + directory.resolve("app.git")
                        + "'\n");
        assertThat(ssh.toFile().setExecutable(true)).isTrue();

        populate("git@git.example.com:acme/app.git");

        assertThat(Files.readString(directory.resolve("calls")))
                .contains(
                        "-o StrictHostKeyChecking=yes -o UserKnownHostsFile=" + directory.resolve("known_hosts") + " ")
                .doesNotContain("accept-new");
    }

    private void populate(String... addresses) throws Exception {
        var command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
        command.addAll(List.of(addresses));
        run(command.toArray(String[]::new));
    }

    private void commit(String subject) throws Exception {
        run(
                "git",
                "-C",
                "app.git",
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b",
                "commit",
                "--quiet",
                "--allow-empty",
                "--message",
                subject);
    }

    private String address() {
        return "file://" + directory.resolve("app.git");
    }

    private Path mirrors() {
        return directory.resolve("mirrors");
    }

    private Path mirror() {
        return mirrors().resolve(address().replaceAll("[^a-zA-Z0-9]", "-"));
    }

    private String run(String... command) throws IOException, InterruptedException {
        var process = start(command);
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private Process start(String... command) throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("HOME", directory.toString());
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, own) -> own + ":" + path);
        builder.environment().put("MIRRORS", mirrors().toString());
        builder.environment()
                .put("KNOWN_HOSTS", directory.resolve("known_hosts").toString());
        return builder.start();
    }
}
