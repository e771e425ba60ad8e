package io.buildkitefleet.preview;

import io.buildkitefleet.preview.program.HangingProgram;
import java.nio.file.Path;

/** A process that previews a program that hangs, for a test to interrupt. */
final class InterruptedPreview {
    private InterruptedPreview() {}

    public static void main(String[] args) {
        PreviewedProgram.preview(Path.of(args[0]), PreviewedProgram.launch(HangingProgram.class));
    }
}
