package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that a person names and that is none is wrong input, for every command: 1, where 2 is wrong usage. */
class InputFilesTest extends CommandTest {
    private static final String OTHERS = "{\"steps\": [{\"op\": \"create\", \"newState\": {"
            + "\"urn\": \"urn:pulumi:prod::buildkite-fleet::t:index:Part::part\", \"type\": \"t:index:Part\"}}],"
            + " \"changeSummary\": {\"create\": 1}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check --plan",
                "check dev --plan",
                "check dev --config-file",
                "preview dev --config-file",
                "diff dev --base",
                "review dev --base",
                "encrypt big NPM_TOKEN --key"
            })
    void aFileThatIsMissingIsWrongInput(String command) {
        var file = project.resolve("missing");
        assertThat(fleet((command + " " + file).split(" "))).isEqualTo(1);
        assertThat(err.toString())
                .startsWith(option(command) + " " + file + ": ")
                .hasLineCount(1);
        assertThat(out.toString()).satisfiesAnyOf(text -> assertThat(text).isEmpty(), text -> assertThat(text)
                .contains("Not compared"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check dev --plan", "diff dev --base"})
    void thePlanOfAnotherStackIsWrongInput(String command) throws IOException {
        var file = Files.writeString(project.resolve("plan.json"), OTHERS);
        assertThat(fleet((command + " " + file).split(" "))).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines(option(command) + " " + file + ": is a plan of stack prod, not of dev");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"check --plan", "check dev --config-file", "diff dev --base", "encrypt big NPM_TOKEN --key"})
    void anOptionWithoutItsFileIsWrongUsage(String command) {
        assertThat(fleet(command.split(" "))).isEqualTo(2);
    }

    private static String option(String command) {
        return command.substring(command.indexOf("--"));
    }
}
