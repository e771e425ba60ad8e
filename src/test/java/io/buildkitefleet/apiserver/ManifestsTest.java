package io.buildkitefleet.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.report.scanner.Manifests;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** kubectl and the API server take the manifests of every stack as they are. */
@Tag("engine")
@ExtendWith(PreviewedStacks.Extension.class)
class ManifestsTest {
    private static final String TAKEN = " (server dry run)";

    /** The image builder is why its namespace warns of what it does not refuse. */
    private static final Pattern BUILDER = Pattern.compile(
            "Warning: would violate PodSecurity \"baseline:latest\": ((?!container \").)+container \"(docker|buildkit)\"((?!container \"(?!buildkit\")).)*");

    @TempDir
    private static Path directory;

    private static ApiServer server;

    @BeforeAll
    static void anEmptyCluster() throws Exception {
        server = new ApiServer(directory);
        GkeObjects.addTo(server.client());
    }

    @AfterAll
    static void stopIt() {
        server.close();
    }

    /** Namespaces are made before, because in a dry run they would not be there for what is in them. */
    @TestFactory
    Stream<DynamicTest> areTakenWithoutAWarningOfAnythingButTheImageBuilder(PreviewedStacks previews) {
        return previews.all()
                .map(stack -> DynamicTest.dynamicTest(stack.plan().stack().name(), () -> {
                    var files = write(stack);
                    var script = Files.writeString(directory.resolve("apply"), """
                            set -e
                            export KUBECONFIG="$2"
                            for namespace in "$1"/1.*; do kubectl apply --validate=strict -f "$namespace" >/dev/null; done
                            kubectl apply --validate=strict --dry-run=server -f "$1"
                            """);
                    var run = server.run(
                            script.toString(), "administrator", List.of(files.toString(), administrator()), Map.of());
                    var said = run.output().lines().collect(Collectors.partitioningBy(line -> line.endsWith(TAKEN)));
                    assertThat(said.get(false))
                            .as("what kubectl says but that it takes an object")
                            .allMatch(line -> BUILDER.matcher(line).matches());
                    assertThat(said.get(true)).hasSize(files.toFile().list().length);
                    assertThat(run.succeeded()).isTrue();
                }));
    }

    private static String administrator() throws IOException {
        return server.kubeconfig("administrator.yaml", "administrator", "system:masters")
                .toString();
    }

    private static Path write(StackPreview stack) throws IOException {
        var files = Files.createDirectory(
                directory.resolve("manifests-" + stack.plan().stack().name()));
        for (var file : Manifests.of(stack.plan()).entrySet()) {
            Files.writeString(files.resolve(file.getKey()), Manifests.MARK + file.getValue());
        }
        return files;
    }
}
