package io.buildkitefleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.Plugin;
import io.buildkitefleet.fleet.images.ImageReference;
import io.buildkitefleet.fleet.images.Images;
import io.buildkitefleet.fleet.images.PinnedImage;
import io.buildkitefleet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/compatibility.md to the versions that are pinned; {@code -Dgoldens.update=true} writes its table anew. */
class CompatibilityTest {
    private static final String DOCUMENT = "docs/compatibility.md";
    private static final String PULUMI = "github.com/pulumi/pulumi/pkg/v3";

    /**
     * One thing with a version.
     *
     * @param version as it is pinned
     * @param pinned where
     * @param tried by what
     */
    private record Row(String what, String version, String pinned, String tried) {
        @Override
        public String toString() {
            return "| " + String.join(" | ", what, version, pinned, tried) + " |\n";
        }
    }

    @Test
    void theDocumentNamesTheVersionsThatArePinned() throws IOException {
        Golden.part(DOCUMENT, "versions")
                .matches("\n| What | Version | Pinned in | Tried by |\n|---|---|---|---|\n"
                        + rows().stream().map(Row::toString).collect(Collectors.joining())
                        + "\n");
    }

    @Test
    void theOldestPulumiThatIsTakenIsTheOneThatTheTestsRun() throws IOException {
        assertThat(one("Pulumi.yaml", "requiredPulumiVersion: \">=(.+)\"")).isEqualTo(module("pulumi", PULUMI));
    }

    private static List<Row> rows() throws IOException {
        return List.of(
                new Row(
                        "Pulumi, and the oldest that is taken",
                        module("pulumi", PULUMI),
                        tool("pulumi") + ", `Pulumi.yaml`",
                        "every engine test"),
                new Row(
                        "its Java host",
                        module("pulumi", "github.com/pulumi/pulumi-java/pkg"),
                        tool("pulumi"),
                        "every engine test"),
                new Row(
                        "Pulumi, the newest",
                        module("pulumi-newest", PULUMI),
                        tool("pulumi-newest"),
                        "`CI_FULL=1 .ci/run`"),
                new Row("Pulumi's Java SDK", pom("pulumi.version"), "`pom.xml`", "every test"),
                new Row(
                        "Java classes for Google Cloud and Kubernetes",
                        pom("pulumi.gcp.version") + ", " + pom("pulumi.kubernetes.version"),
                        "`pom.xml`",
                        "every test"),
                new Row(
                        "plugins `gcp` and `kubernetes`",
                        Plugin.GCP.version() + ", " + Plugin.KUBERNETES.version(),
                        "`pins.json`",
                        "stand-ins in their place"),
                new Row(
                        "plugin `kubernetes` that the tests run",
                        module("pulumi-kubernetes", "github.com/pulumi/pulumi-kubernetes/provider/v4"),
                        tool("pulumi-kubernetes"),
                        "`KubernetesHalfTest`"),
                new Row(
                        "chart `agent-stack-k8s`",
                        Images.publishedChart().tag().orElseThrow(),
                        "`pins.json`",
                        "its values, by `AgentStackValuesTest`"),
                new Row(
                        "Buildkite agent of that chart",
                        ImageReference.of(PinnedImage.AGENT.published()).tag().orElseThrow(),
                        "`pins.json`",
                        "`./fleet mirror`, which asks the chart"),
                new Row(
                        "Buildkite agent in the fleet's image",
                        one("images/agent/Dockerfile", "ARG AGENT_VERSION=(.+)"),
                        "`images/agent/Dockerfile`",
                        "its sources, for the hooks"),
                new Row(
                        "Buildkite agent that runs the hooks",
                        module("buildkite-agent", "github.com/buildkite/agent/v3"),
                        tool("buildkite-agent"),
                        "`HooksUnderAgentTest`"),
                new Row(
                        "Kubernetes API server and etcd",
                        module("kube-apiserver", "k8s.io/kubernetes") + ", "
                                + module("etcd", "go.etcd.io/etcd/server/v3"),
                        tool("kube-apiserver") + ", " + tool("etcd"),
                        "`ApiServerTest`"),
                new Row(
                        "its controllers and scheduler, on nodes of kwok",
                        module("kube-apiserver", "k8s.io/kubernetes") + ", " + module("kwok", "sigs.k8s.io/kwok"),
                        tool("kube-apiserver") + ", " + tool("kwok"),
                        "`KubernetesHalfTest`"),
                new Row(
                        "JDK",
                        launcher("OLDEST_JDK") + " to " + launcher("NEWEST_JDK"),
                        "`launcher/`, `pom.xml`",
                        "`./fleet test` with the oldest, most of it with the newest"),
                new Row(
                        "Maven",
                        "from " + one("pom.xml", "<requireMavenVersion>\\s*<version>\\[(.+),") + " on",
                        "`pom.xml`",
                        "`./fleet test`"));
    }

    private static String tool(String name) {
        return "`tools/" + name + "`";
    }

    private static String module(String tool, String path) throws IOException {
        return one("tools/" + tool + "/go.mod", "(?m)^(?:require)?\\s*" + Pattern.quote(path) + " v(\\S+)");
    }

    private static String pom(String property) throws IOException {
        return one("pom.xml", "<" + Pattern.quote(property) + ">(.+)</");
    }

    private static String launcher(String variable) throws IOException {
        try (var parts = Files.list(Path.of("launcher"))) {
            return one(Stream.concat(Stream.of(Path.of("fleet")), parts).toList(), "(?m)^" + variable + "=(\\S+)");
        }
    }

    private static String one(String file, String pattern) throws IOException {
        return one(List.of(Path.of(file)), pattern);
    }

    /** What the only match of a pattern holds. */
    private static String one(List<Path> files, String pattern) throws IOException {
        var text = new StringBuilder();
        for (var file : files) {
            text.append(Files.readString(file));
        }
        var found = Pattern.compile(pattern).matcher(text).results().toList();
        assertThat(found).as("matches of %s in %s", pattern, files).hasSize(1);
        return found.get(0).group(1);
    }
}
