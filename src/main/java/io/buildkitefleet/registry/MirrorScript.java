package io.buildkitefleet.registry;

import io.buildkitefleet.text.BundledFile;
import io.buildkitefleet.text.VisibleText;
import java.util.stream.Collectors;

/** The script that fills a registry mirror and checks it, for one stack; it needs nothing of the project. */
public final class MirrorScript {
    /** What makes the script check only. */
    public static final String CHECK = "--check";

    private static final String FILE = "/registry-mirror/fill";

    private MirrorScript() {}

    /** The whole of it, for bash. */
    public static String of(MirrorContents contents) {
        return BundledFile.text(FILE)
                .replace("{{stack}}", quoted(contents.stack()))
                .replace("{{mirror}}", quoted(contents.address()))
                .replace(
                        "{{artifacts}}",
                        contents.artifacts().stream().map(MirrorScript::line).collect(Collectors.joining("\n")));
    }

    private static String line(MirroredArtifact artifact) {
        var kept = artifact.kept();
        return String.join(
                " ",
                artifact.name(),
                artifact.source().withoutDigest().toString(),
                (artifact.isFoundByTag() ? kept : artifact.copy().withoutTag()).toString(),
                artifact.isFoundByTag() ? "-" : kept.tag().orElse("-"),
                artifact.source().digest().orElse("-"),
                (artifact.namedByChart() ? "chart:" : "") + artifact.pin().key(),
                VisibleText.line(artifact.pin().file()));
    }

    /** For a place between single quotes. */
    private static String quoted(String text) {
        return VisibleText.line(text).replace("'", "'\\''");
    }
}
