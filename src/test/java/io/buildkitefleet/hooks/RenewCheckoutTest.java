package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job finds of the checkout that one before it has left. */
class RenewCheckoutTest {
    @TempDir
    Path directory;

    private Hooks hooks;
    private GitRepository origin;
    private GitRepository checkout;
    private String commit;
    private final Map<String, String> variables = new TreeMap<>();

    @BeforeEach
    void aCheckoutThatWasKept() throws Exception {
        hooks = Hooks.in(directory.resolve("hooks"), SafeBuildCase.policy());
        origin = GitRepository.in(directory.resolve("origin"));
        commit = origin.commit("echo ours");
        checkout = new GitRepository(Files.createDirectories(directory.resolve("checkout")));
        checkout.git("clone", "--quiet", origin.directory().toString(), ".");
        Files.writeString(checkout.directory().resolve("built"), "output");
        variables.put("PATH", System.getenv("PATH"));
        variables.put("HOME", directory.toString());
        variables.put("BUILDKITE_BUILD_CHECKOUT_PATH", checkout.directory().toString());
        variables.put("BUILDKITE_REPO", origin.directory().toString());
    }

    @Test
    void nothingThatActsOnGitIsLeft() throws Exception {
        write(".git/hooks/post-checkout", "#!/bin/sh\ntouch owned\n").toFile().setExecutable(true);
        write(".git/info/attributes", "* filter=evil\n");
        write(".git/info/grafts", commit + "\n");
        checkout.git("config", "filter.evil.smudge", "touch owned");
        checkout.git("config", "core.fsmonitor", "touch owned");
        checkout.git("config", "core.hooksPath", "elsewhere");
        checkout.git("config", "include.path", "/etc/evil");
        var other = origin.commit("echo other");
        checkout.git("fetch", "--quiet", "origin");
        checkout.git("replace", commit, other);
        checkout.git("pack-refs", "--all");

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));

        var git = checkout.directory().resolve(".git");
        assertThat(git.resolve("hooks")).doesNotExist();
        assertThat(git.resolve("info")).doesNotExist();
        assertThat(git.resolve("packed-refs")).content().doesNotContain("refs/replace/");
        assertThat(checkout.git("config", "--local", "--name-only", "--list").lines())
                .containsExactlyInAnyOrder(
                        "core.repositoryformatversion",
                        "core.filemode",
                        "core.bare",
                        "core.logallrefupdates",
                        "remote.origin.url",
                        "remote.origin.fetch");
        assertThat(checkout.directory()).isDirectoryNotContaining("glob:**.git-renewed*");
    }

    @Test
    void whatWasFetchedAndBuiltIsThereForTheNext() throws Exception {
        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));

        assertThat(checkout.git("rev-parse", "HEAD", "refs/remotes/origin/main").lines())
                .containsOnly(commit);
        assertThat(checkout.git("status", "--porcelain")).isEqualTo("?? built");
        var later = origin.commit("echo later");
        checkout.git("fetch", "--quiet", "origin");
        checkout.git("checkout", "--quiet", "--force", later);
        checkout.git("checkout", "--quiet", "--force", commit);
        assertThat(checkout.directory().resolve("built")).hasContent("output");
        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));
    }

    @Test
    void objectsElsewhereAreNotBelieved() throws Exception {
        write(".git/objects/info/alternates", directory.resolve("evil/objects") + "\n");

        assertThat(renew().output()).contains("is not used: it has objects elsewhere");
        assertThat(checkout.directory()).isEmptyDirectory();
    }

    @Test
    void theAgentsMirrorStays() throws Exception {
        var mirrors = directory.resolve("mirrors");
        var mirror = new GitRepository(Files.createDirectories(mirrors.resolve("app")));
        mirror.git("clone", "--quiet", "--mirror", origin.directory().toString(), ".");
        write(".git/objects/info/alternates", mirror.directory().resolve("objects") + "\n");
        variables.put("BUILDKITE_GIT_MIRRORS_PATH", mirrors.toString());

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));
        assertThat(checkout.directory().resolve(".git/objects/info/alternates"))
                .hasContent(mirror.directory().resolve("objects").toString());

        write(".git/objects/info/alternates", mirrors + "/../evil/objects\n");
        assertThat(renew().output()).contains("it has objects elsewhere");
    }

    @Test
    void submodulesAreFetchedAnew() throws Exception {
        checkout.git(
                "-c",
                "protocol.file.allow=always",
                "submodule",
                "--quiet",
                "add",
                origin.directory().toString(),
                "sub");
        write(".git/modules/sub/hooks/post-checkout", "#!/bin/sh\ntouch owned\n");

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));

        assertThat(checkout.directory().resolve(".git/modules")).doesNotExist();
        assertThat(checkout.directory().resolve("sub")).isEmptyDirectory();
        checkout.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init");
        assertThat(checkout.directory().resolve("sub/run")).exists();
    }

    /** It may be a repository of its own by now. */
    @ParameterizedTest
    @ValueSource(strings = {"sub", ".github/sub"})
    void aSubmodulesDirectoryIsEmptiedWhoeverFilledIt(String sub) throws Exception {
        checkout.git("update-index", "--add", "--cacheinfo", "160000," + commit + "," + sub);
        new GitRepository(Files.createDirectories(checkout.directory().resolve(sub)))
                .git("clone", "--quiet", origin.directory().toString(), ".");

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));

        assertThat(checkout.directory().resolve(sub)).isEmptyDirectory();
    }

    /** Git writes no such path into an index, and a job that writes one itself would have others' files deleted. */
    @Test
    void aSubmoduleOutsideOfTheCheckoutIsNotEmptied() throws Exception {
        var victim = Files.createDirectories(directory.resolve("victim"));
        Files.writeString(victim.resolve("file"), "a person's");
        checkout.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",ab/victim");
        renameInIndex("ab/victim", "../victim");
        assertThat(checkout.git("ls-files", "--stage")).contains("../victim");

        renew();

        assertThat(victim.resolve("file")).hasContent("a person's");
    }

    /** An index ends with the SHA-1 of what stands before: https://git-scm.com/docs/index-format */
    private void renameInIndex(String old, String name) throws Exception {
        var index = checkout.directory().resolve(".git/index");
        var text = new String(Files.readAllBytes(index), StandardCharsets.ISO_8859_1).replace(old, name);
        var content = text.substring(0, text.length() - 20).getBytes(StandardCharsets.ISO_8859_1);
        try (var out = Files.newOutputStream(index)) {
            out.write(content);
            out.write(MessageDigest.getInstance("SHA-1").digest(content));
        }
    }

    /** The next commit may have a submodule there. */
    @ParameterizedTest
    @ValueSource(strings = {"sub/.git", "deeper/sub/.GIT"})
    void aRepositoryThatAJobMadeInTheCheckoutIsNone(String repository) throws Exception {
        write(repository + "/config", "[core]\nfsmonitor = touch owned\n");
        write("sub/file", "kept");

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));

        assertThat(checkout.directory().resolve(repository)).doesNotExist();
        assertThat(checkout.directory().resolve("sub/file")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "config", "index"})
    void whatWouldKeepWhoeverOpensItIsNotOpened(String file) throws Exception {
        var path = checkout.directory().resolve(".git").resolve(file);
        Files.delete(path);
        new ProcessBuilder("mkfifo", path.toString()).start().waitFor();

        assertThat(renew().output()).contains("is not used: it is damaged");
    }

    @Test
    void whatAJobThatWasKilledLeftIsRemoved() throws Exception {
        write(".git-renewed.abc/.git/HEAD", "x");

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));

        assertThat(checkout.directory()).isDirectoryNotContaining("glob:**.git-renewed*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--skip-worktree", "--assume-unchanged"})
    void aFileThatGitWasToldNotToLookAtIsCheckedOut(String flag) throws Exception {
        checkout.git("update-index", flag, "run");
        Files.writeString(checkout.directory().resolve("run"), "evil");

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));
        checkout.git("checkout", "--quiet", "--force", commit);

        assertThat(checkout.directory().resolve("run")).content().contains("echo ours");
    }

    @Test
    void aDamagedRepositoryIsFetchedAnew() throws Exception {
        write(".git/HEAD", "garbage\n");

        assertThat(renew().output()).contains("is not used: it is damaged");
        assertThat(checkout.directory()).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"extensions.partialClone", "extensions.worktreeConfig", "remote.origin.promisor"})
    void aRepositoryThatIsNotWholeByItselfIsDropped(String key) throws Exception {
        checkout.git("config", key, "true");

        assertThat(renew().output()).contains("it is of a kind of its own");
        assertThat(checkout.directory()).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "file", "objects"})
    void aRepositoryElsewhereIsDroppedAndNotTouched(String kind) throws Exception {
        var git = checkout.directory().resolve(".git");
        var elsewhere = directory.resolve("elsewhere");
        switch (kind) {
            case "objects" -> {
                Files.move(git.resolve("objects"), elsewhere);
                Files.createSymbolicLink(git.resolve("objects"), elsewhere);
            }
            case "link" -> {
                Files.move(git, elsewhere);
                Files.createSymbolicLink(git, elsewhere);
            }
            default -> {
                Files.move(git, elsewhere);
                Files.writeString(git, "gitdir: " + elsewhere + "\n");
            }
        }

        assertThat(renew().output()).contains("it has its repository elsewhere");
        assertThat(checkout.directory()).isEmptyDirectory();
        assertThat(elsewhere).isNotEmptyDirectory();
    }

    @Test
    void whereNothingWasKeptNothingIsDone() throws Exception {
        variables.put("BUILDKITE_BUILD_CHECKOUT_PATH", directory.resolve("none").toString());
        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));
        variables.put("BUILDKITE_BUILD_CHECKOUT_PATH", hooks.directory().toString());
        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));
        assertThat(hooks.file("environment")).exists();
    }

    private Path write(String name, String text) throws Exception {
        var file = checkout.directory().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Hooks.Run renew() throws Exception {
        return Hooks.run(
                variables,
                directory,
                List.of("bash", "-p", hooks.file("renew-checkout").toString()));
    }
}
