package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job finds of the mirrors that one before it could write. */
class RenewMirrorsTest {
    private static final Hooks.Run SILENT = new Hooks.Run(0, "");

    @TempDir
    Path directory;

    private Hooks hooks;
    private GitRepository origin;
    private GitRepository mirror;
    private String commit;
    private final Map<String, String> variables = new TreeMap<>();

    @BeforeEach
    void aMirrorThatTheAgentMade() throws Exception {
        hooks = Hooks.in(directory.resolve("hooks"), SafeBuildCase.policy());
        origin = GitRepository.in(directory.resolve("origin"));
        commit = origin.commit("echo ours");
        mirror = new GitRepository(Files.createDirectories(directory.resolve("mirrors/app")));
        mirror.git("clone", "--quiet", "--mirror", origin.directory().toString(), ".");
        variables.put("PATH", System.getenv("PATH"));
        variables.put("HOME", directory.toString());
        variables.put("BUILDKITE_GIT_MIRRORS_PATH", directory.resolve("mirrors").toString());
    }

    @Test
    void whatIsInOrderIsNotTouched() throws Exception {
        var config = Files.getLastModifiedTime(file("config"));
        var lock = Files.createFile(directory.resolve("mirrors/app.updatelock"));

        assertThat(renew()).isEqualTo(SILENT);
        assertThat(Files.getLastModifiedTime(file("config"))).isEqualTo(config);
        assertThat(lock).exists();
    }

    @Test
    void nothingThatActsOnGitIsLeft() throws Exception {
        write("hooks/reference-transaction", "#!/bin/sh\ntouch owned\n")
                .toFile()
                .setExecutable(true);
        write("info/attributes", "* filter=evil\n");
        write("info/grafts", commit + "\n");
        mirror.git("commit-graph", "write", "--reachable");
        mirror.git("commit-graph", "write", "--reachable", "--split");
        write("remotes/origin", "URL: /evil\n");
        write("config.worktree", "[core]\nhooksPath = elsewhere\n");
        write("commondir", "/evil\n");
        write("refs/replace/" + commit, commit + "\n");

        assertThat(renew()).isEqualTo(SILENT);

        assertThat(mirror.directory())
                .isDirectoryNotContaining("regex:.*/(hooks|info|remotes|config.worktree|commondir)");
        assertThat(file("refs/replace")).doesNotExist();
        assertThat(file("objects/info")).isDirectoryNotContaining("regex:.*/commit-graphs?");
    }

    @Test
    void aReplacedObjectThatIsPackedIsNone() throws Exception {
        var other = origin.commit("echo other");
        fetch();
        mirror.git("replace", commit, other);
        mirror.git("pack-refs", "--all");

        assertThat(renew()).isEqualTo(SILENT);

        assertThat(file("packed-refs")).content().contains("refs/heads/main").doesNotContain("refs/replace/");
    }

    @Test
    void ofTheConfigurationOnlyWhatMakesAMirrorIsKept() throws Exception {
        mirror.git("config", "core.fsmonitor", "touch owned");
        mirror.git("config", "core.sshCommand", "touch owned");
        mirror.git("config", "remote.origin.uploadpack", "touch owned");
        mirror.git("config", "include.path", "/etc/evil");
        mirror.git("config", "url./evil.insteadOf", "git@github.com:");

        assertThat(renew().output().strip())
                .isEqualTo("fleet: the mirror app is used without these of its settings: core.fsmonitor core.sshcommand"
                        + " remote.origin.uploadpack include.path url./evil.insteadof");

        assertThat(mirror.git("config", "--local", "--list").lines())
                .containsExactlyInAnyOrder(
                        "core.repositoryformatversion=0",
                        "core.filemode=true",
                        "core.bare=true",
                        "remote.origin.url=" + origin.directory(),
                        "remote.origin.fetch=+refs/*:refs/*",
                        "remote.origin.mirror=true");
        assertThat(renew()).isEqualTo(SILENT);
    }

