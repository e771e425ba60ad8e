package io.buildkitefleet.drain;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.buildkitefleet.operate.OperateException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What Pulumi says an update will do: it compares with what there is. */
final class EnginePreview {
    private static final int SHOWN_LINES = 20;

    private final List<String> command;

    /** @param command {@code pulumi preview} with what the update gets */
    EnginePreview(List<String> command) {
        this.command = command;
    }

    /**
     * Asks Pulumi.
     *
     * @throws OperateException if the preview fails, with what Pulumi said
     */
    List<PreviewStep> steps(Interruption interruption) throws InterruptedException {
        try {
            // Only this user may read such a file; of a preview in JSON, Pulumi masks the secrets.
            var out = Files.createTempFile("fleet-preview", ".json");
            var err = Files.createTempFile("fleet-preview", ".txt");
            try {
                var exitCode = interruption.run(new ProcessBuilder(command)
                        .redirectInput(Redirect.from(new File("/dev/null")))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile()));
                interruption.check();
                return read(exitCode, out, err);
            } finally {
                Files.deleteIfExists(out);
                Files.deleteIfExists(err);
            }
        } catch (IOException reason) {
            throw new OperateException(command.get(0) + " can't be started: " + reason.getMessage(), reason);
        }
    }

    private static List<PreviewStep> read(int exitCode, Path out, Path err) throws IOException {
        var json = json(Files.readString(out));
        if (exitCode != 0 || json.isEmpty()) {
            throw new OperateException("pulumi preview ends with " + exitCode + ", so nobody knows what it changes:\n"
                    + json.map(EnginePreview::errors).orElse("")
                    + Files.readString(err).lines().limit(SHOWN_LINES).collect(Collectors.joining("\n")));
        }
        try {
            return PreviewStep.all(json.get());
        } catch (IllegalArgumentException unknown) {
            throw new OperateException(
                    "pulumi preview --json prints something that is no preview, so nobody knows what it changes",
                    unknown);
        }
    }

    private static Optional<JsonElement> json(String text) {
        try {
            return Optional.of(JsonParser.parseString(text)).filter(JsonElement::isJsonObject);
        } catch (JsonParseException notJson) {
            return Optional.empty();
        }
    }

    private static String errors(JsonElement preview) {
        if (!(preview.getAsJsonObject().get("diagnostics") instanceof JsonArray diagnostics)) {
            return "";
        }
        return diagnostics.asList().stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonElement::getAsJsonObject)
                .filter(diagnostic -> PreviewStep.text(diagnostic, "severity").equals("error"))
                .map(diagnostic -> PreviewStep.text(diagnostic, "message").strip() + "\n")
                .collect(Collectors.joining());
    }
}
