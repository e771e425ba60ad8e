package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.engine.google.GoogleFault;
import io.buildkitefleet.engine.google.GoogleFault.Left;
import io.buildkitefleet.engine.provider.CloudResource;
import io.buildkitefleet.engine.provider.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Google fails: Pulumi says why, docs/failed-updates.md knows what to do, and the next up heals. */
class FaultTest extends RealEngineTest {
    private static final String CLUSTER = "gcp:container/cluster:Cluster";
    private static final String POOL = "gcp:container/nodePool:NodePool";

    @ParameterizedTest
    @EnumSource(names = "CLUSTER_IN_ERROR", mode = Mode.EXCLUDE)
    void theNextUpHeals(GoogleFault fault) throws Exception {
        var project = project("dev");
        project.cloud().begin(fault);
        var failed = project.up();

        thePageKnows(failed);
        project.cloud().heal();
        project.cloud().forgetCalls();
        project.up().succeeded();
        assertThat(project.cloud().changes()).noneMatch(change -> change.startsWith("Delete "));
        if (fault.left() == Left.AS_ASKED) {
            project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
                    .succeeded();
        }
        assertThat(project.cloud().resources())
                .extracting(resource -> resource.type() + " " + resource.name())
                .doesNotHaveDuplicates()
                .contains("kubernetes:helm.sh/v3:Release queue-big-release");
    }

    @Test
    void aProtectedClusterInErrorIsNotMendedByUpButByDeletingItByHand() throws Exception {
        var project = project("prod");
        project.cloud().begin(GoogleFault.CLUSTER_IN_ERROR);
        thePageKnows(project.up());
        assertThat(project.protectedUrns()).anyMatch(urn -> urn.endsWith("::cluster-gke"));

        project.cloud().heal();
        thePageKnows(project.up());

        project.cloud().lose(cluster(project));
        project.pulumi("refresh", "--yes", "--skip-preview").succeeded();
        project.up().succeeded();
        assertThat(cluster(project).outputs().getFieldsMap()).containsKey("endpoint");
    }

    @Test
    void whatSomebodyChangedByHandOnANodePoolIsFoundAndChangedBack() throws Exception {
        var project = project("dev");
        project.up().succeeded();
        var pool = project.cloud().find(POOL, "pool-light-nodes").orElseThrow();
        var asked = pool.outputs().getFieldsOrThrow("autoscaling");
        project.cloud().change(pool, "autoscaling", Values.with(asked, "totalMaxNodeCount", Values.of(40)));
        project.pulumi("refresh", "--yes", "--skip-preview").succeeded();
        project.cloud().forgetCalls();

        project.up().succeeded();
        assertThat(project.cloud().changes()).containsExactly("Update pool-light-nodes");
        assertThat(project.cloud()
                        .find(POOL, "pool-light-nodes")
                        .orElseThrow()
                        .outputs()
                        .getFieldsOrThrow("autoscaling"))
                .isEqualTo(asked);
    }

    /** The update failed, and one row says what of. */
    private static void thePageKnows(PulumiCli.Run failed) throws Exception {
        assertThat(failed.exitCode()).as(failed.toString()).isNotZero();
        assertThat(rowsThatCover(failed.out() + failed.err()))
                .as("rows of docs/failed-updates.md for this:\n%s", failed)
                .hasSize(1);
    }

    private static CloudResource cluster(EngineProject project) {
        return project.cloud().find(CLUSTER, "cluster-gke").orElseThrow();
    }

    /** The texts of the page's first column that occur in what Pulumi said. */
    private static List<String> rowsThatCover(String said) throws Exception {
        var oneLine = said.replaceAll("\\s+", " ");
        return Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                .matcher(Files.readString(Path.of("docs", "failed-updates.md")))
                .results()
                .map(row -> row.group(1))
                .filter(text -> form(text).matcher(oneLine).find())
                .toList();
    }

    private static Pattern form(String text) {
        return Pattern.compile(Stream.of(text.split("…"))
                .map(Pattern::quote)
                .reduce((one, other) -> one + ".*?" + other)
                .orElseThrow());
    }
}