    @Test
    void whatWasFetchedIsThereForTheNext() throws Exception {
        write("hooks/post-fetch", "evil");
        mirror.git("config", "core.fsmonitor", "touch owned");
        renew();

        assertThat(mirror.git("rev-parse", "refs/heads/main")).isEqualTo(commit);
        var later = origin.commit("echo later");
        fetch();
        assertThat(mirror.git("rev-parse", "refs/heads/main")).isEqualTo(later);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "config", "packed-refs", "objects", "refs", "objects/info"})
    void aPartThatIsElsewhereIsNotBelieved(String part) throws Exception {
        mirror.git("pack-refs", "--all");
        var elsewhere = directory.resolve("elsewhere");
        Files.move(file(part), elsewhere);
        Files.createSymbolicLink(file(part), elsewhere);

        assertThat(renew().output().strip()).isEqualTo("fleet: the mirror app is not used: it is damaged");
        assertThat(mirror.directory()).doesNotExist();
        assertThat(elsewhere).exists();
    }

    @Test
    void objectsElsewhereAreNotBelieved() throws Exception {
        write("objects/info/alternates", "/evil/objects\n");

        assertThat(renew().output().strip()).isEqualTo("fleet: the mirror app is not used: it has objects elsewhere");
        assertThat(mirror.directory()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"extensions.partialClone", "remote.origin.promisor", "extensions.worktreeConfig"})
    void aMirrorThatIsNotWholeByItselfIsMadeAnew(String key) throws Exception {
        mirror.git("config", key, "true");

        assertThat(renew().output().strip()).isEqualTo("fleet: the mirror app is not used: it is of a kind of its own");
        assertThat(mirror.directory()).doesNotExist();
    }

    @Test
    void aMirrorOfLongHashesStays() throws Exception {
        mirror = longHashes();

        assertThat(renew()).isEqualTo(SILENT);
        assertThat(mirror.git("cat-file", "-t", "refs/heads/main")).isEqualTo("commit");
    }

    private GitRepository longHashes() throws Exception {
        var source = new GitRepository(Files.createDirectories(directory.resolve("long")));
        source.git("init", "--quiet", "--initial-branch=main", "--object-format=sha256");
        source.commit("echo long");
        var copy = new GitRepository(Files.createDirectories(directory.resolve("mirrors/long")));
        copy.git("clone", "--quiet", "--mirror", source.directory().toString(), ".");
        return copy;
    }

    /** Each ended the jobs of everybody who came after. */
    @ParameterizedTest
    @CsvSource({
        "rm HEAD",
        "echo junk >HEAD",
        "echo junk >packed-refs",
        "echo junk >refs/heads/junk",
        "echo 0123456789012345678901234567890123456789 >refs/heads/none",
        "mkdir FETCH_HEAD",
        "mkdir shallow",
        "cd .. && rm -rf app && echo >app",
        "cd .. && rm -rf app && ln -s nowhere app",
        "rm -rf * && touch -d '1 hour ago' .",
    })
    void aMirrorThatGitCannotUseIsMadeAnew(String damage) throws Exception {
        variables.put("BUILDKITE_REPO", "app");
        damage(damage);

        assertThat(renew().exitCode()).isZero();

        assertThat(mirror.directory()).doesNotExist();
        assertThat(Files.isSymbolicLink(mirror.directory())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "core.repositoryformatversion, 99",
        "core.bare, false",
        "remote.origin.fetch, refs/heads/main:refs/heads/other",
        "remote.origin.mirror, false"
    })
    void whatIsTheSameInEachMirrorIsWrittenAnew(String key, String value) throws Exception {
        var before = mirror.git("config", "--local", "--list");
        mirror.git("config", key, value);

        assertThat(renew().output())
                .isEqualTo("fleet: the mirror app is used without these of its settings: " + key + "\n");

        assertThat(mirror.git("config", "--local", "--list").lines())
                .containsExactlyInAnyOrderElementsOf(before.lines().toList());
        assertThat(renew()).isEqualTo(SILENT);
    }

    /** The agent's own name for it, by https://github.com/buildkite/agent/blob/v3.78.0/internal/job/executor.go */
    @ParameterizedTest
    @CsvSource({
        "git@github.com:acme/app.git, git-github-com-acme-app-git",
        "https://git.example.com/a_b/ü, https---git-example-com-a-b--"
    })
    void theMirrorOfTheJobIsJudgedWhateverItIs(String repository, String name) throws Exception {
        var own = Files.writeString(directory.resolve("mirrors").resolve(name), "a file");
        var other = Files.writeString(directory.resolve("mirrors/other"), "a person's");
        variables.put("BUILDKITE_REPO", repository);

        assertThat(renew().output().strip()).isEqualTo("fleet: the mirror " + name + " is not used: it is damaged");
        assertThat(own).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void aLinkToWhatIsNoRepositoryIsLeftAlone() throws Exception {
        var documents = Files.createDirectories(directory.resolve("documents"));
        var link = Files.createSymbolicLink(directory.resolve("mirrors/documents"), documents);

        assertThat(renew()).isEqualTo(SILENT);
        assertThat(link).isSymbolicLink();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"refs/heads/new.lock", "packed-refs.lock", "shallow.lock", "config.lock", "fleet.lock.abcdef"})
    void aLockOfAGitThatWasKilledIsRemoved(String lock) throws Exception {
        var now = write(lock, "");
        assertThat(renew()).isEqualTo(SILENT);
        assertThat(now).exists();

        for (var hours : new int[] {-2, 2}) {
            write(lock, "");
            Files.setLastModifiedTime(file(lock), FileTime.from(Instant.now().plus(Duration.ofHours(hours))));
            assertThat(renew()).isEqualTo(SILENT);
            assertThat(file(lock)).doesNotExist();
        }
    }

    @Test
    void whatAGitThatRunsIsWritingStays() throws Exception {
        write("packed-refs.new", "half");
        write("shallow_abcdef", "half");
        var lock = write("packed-refs.lock", "");
        assertThat(renew()).isEqualTo(SILENT);
        assertThat(file("packed-refs.new")).exists();
        assertThat(file("shallow_abcdef")).exists();

        Files.delete(lock);
        assertThat(renew()).isEqualTo(SILENT);
        assertThat(file("packed-refs.new")).doesNotExist();
    }

    /** Find ends so where another agent's git removes a directory that it is about to read. */
    @Test
    void whatVanishesMeanwhileIsNoFault() throws Exception {
        var find = Files.writeString(
                Files.createDirectories(directory.resolve("bin")).resolve("find"),
                "#!/bin/sh\nPATH='" + System.getenv("PATH")
                        + "' find \"$@\"\necho 'find: No such file or directory' >&2\nexit 1\n");
        assertThat(find.toFile().setExecutable(true)).isTrue();
        variables.put("PATH", find.getParent() + ":" + System.getenv("PATH"));
        write("hooks/post-fetch", "evil");

        assertThat(renew()).isEqualTo(SILENT);
        assertThat(file("hooks")).doesNotExist();
        assertThat(file("HEAD")).exists();
    }

    @Test
    void aConfigurationThatGitCannotReadIsNone() throws Exception {
        write("config", "[core\n");

        assertThat(renew().output()).contains("it is damaged");
        assertThat(mirror.directory()).doesNotExist();
    }

    @Test
    void aDirectoryThatIsALinkIsNoMirror() throws Exception {
        var elsewhere = directory.resolve("elsewhere");
        Files.move(mirror.directory(), elsewhere);
        Files.createSymbolicLink(mirror.directory(), elsewhere);

        assertThat(renew()).isEqualTo(SILENT);
        assertThat(mirror.directory()).doesNotExist();
        assertThat(elsewhere.resolve("HEAD")).exists();
    }

    @Test
    void linksAndPipesWithinAreRemoved() throws Exception {
        Files.createSymbolicLink(file("objects/pack/evil.pack"), Path.of("/etc/passwd"));
        new ProcessBuilder("mkfifo", file("refs/heads/pipe").toString()).start().waitFor();

        assertThat(renew()).isEqualTo(SILENT);
        assertThat(file("objects/pack")).isDirectoryNotContaining("glob:**evil.pack");
        assertThat(file("refs/heads/pipe")).doesNotExist();
    }

    /** The same user made them, and could have taken its own right to write away. */
    @Test
    void directoriesThatNobodyMayWriteAreOpenedFirst() throws Exception {
        write("hooks/deeper/post-checkout", "evil");
        for (var closed : List.of("hooks/deeper", "hooks", "", "..")) {
            file(closed).toFile().setWritable(false);
        }

        assertThat(renew()).isEqualTo(SILENT);
        assertThat(file("hooks")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(mirror.directory())).contains(PosixFilePermission.OWNER_WRITE);
        assertThat(Files.getPosixFilePermissions(mirror.directory().getParent()))
                .contains(PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void aMirrorThatAnotherAgentBeginsToMakeStays() throws Exception {
        write("hooks/reference-transaction", "evil");
        Files.delete(file("config"));
        assertThat(renew()).isEqualTo(SILENT);
        assertThat(file("HEAD")).exists();
        assertThat(file("hooks")).doesNotExist();

        Files.setLastModifiedTime(
                mirror.directory(), FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        assertThat(renew().output()).contains("it is damaged");
        assertThat(mirror.directory()).doesNotExist();
    }

    /** Git would take configuration and objects from there. */
    @Test
    void aMirrorThatIsAPartOfAnotherIsNotBelieved() throws Exception {
        write("commondir", "/evil\n");
        Files.delete(file("config"));

        assertThat(renew().output()).contains("it is damaged");
        assertThat(mirror.directory()).doesNotExist();
    }

    @Test
    void whatIsNoRepositoryIsLeftAlone() throws Exception {
        var other = Files.createDirectories(directory.resolve("mirrors/documents"));
        var text = Files.writeString(other.resolve("text"), "a person's");
        Files.setLastModifiedTime(other, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

        assertThat(renew()).isEqualTo(SILENT);
        assertThat(text).hasContent("a person's");
    }

    @Test
    void whereThereAreNoMirrorsNothingIsDone() throws Exception {
        variables.put("BUILDKITE_GIT_MIRRORS_PATH", directory.resolve("none").toString());
        assertThat(renew()).isEqualTo(SILENT);
        variables.remove("BUILDKITE_GIT_MIRRORS_PATH");
        assertThat(renew()).isEqualTo(SILENT);
    }

    private void damage(String command) throws Exception {
        assertThat(Hooks.run(variables, mirror.directory(), List.of("sh", "-ec", command)))
                .isEqualTo(SILENT);
    }

    private void fetch() throws Exception {
        mirror.git("fetch", "--quiet", "origin");
    }

    private Path file(String name) {
        return mirror.directory().resolve(name);
    }

    private Path write(String name, String text) throws Exception {
        Files.createDirectories(file(name).getParent());
        return Files.writeString(file(name), text);
    }

    private Hooks.Run renew() throws Exception {
        return Hooks.run(
                variables,
                directory,
                List.of("bash", "-p", hooks.file("renew-mirrors").toString()));
    }
}
