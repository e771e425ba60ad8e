package io.buildkitefleet.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** tools/install, with a stand-in for Go. */
class InstallTest {
    private static final String BIN = "project/.tools/bin";
    private static final String PLUGIN = "project/.tools/pulumi-kubernetes";
    private static final String NEWEST = "project/.tools/pulumi-newest";
    private static final String CHECKOV = "project/.tools/checkov";
    private static final String PULUMI_3 = "#!/bin/sh\necho v3.210.0\n";

    @TempDir
    Path directory;

    private ToolsProject project;

    @BeforeEach
    void makeProject() throws IOException {
        project = new ToolsProject(directory);
    }

    @Test
    void buildsPulumiWithItsJavaHostWhenNothingIsNamed() throws Exception {
        var run = project.install();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(project.names(BIN)).containsExactly("pulumi", "pulumi-language-java");
        assertThat(run.err()).contains("pulumi v3.207.0 is in .tools/bin");
    }

    @Test
    void buildsWhatIsNamed() throws Exception {
        project.install("buildkite-agent");

        assertThat(project.names(BIN)).containsExactly("buildkite-agent");
    }

    @Test
    void buildsTheApiServerWithItsCommandLineAndWithWhatItStoresIn() throws Exception {
        var run = project.install("kube-apiserver", "etcd");

        assertThat(project.names(BIN)).containsExactly("etcd", "kube-apiserver", "kubectl");
        assertThat(run.err()).contains("kube-apiserver v1.36.3 is in .tools/bin", "etcd v3.6.8 is in .tools/bin");
    }

    @Test
    void buildsWhatMakesAClusterOfAnApiServer() throws Exception {
        var run = project.install("kube-controllers", "kwok");

        assertThat(project.names(BIN)).containsExactly("kube-controller-manager", "kube-scheduler", "kwok");
        assertThat(run.err()).contains("kube-controllers v1.36.3 is in .tools/bin", "kwok v0.8.0 is in .tools/bin");
    }

    /** On PATH it would be the plugin of whoever runs {@code ./fleet}, in place of the one that the program names. */
    @Test
    void buildsTheKubernetesPluginWhereNobodyFindsItByChance() throws Exception {
        var run = project.install("pulumi-kubernetes");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("pulumi-kubernetes v4.0.0-2026", "is in .tools/pulumi-kubernetes");
        assertThat(project.names(PLUGIN)).containsExactly("pulumi-resource-kubernetes");
        assertThat(project.names(BIN)).isEmpty();
    }

    @Test
    void buildsTheKubernetesPluginAgainWhenItsOwnSourceChanged() throws Exception {
        project.install("pulumi-kubernetes");
        project.write("project/tools/pulumi-kubernetes/main.go", "package main");
        project.install("pulumi-kubernetes");

        assertThat(project.builds()).hasSize(2);
    }

