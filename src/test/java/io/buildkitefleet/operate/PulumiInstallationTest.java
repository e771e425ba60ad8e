package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.pulumi.VersionRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulumi and its Java host in each layout in which people have them, as stand-ins. */
class PulumiInstallationTest {
    private static final String HOST = "pulumi-language-java";

    @TempDir
    Path directory;

    private final Map<String, String> environment = new TreeMap<>();
    private VersionRange required = VersionRange.ANY;

    @BeforeEach
    void anEmptyMachine() {
        environment.put("PATH", file("bin") + ":" + file("tools") + ":/usr/bin:/bin");
        environment.put("HOME", file("home").toString());
    }

    @Test
    void aHostBesidePulumiIsGood() throws IOException {
        pulumi("bin/pulumi", "3.182.0", "1.16.0");
        program("bin/" + HOST, "");
        assertThat(javaSupport()).isEqualTo(good("pulumi 3.182.0 with host 1.16.0 at " + file("bin/" + HOST)));
    }

    @Test
    void aHostBesideTheRealPulumiIsGoodWhenPathHasALink() throws IOException {
        pulumi("opt/pulumi", "3.182.0", "1.16.0");
        program("opt/" + HOST, "");
        Files.createDirectories(file("bin"));
        Files.createSymbolicLink(file("bin/pulumi"), Path.of("../opt/pulumi"));
        assertThat(javaSupport())
                .isEqualTo(good("pulumi 3.182.0 with host 1.16.0 at "
                        + file("opt/" + HOST).toRealPath()));
    }

    @Test
    void aHostElsewhereOnPathIsGood() throws IOException {
        pulumi("bin/pulumi", "3.274.1", "1.39.0");
        program("tools/" + HOST, "");
        assertThat(javaSupport()).isEqualTo(good("pulumi 3.274.1 with host 1.39.0 at " + file("tools/" + HOST)));
    }

