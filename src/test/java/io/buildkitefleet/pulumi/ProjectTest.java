package io.buildkitefleet.pulumi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void aProjectWithTwoStacks() throws IOException {
        write("Pulumi.yaml", "name: acme\ndescription: Builds\n");
        write("Pulumi.dev.yaml", "config: {}\n");
        write("Pulumi.prod.yaml", "");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    @Test
    void nameAndDescriptionAreRead() {
        var project = Project.read(directory);
        assertThat(project.directory()).isEqualTo(directory.toAbsolutePath());
        assertThat(project.name()).isEqualTo("acme");
        assertThat(project.description()).isEqualTo("Builds");
        assertThat(project.requiredPulumi()).isEqualTo(VersionRange.ANY);
    }

    @Test
    void theVersionsOfPulumiThatItTakesAreRead() throws IOException {
        write("Pulumi.yaml", "name: acme\nrequiredPulumiVersion: \">=3.207.0 <4.0.0\"\n");
        assertThat(Project.read(directory).requiredPulumi()).isEqualTo(new VersionRange(">=3.207.0 <4.0.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "\">= 3.207\"", "3", "\">=3.207.0 ||\"", "\"~3.207.0\"", "3.207"})
    void whatIsNoRangeOfVersionsIsRefused(String range) throws IOException {
        write("Pulumi.yaml", "name: acme\nrequiredPulumiVersion: " + range + "\n");
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> Project.read(directory))
                .withMessage("Pulumi.yaml: requiredPulumiVersion: \"" + range.replace("\"", "")
                        + "\" is no range of versions; write one such as \">=3.207.0\"");
    }

    @Test
    void itsStacksAreThoseWithAFile() {
        assertThat(Project.read(directory).stackNames()).containsExactly("dev", "prod");
    }

    @Test
    void aFileThatStacksExtendIsNoStack() throws IOException {
        write("Pulumi.base.yaml", "config: {acme:fleet: {extends: shared/all.yaml}}\n");
        Files.createDirectory(directory.resolve("shared"));
        write("shared/all.yaml", "config: {acme:fleet: {extends: Pulumi.all.yaml}}\n");
        write("Pulumi.all.yaml", "config: {acme:fleet: {}}\n");
        write("Pulumi.dev.yaml", "config: {acme:fleet: {extends: ./Pulumi.base.yaml}}\n");
        assertThat(Project.read(directory).stackNames()).containsExactly("dev", "prod");
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> Project.read(directory).stack("base"))
                .withMessage(
                        "\"base\" is no stack: Pulumi.base.yaml is a file that stacks extend; stacks here: dev, prod");
    }

    /** Neither is right, and whoever reads one is told of the circle. */
    @Test
    void filesThatExtendEachOtherAreStillStacks() throws IOException {
        write("Pulumi.dev.yaml", "config: {acme:fleet: {extends: Pulumi.prod.yaml}}\n");
        write("Pulumi.prod.yaml", "config: {acme:fleet: {extends: Pulumi.dev.yaml}}\n");
        assertThat(Project.read(directory).stackNames()).containsExactly("dev", "prod");
    }

    @Test
    void whatAStackExtendsStandsInTheProjectAlsoWhereStacksHaveADirectory() throws IOException {
        write("Pulumi.yaml", "name: acme\nstackConfigDir: stacks\n");
        Files.createDirectory(directory.resolve("stacks"));
        write("stacks/Pulumi.base.yaml", "config: {}\n");
        write("stacks/Pulumi.dev.yaml", "config: {acme:fleet: {extends: stacks/Pulumi.base.yaml}}\n");
        assertThat(Project.read(directory).stackNames()).containsExactly("dev");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "acme-org/dev", "acme-org/acme/dev"})
    void aStackIsNamedAsPulumiTakesIt(String reference) {
        var stack = Project.read(directory).stack(reference);
        assertThat(stack.name()).isEqualTo("dev");
        assertThat(stack.file()).hasFileName("Pulumi.dev.yaml");
        assertThat(stack.selection()).isEqualTo("--stack " + reference);
    }

    @Test
    void aStackOfAnotherProjectIsNamed() {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> Project.read(directory).stack("acme-org/other/dev"))
                .withMessage(
                        "\"acme-org/other/dev\" is a stack of the project other, and this one is acme (name in Pulumi.yaml)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b/c/dev", "/dev", "dev/", "acme-org//dev"})
    void whatIsNoNameOfAStackIsRefused(String reference) {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> Project.read(directory).stack(reference))
                .withMessage("a stack is named STACK, ORGANIZATION/STACK or ORGANIZATION/PROJECT/STACK, got \""
                        + reference + "\"");
    }

    @Test
    void whoNamesTheFileOfAStackMeansTheStack() {
        assertThat(Project.read(directory).stack("Pulumi.dev.yaml").name()).isEqualTo("dev");
    }

    @Test
    void anEmptyStackFileHasNoConfiguration() {
        assertThat(Project.read(directory).stack("prod").config()).isEmpty();
    }

    @Test
    void aDirectoryWithoutAProjectIsNamed() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> Project.read(empty))
                .withMessage("no Pulumi.yaml in " + empty + ": run this in the directory of the project");
    }

    @Test
    void aProjectNeedsAName() throws IOException {
        write("Pulumi.yaml", "runtime: java\n");
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> Project.read(directory))
                .withMessage("Pulumi.yaml: name is missing: give the project a name");
    }

    @ParameterizedTest
    @CsvSource({
        "prd, '; stacks here: dev, prod; did you mean prod?'",
        "dve, '; stacks here: dev, prod; did you mean dev?'",
        "staging, '; stacks here: dev, prod'"
    })
    void anUnknownStackIsAnsweredWithThoseThatExist(String name, String end) {
        Project project = Project.read(directory);
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> project.stack(name))
                .withMessage(
                        "there is no stack \"" + name + "\" (Pulumi." + name + ".yaml in " + directory + ")" + end);
    }

    @Test
    void aProjectWithoutStacksSaysHowToMakeOne() throws IOException {
        Files.delete(directory.resolve("Pulumi.dev.yaml"));
        Files.delete(directory.resolve("Pulumi.prod.yaml"));
        Project project = Project.read(directory);
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> project.stack("dev"))
                .withMessageEndingWith("; there is none yet: make one with ./fleet init dev");
    }
}
