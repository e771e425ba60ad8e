package io.buildkitefleet.pulumi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.buildkitefleet.preview.PreviewedProgram;
import io.buildkitefleet.preview.program.SampleProgram;
import io.buildkitefleet.testing.Golden;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanJsonTest {
    @TempDir
    private static Path directory;

    private static String text;

    @BeforeAll
    static void previewOnce() throws IOException {
        text = written(
                PlanJson.of(PreviewedProgram.preview(directory, PreviewedProgram.inline(SampleProgram::define))));
    }

    private static String written(JsonObject document) throws IOException {
        var out = new StringWriter();
        PlanJson.write(document, out);
        return out.toString();
    }

    /** As the real engine prints it for the same program, but for the order of the steps and the duration. */
    @Test
    void thePlanReadsAsReviewed() {
        Golden.named("sample-plan.json").matches(text);
    }

    @Test
    void noSecretIsInIt() {
        assertThat(text).contains("[secret]").doesNotContain("kubeconfig-in-clear", "offline-placeholder");
    }

    @Test
    void callersCanAddKeysOfTheirOwn() throws IOException {
        JsonObject document = JsonParser.parseString(text).getAsJsonObject();
        document.addProperty("fleet", "big");
        assertThat(written(document)).endsWith("    \"fleet\": \"big\"\n}\n");
    }
}