    @ParameterizedTest
    @CsvSource({"'', home/.pulumi", "pulumi-home, pulumi-home"})
    void aHostAmongThePluginsIsGoodAndTheNewestIsUsed(String home, String plugins) throws IOException {
        if (!home.isEmpty()) {
            environment.put("PULUMI_HOME", file(home).toString());
        }
        pulumi("bin/pulumi", "3.182.0", "");
        for (var version : new String[] {"1.9.0", "1.39.0", "1.16.0"}) {
            program(plugins + "/plugins/language-java-v" + version + "/" + HOST, "");
        }
        Files.createDirectories(file(plugins + "/plugins/language-java-v2.0.0"));
        Files.createDirectories(file(plugins + "/plugins/resource-gcp-v7.0.0"));
        assertThat(javaSupport())
                .isEqualTo(
                        good("pulumi 3.182.0 with host 1.39.0 at " + file(plugins + "/plugins/language-java-v1.39.0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.270.0", "3.274.1", "v3.300.0"})
    void aPulumiThatFetchesItsHostIsGood(String version) throws IOException {
        pulumi("bin/pulumi", version, "");
        assertThat(javaSupport())
                .isEqualTo(good("pulumi " + version.replace("v", "") + " fetches its host at first use"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.182.0", "3.269.0"})
    void aPulumiThatFindsNoHostIsToldWhatToRun(String version) throws IOException {
        pulumi("bin/pulumi", version, "");
        assertThat(javaSupport())
                .isEqualTo(Prerequisite.missing(
                        "Pulumi's Java support",
                        "pulumi " + version + " finds no host; put the whole installation of Pulumi on PATH, with the "
                                + "pulumi-language-java that comes with it"));
    }

    @Test
    void aPulumiThatMayNotFetchIsToldWhatToRun() throws IOException {
        environment.put("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true");
        pulumi("bin/pulumi", "3.274.1", "");
        assertThat(javaSupport().status()).isEqualTo(Prerequisite.Status.MISSING);
    }

    @Test
    void aPulumiThatFetchesDoesNotLookBesideItself() throws IOException {
        environment.put("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "1");
        pulumi("opt/pulumi", "3.274.1", "1.39.0");
        program("opt/" + HOST, "");
        Files.createDirectories(file("bin"));
        Files.createSymbolicLink(file("bin/pulumi"), Path.of("../opt/pulumi"));
        assertThat(javaSupport().status()).isEqualTo(Prerequisite.Status.MISSING);
    }

    @Test
    void aHostOnPathThatPulumiIsToIgnoreIsIgnored() throws IOException {
        environment.put("PULUMI_IGNORE_AMBIENT_PLUGINS", "true");
        pulumi("bin/pulumi", "3.274.1", "1.16.0");
        program("tools/" + HOST, "");
        assertThat(javaSupport()).isEqualTo(good("pulumi 3.274.1 fetches its host at first use"));
    }

    @ParameterizedTest
    @CsvSource({
        "3.208.0, 1.16.0, GOOD",
        "3.209.0, 1.18.0, WARNING",
        "3.274.1, 1.16.0, WARNING",
        "3.209.0, 1.19.0, GOOD",
        "3.274.1, 1.39.0, GOOD",
        "3.274.1, unknown, GOOD"
    })
    void aPairThatDropsTheOptionsOfTheProjectIsWarnedOf(String cli, String host, Prerequisite.Status status)
            throws IOException {
        pulumi("bin/pulumi", cli, host);
        program("tools/" + HOST, "");
        assertThat(javaSupport().status()).isEqualTo(status);
    }

    @Test
    void theWarningSaysWhichHostAndWhatToDo() throws IOException {
        pulumi("bin/pulumi", "3.274.1", "1.16.0");
        program("tools/" + HOST, "");
        assertThat(javaSupport().detail())
                .isEqualTo("pulumi 3.274.1 with host 1.16.0 at " + file("tools/" + HOST)
                        + ": this host does not get the options of Pulumi.yaml, so that Maven runs in place of ./fleet; "
                        + "remove it, and run: pulumi plugin install language java");
    }

    @Test
    void aHostThatDoesNotSayItsVersionIsNamedWithoutOne() throws IOException {
        program("bin/pulumi", "[ \"$1\" = version ] && echo v3.182.0");
        program("bin/" + HOST, "");
        assertThat(javaSupport()).isEqualTo(good("pulumi 3.182.0 with the host at " + file("bin/" + HOST)));
    }

    @ParameterizedTest
    @CsvSource({
        "echo v2.25.2, 'it is version 2.25.2, not 3'",
        "echo what, 'it does not say its version'",
        "exit 1, 'it does not say its version'"
    })
    void aPulumiThatCannotBeUsedSaysWhy(String script, String reason) throws IOException {
        program("bin/pulumi", script);
        var checks = new PulumiInstallation(new LocalMachine(environment), required).examine();
        assertThat(checks)
                .extracting(Prerequisite::status)
                .containsExactly(Prerequisite.Status.MISSING, Prerequisite.Status.UNKNOWN);
        assertThat(checks.get(0).detail()).startsWith(file("bin/pulumi") + " can't be used: " + reason);
    }

    @Test
    void aPulumiThatTheProjectDoesNotTakeIsMissing() throws IOException {
        required = new VersionRange(">=3.207.0");
        pulumi("bin/pulumi", "3.190.0", "1.16.0");
        program("bin/" + HOST, "");
        var checks = new PulumiInstallation(new LocalMachine(environment), required).examine();

        assertThat(checks.get(0))
                .isEqualTo(Prerequisite.missing(
                        "pulumi",
                        "Pulumi CLI version 3.190.0 at " + file("bin/pulumi")
                                + " does not satisfy the version range \">=3.207.0\" (requiredPulumiVersion in "
                                + "Pulumi.yaml); install one that does: https://www.pulumi.com/docs/install/, or build it: "
                                + "tools/install pulumi"));
        assertThat(checks.get(1).status()).isEqualTo(Prerequisite.Status.GOOD);
    }

    @Test
    void aPulumiThatTheProjectTakesIsGood() throws IOException {
        required = new VersionRange(">=3.207.0");
        pulumi("bin/pulumi", "3.207.0", "1.16.0");
        program("bin/" + HOST, "");
        assertThat(javaSupport().status()).isEqualTo(Prerequisite.Status.GOOD);
    }

    private static Prerequisite good(String detail) {
        return Prerequisite.good("Pulumi's Java support", detail);
    }

    private Prerequisite javaSupport() {
        var checks = new PulumiInstallation(new LocalMachine(environment), required).examine();
        assertThat(checks).hasSize(2);
        assertThat(checks.get(0).what()).isEqualTo("pulumi");
        assertThat(checks.get(0).status()).as(checks.get(0).detail()).isEqualTo(Prerequisite.Status.GOOD);
        return checks.get(1);
    }

    /** A Pulumi that asks its host for its version as the real one does, in a project. */
    private void pulumi(String path, String version, String host) throws IOException {
        program(path, String.format(Locale.ROOT, """
                case "$1" in
                  version) echo %s ;;
                  about) grep -q 'name: java' "$5/Pulumi.yaml" && echo '{"plugins": [
                    {"name": "gcp", "version": "7.0.0", "kind": "resource"},
                    {"name": "java", "version": "%s", "kind": "language"}]}' ;;
                esac
                """, version, host));
    }

    private void program(String path, String script) throws IOException {
        Files.createDirectories(file(path).getParent());
        Files.writeString(file(path), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path file(String path) {
        return directory.resolve(path);
    }
}