    @Test
    void buildsTheNewestPulumiWhereNobodyFindsItByChance() throws Exception {
        var run = project.install("pulumi-newest");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("pulumi-newest v3.274.1 is in .tools/pulumi-newest");
        assertThat(project.names(NEWEST)).containsExactly("java-host", "pulumi", "pulumi-language-java");
        assertThat(project.names(BIN)).isEmpty();
        assertThat(project.read(NEWEST + "/pulumi")).contains("version.Version=v3.274.1");
        assertThat(project.read(NEWEST + "/java-host")).contains("version.Version=1.16.0", "/pulumi-language-java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"another/Pulumi.yaml", "another/below/Pulumi.yaml"})
    void theNewestPulumisHostRunsTheExecutorOfTheProject(String started) throws Exception {
        project.install("pulumi-newest");
        project.write("another/Pulumi.yaml", """
                name: another
                runtime:
                  name: java
                  options:
                    # Not Maven.
                    use-executor: ./fleet
                """);

        assertThat(project.run(
                        Path.of(started).getParent().toString(), NEWEST + "/pulumi-language-java", "127.0.0.1:1"))
                .containsExactly("-use-executor=./fleet", "127.0.0.1:1");
    }

    @Test
    void theNewestPulumisHostRunsMavenWhereTheProjectNamesNoExecutor() throws Exception {
        project.install("pulumi-newest");
        project.write("another/Pulumi.yaml", "name: another\nruntime: java\n");

        assertThat(project.run("another", NEWEST + "/pulumi-language-java", "127.0.0.1:1"))
                .containsExactly("127.0.0.1:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pulumi-newest/go.sum", "pulumi-newest/pulumi-language-java", "pulumi/go.sum"})
    void buildsTheNewestPulumiAgainWhenAnythingOfItChanged(String file) throws Exception {
        project.install("pulumi-newest");
        project.write("project/tools/" + file, "another");
        project.install("pulumi-newest");

        assertThat(project.builds()).hasSize(4);
    }

    @Test
    void tellsKubernetesTheVersionThatTheModulePins() throws Exception {
        project.install("kube-apiserver", "kube-controllers");

        assertThat(List.of(
                        project.read(BIN + "/kube-apiserver"),
                        project.read(BIN + "/kubectl"),
                        project.read(BIN + "/kube-scheduler")))
                .allSatisfy(program -> assertThat(program)
                        .contains("version.gitVersion=v1.36.3", "version.gitMajor=1 ", "version.gitMinor=36"));
    }

    @Test
    void tellsPulumiTheVersionThatTheModulePins() throws Exception {
        project.install();

        assertThat(project.read(BIN + "/pulumi")).contains("version.Version=v3.207.0");
    }

    @Test
    void leavesNothingBesideTheProgramsAndItsNotes() throws Exception {
        project.install();

        assertThat(project.names("project/.tools"))
                .filteredOn(name -> !name.equals("lock"))
                .containsExactly("bin", "pulumi.stamp");
    }

    @Test
    void buildsNothingWhenNothingChanged() throws Exception {
        project.install();
        int before = project.builds().size();
        project.install();

        assertThat(project.builds()).hasSize(before);
    }

    @Test
    void buildsAgainWhenTheModuleChanged() throws Exception {
        project.install();
        project.write("project/tools/pulumi/go.sum", "another");
        project.install();

        assertThat(project.builds()).hasSize(4);
    }

    @Test
    void buildsAgainWhenGoChanged() throws Exception {
        project.install();
        project.write("go-version", "go1.27.0");
        project.install();

        assertThat(project.builds()).hasSize(4);
    }

    @Test
    void needsNoGoWhenNothingChanged() throws Exception {
        project.install();
        Files.delete(project.file("bin/go"));

        assertThat(project.install().exitCode()).isZero();
    }

    @Test
    void saysWhatToDoWithoutGo() throws Exception {
        Files.delete(project.file("bin/go"));
        var run = project.install();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("tools: no go on PATH: install Go 1.26 or newer (https://go.dev/doc/install)\n"
                        + "       and run tools/install again\n");
    }

    @Test
    void saysOfAFailedBuildOnlyWhatWentWrong() throws Exception {
        project.goDoes("""
                printf '%s\\n' 'go: downloading example.com/a v1.0.0' example.com/a/b '# example.com/c' \\
                  'c/c.go:3:1: undefined: x'
                exit 1
                """);
        var run = project.install();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .endsWith(
                        "tools: go build of pulumi failed:\n       # example.com/c\n       c/c.go:3:1: undefined: x\n");
    }

    @Test
    void aFailedBuildLeavesTheProgramsThatWereThere() throws Exception {
        project.install();
        var before = project.read(BIN + "/pulumi");
        project.write("go-version", "go1.27.0");
        project.goDoes("[[ \"$*\" != *language-java ]] || exit 1");
        project.install();

        assertThat(project.read(BIN + "/pulumi")).isEqualTo(before);
        assertThat(project.names("project/.tools")).noneMatch(name -> name.startsWith("build"));
    }

    @Test
    void anInterruptedBuildLeavesNothing() throws Exception {
        project.goDoes(": >\"$root/started\"; exec sleep 60");
        var started = project.start();
        project.await("started");
        started.process().destroy();

        assertThat(ToolsProject.end(started).exitCode()).isNotZero();
        assertThat(project.names(BIN)).isEmpty();
        assertThat(project.names("project/.tools")).noneMatch(name -> name.startsWith("build"));
    }

    @Test
    void twoRunsAtOnceBothEndWell() throws Exception {
        project.goDoes(": >\"$root/started\"; until [[ -e \"$root/go-on\" ]]; do sleep 0.1; done");
        var first = project.start();
        project.await("started");
        var second = project.start();
        project.write("go-on", "");

        assertThat(ToolsProject.end(first).exitCode()).isZero();
        assertThat(ToolsProject.end(second).exitCode()).isZero();
        assertThat(project.names(BIN)).containsExactly("pulumi", "pulumi-language-java");
    }

    @Test
    void usesThePulumiThatIsOnPath() throws Exception {
        project.executable("bin/pulumi", PULUMI_3);
        project.executable("bin/pulumi-language-java", "#!/bin/sh\n");
        var run = project.install();

        assertThat(run.exitCode()).isZero();
        assertThat(project.builds()).isEmpty();
        assertThat(run.err())
                .contains("bin/pulumi (v3.210.0) is on PATH and will be used; tools/install --build builds v3.207.0");
    }

    @Test
    void buildsBesideThePulumiOnPathWhenForced() throws Exception {
        project.executable("bin/pulumi", PULUMI_3);
        project.executable("bin/pulumi-language-java", "#!/bin/sh\n");
        project.install("--build", "pulumi");

        assertThat(project.names(BIN)).containsExactly("pulumi", "pulumi-language-java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.210.0", "v3.269.0"})
    void doesNotUseAPulumiThatFindsNoJavaHost(String version) throws Exception {
        pulumi("bin/pulumi", version);
        var run = project.install();

        assertThat(run.err())
                .contains("bin/pulumi (" + version + ") is not used: it finds no Java host; "
                        + "to use it, put the pulumi-language-java that came with it on PATH or, from 3.270 on, "
                        + "run: pulumi plugin install language java\n");
        assertThat(project.names(BIN)).contains("pulumi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.270.0", "v3.274.1", "3.1000.0"})
    void usesAPulumiThatFetchesItsJavaHost(String version) throws Exception {
        pulumi("bin/pulumi", version);
        uses(version);
    }

    @Test
    void doesNotUseAPulumiThatMayNotFetchItsJavaHost() throws Exception {
        pulumi("bin/pulumi", "v3.274.1");
        project.set("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true");

        assertThat(project.install().err()).contains("is not used: it finds no Java host");
    }

    @ParameterizedTest
    @CsvSource({"HOME, home, home/.pulumi", "PULUMI_HOME, pulumi home, pulumi home"})
    void usesAPulumiWithItsJavaHostAmongThePlugins(String variable, String value, String home) throws Exception {
        pulumi("bin/pulumi", "v3.210.0");
        project.executable(home + "/plugins/language-java-v1.39.0/pulumi-language-java", "#!/bin/sh\n");
        project.set(variable, project.file(value).toString());
        uses("v3.210.0");
    }

    @Test
    void usesAPulumiWithItsJavaHostBesideWhatTheLinkOnPathLeadsTo() throws Exception {
        pulumi("opt/pulumi", "v3.210.0");
        project.executable("opt/pulumi-language-java", "#!/bin/sh\n");
        Files.createSymbolicLink(project.file("bin/pulumi"), Path.of("../opt/pulumi"));
        uses("v3.210.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3.206.9", "v3.99.0", "3.206.0-dev.1"})
    void doesNotUseAPulumiThatIsOlderThanPulumiYamlRequires(String version) throws Exception {
        pulumi("bin/pulumi", version);
        project.executable("bin/pulumi-language-java", "#!/bin/sh\n");
        var run = project.install();

        assertThat(run.err())
                .contains("bin/pulumi (" + version + ") is not used: Pulumi.yaml requires 3.207.0 or newer\n");
        assertThat(project.names(BIN)).contains("pulumi");
    }

    @Test
    void usesTheOldestPulumiThatPulumiYamlTakes() throws Exception {
        pulumi("bin/pulumi", "v3.207.0");
        project.executable("bin/pulumi-language-java", "#!/bin/sh\n");
        uses("v3.207.0");
    }

    private void pulumi(String path, String version) throws IOException {
        project.executable(path, "#!/bin/sh\necho " + version + "\n");
    }

    private void uses(String version) throws Exception {
        var run = project.install();

        assertThat(run.err()).contains("bin/pulumi (" + version + ") is on PATH and will be used");
        assertThat(project.builds()).isEmpty();
    }

    @Test
    void doesNotUseAPulumiOfAnotherMajorVersion() throws Exception {
        project.executable("bin/pulumi", "#!/bin/sh\necho v2.25.2\n");
        project.executable("bin/pulumi-language-java", "#!/bin/sh\n");
        var run = project.install();

        assertThat(run.err()).contains("is version v2.25.2, not 3: it is not used");
        assertThat(project.names(BIN)).contains("pulumi");
    }

    @Test
    void refusesAToolThatItDoesNotKnow() throws Exception {
        var run = project.install("helm");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("there is no tool \"helm\"")
                .contains("NAME is pulumi, pulumi-newest, pulumi-kubernetes, buildkite-agent, kube-apiserver, "
                        + "kube-controllers, kwok, etcd, kube-score or checkov");
    }

    @Test
    void fetchesCheckovByTheDigestsOfItsListWhereNobodyFindsItByChance() throws Exception {
        providePython("mkdir -p \"${13}/checkov\"");
        var run = project.install("checkov");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("checkov 3.3.30 is in .tools/checkov");
        assertThat(project.read("pip-calls")).contains("--no-deps --require-hashes --only-binary :all: --target");
        assertThat(project.names(CHECKOV)).containsExactly("checkov", "lib");
        assertThat(project.names(BIN)).isEmpty();
        assertThat(project.builds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 2"})
    void fetchesCheckovAgainWhenItsListChanged(boolean changed, int times) throws Exception {
        providePython("mkdir -p \"${13}\"");
        project.install("checkov");
        if (changed) {
            var list = "project/tools/checkov/requirements.txt";
            project.write(list, project.read(list) + "# more\n");
        }
        project.install("checkov");

        assertThat(project.read("pip-calls")).hasLineCount(times);
    }

    @Test
    void everyPackageOfCheckovsListHasADigest() throws Exception {
        var packages = project.read("project/tools/checkov/requirements.txt")
                .replaceAll("(?m)^#.*\n", "")
                .replace("\\\n", " ")
                .lines()
                .toList();

        assertThat(packages)
                .hasSizeGreaterThan(50)
                .allMatch(line -> line.matches("[a-z0-9-]+==\\S+( +--hash=sha256:[0-9a-f]{64})+"));
    }

    @Test
    void saysWhatPipSaidOfAFailedFetchAndKeepsWhatWasThere() throws Exception {
        providePython("mkdir -p \"${13}\"");
        project.install("checkov");
        providePython("echo 'THESE PACKAGES DO NOT MATCH THE HASHES'; exit 1");
        project.write("project/tools/checkov/requirements.txt", "checkov==3.3.31 --hash=sha256:0\n");
        var run = project.install("checkov");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .endsWith("tools: pip install of checkov failed:\n       THESE PACKAGES DO NOT MATCH THE HASHES\n");
        assertThat(project.names(CHECKOV)).containsExactly("checkov", "lib");
    }

    @Test
    void saysThatCheckovNeedsPython() throws Exception {
        var run = project.install("checkov");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "tools: no python3 with pip on PATH: install Python 3.11 or newer with pip and run tools/install"
                                + " again\n");
    }

    private void providePython(String install) throws Exception {
        project.executable("bin/python3", """
                #!/bin/sh
                case "$*" in
                  --version) echo Python 3.11.2 ;;
                  '-m pip --version') ;;
                  *)
                    echo "$*" >>CALLS
                    INSTALL
                    ;;
                esac
                """.replace(
                "CALLS", project.file("pip-calls").toString()).replace("INSTALL", install));
    }
}
