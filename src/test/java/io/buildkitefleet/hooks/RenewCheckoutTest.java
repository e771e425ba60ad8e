package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        assertThat(refs()).allMatch(ref -> ref.startsWith("refs/kept/"));
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

        assertThat(checkout.git("rev-parse", "HEAD", "refs/kept/000001").lines())
                .containsOnly(commit);
        assertThat(checkout.git("status", "--porcelain")).isEqualTo("?? built");
        var later = origin.commit("echo later");
        checkout.git("fetch", "--quiet", "origin");
        checkout.git("checkout", "--quiet", "--force", later);
        checkout.git("checkout", "--quiet", "--force", commit);
        assertThat(checkout.directory().resolve("built")).hasContent("output");
        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));
    }

    /** Git prefers a branch to a commit that is called like it, and has no "main" beside a "main/x". */
    @Test
    void noNameThatAJobGaveIsLeft() throws Exception {
        var later = origin.commit("echo later");
        checkout.git("fetch", "--quiet", "origin");
        checkout.git("update-ref", "-d", "refs/remotes/origin/main");
        for (var ref : List.of("heads/FETCH_HEAD", "heads/" + later, "tags/v1", "remotes/origin/main/x")) {
            checkout.git("update-ref", "refs/" + ref, later);
        }
        checkout.git("symbolic-ref", "HEAD", "refs/heads/FETCH_HEAD");

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));

        assertThat(refs()).containsExactly("refs/kept/000001", "refs/kept/000002");
        assertThat(checkout.git("for-each-ref", "--format=%(objectname)").lines())
                .containsExactlyInAnyOrder(commit, later);
        assertThat(checkout.directory().resolve(".git/HEAD")).hasContent(later);
        checkout.git("fetch", "--quiet", "origin");
        assertThat(checkout.git("rev-parse", "refs/remotes/origin/main")).isEqualTo(later);
    }

    @Test
    void aNameOfNothingIsForgotten() throws Exception {
        write(".git/refs/heads/junk", "junk\n");
        write(".git/refs/heads/none", "0123456789012345678901234567890123456789\n");

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));

        assertThat(refs()).containsExactly("refs/kept/000001");
    }

    @Test
    void aHistoryThatCannotBeReadIsFetchedAnew() throws Exception {
        write(".git/shallow", "junk\n");

        assertThat(renew().output()).contains("is not used: it is damaged");
        assertThat(checkout.directory()).isEmptyDirectory();
    }

    /** What an index says of a file, anybody can write. */
    @Test
    void aFileThatTheIndexTakesForTheCommitsIsCheckedOut() throws Exception {
        var run = write("run", "evil");
        // Of a file as young as the index, git reads the content.
        Files.setLastModifiedTime(run, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        var ours = checkout.git("rev-parse", "HEAD:run");
        checkout.git("add", "run");
        changeIndex(
                HexFormat.of().parseHex(checkout.git("hash-object", "run")),
                HexFormat.of().parseHex(ours));
        checkout.git("checkout", "--quiet", "--force", commit);
        assertThat(run).as("the attack").hasContent("evil");

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));
        checkout.git("checkout", "--quiet", "--force", commit);

        assertThat(run).content().contains("echo ours");
    }

    /** Git would say that the file is what it should be. */
    @ParameterizedTest
    @ValueSource(strings = {"text eol=crlf", "working-tree-encoding=UTF-16"})
    void whatAJobSaysOfFilesMakesNoOtherFileTheCommits(String attributes) throws Exception {
        var text = Files.readString(checkout.directory().resolve("run"));
        var other = attributes.startsWith("text") ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16;
        var run = Files.writeString(checkout.directory().resolve("run"), text.replace("\n", "\r\n"), other);
        if (!attributes.startsWith("text")) {
            Files.writeString(run, text, other);
        }
        write(".gitattributes", "run " + attributes + "\n");
        checkout.git("add", "run");
        assertThat(checkout.git("diff", "--name-only")).as("the attack").isEmpty();

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));
        Files.delete(checkout.directory().resolve(".gitattributes"));
        checkout.git("checkout", "--quiet", "--force", commit);

        assertThat(run).hasContent(text);
    }

    @Test
    void aFileThatIsTheCommitsKeepsItsTime() throws Exception {
        var time = FileTime.from(Instant.parse("2020-02-02T02:02:02Z"));
        Files.setLastModifiedTime(checkout.directory().resolve("run"), time);

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));
        checkout.git("checkout", "--quiet", "--force", commit);

        assertThat(Files.getLastModifiedTime(checkout.directory().resolve("run")))
                .isEqualTo(time);
    }

    /** Whoever has made a directory may have taken the right to read it, or to write into it, away from everybody. */
    @ParameterizedTest
    @ValueSource(strings = {"", "extensions.partialClone"})
    void closedDirectoriesAreOpened(String kindOfItsOwn) throws Exception {
        write("closed/.git/config", "[core]\n");
        var closed = Files.createDirectories(checkout.directory().resolve("deep/er"));
        if (!kindOfItsOwn.isEmpty()) {
            checkout.git("config", kindOfItsOwn, "true");
        }
        for (var directory :
                List.of(closed, closed.getParent(), checkout.directory().resolve("closed"))) {
            Files.setPosixFilePermissions(directory, Set.of());
        }

        assertThat(renewAsNobody().exitCode()).isZero();

        if (kindOfItsOwn.isEmpty()) {
            assertThat(closed).isEmptyDirectory();
            assertThat(checkout.directory().resolve("closed")).isEmptyDirectory();
        } else {
            assertThat(checkout.directory()).isEmptyDirectory();
        }
    }

    @Test
    void aRepositoryOfLongHashesIsKept() throws Exception {
        origin = new GitRepository(Files.createDirectories(directory.resolve("long")));
        origin.git("init", "--quiet", "--initial-branch=main", "--object-format=sha256");
        var hash = origin.commit("echo long");
        checkout = new GitRepository(Files.createDirectories(directory.resolve("checkout-long")));
        checkout.git("clone", "--quiet", origin.directory().toString(), ".");
        variables.put("BUILDKITE_BUILD_CHECKOUT_PATH", checkout.directory().toString());

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));

        assertThat(checkout.git("rev-parse", "HEAD", "refs/kept/000001").lines())
                .containsOnly(hash);
        assertThat(checkout.git("status", "--porcelain")).isEmpty();
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

        Files.createDirectories(directory.resolve("evil/objects"));
        write(".git/objects/info/alternates", mirrors + "/../evil/objects\n");
        assertThat(renew().output()).contains("it has objects elsewhere");
    }

    /** Git writes the place to which links lead. */
    @Test
    void theAgentsMirrorStaysWhereItsPathHasALink() throws Exception {
        var mirror = new GitRepository(Files.createDirectories(directory.resolve("disk/mirrors/app")));
        mirror.git("clone", "--quiet", "--mirror", origin.directory().toString(), ".");
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("disk"));
        var mirrors = directory.resolve("link/mirrors");
        variables.put("BUILDKITE_GIT_MIRRORS_PATH", mirrors.toString());
        checkout = new GitRepository(Files.createDirectories(directory.resolve("referring")));
        checkout.git(
                "clone",
                "--quiet",
                "--reference=" + mirrors.resolve("app"),
                origin.directory().toString(),
                ".");
        variables.put("BUILDKITE_BUILD_CHECKOUT_PATH", checkout.directory().toString());

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));
        assertThat(checkout.directory().resolve(".git/objects/info/alternates"))
                .hasContent(mirror.directory().resolve("objects").toString());
        assertThat(checkout.git("fsck", "--connectivity-only")).isEmpty();
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
        checkout.git("-c", "user.name=Carol", "-c", "user.email=carol@acme.example", "commit", "--quiet", "-m", "With");
        var withSubmodule = checkout.git("rev-parse", "HEAD");
        write(".git/modules/sub/hooks/post-checkout", "#!/bin/sh\ntouch owned\n");

        assertThat(renew()).isEqualTo(new Hooks.Run(0, ""));

        assertThat(checkout.directory().resolve(".git/modules")).doesNotExist();
        assertThat(checkout.directory().resolve("sub")).isEmptyDirectory();
        checkout.git("checkout", "--quiet", "--force", withSubmodule);
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

    private void renameInIndex(String old, String name) throws Exception {
        changeIndex(old.getBytes(StandardCharsets.UTF_8), name.getBytes(StandardCharsets.UTF_8));
    }

    /** An index ends with the SHA-1 of what stands before: https://git-scm.com/docs/index-format */
    private void changeIndex(byte[] old, byte[] by) throws Exception {
        var index = checkout.directory().resolve(".git/index");
        var latin = StandardCharsets.ISO_8859_1;
        var text = new String(Files.readAllBytes(index), latin).replace(new String(old, latin), new String(by, latin));
        var content = text.substring(0, text.length() - 20).getBytes(latin);
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

    private List<String> refs() throws Exception {
        return checkout.git("for-each-ref", "--format=%(refname)").lines().toList();
    }

    /** Nothing is closed to root. */
    private Hooks.Run renewAsNobody() throws Exception {
        if (!"root".equals(System.getProperty("user.name"))) {
            return renew();
        }
        for (var place = directory; place.startsWith("/tmp/"); place = place.getParent()) {
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Hooks.run(variables, directory, List.of("chown", "-R", "65534", directory.toString()));
        var renew = hooks.file("renew-checkout").toString();
        return Hooks.run(
                variables,
                directory,
                List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "bash", "-p", renew));
    }

    private Hooks.Run renew() throws Exception {
        return Hooks.run(
                variables,
                directory,
                List.of("bash", "-p", hooks.file("renew-checkout").toString()));
    }
}
