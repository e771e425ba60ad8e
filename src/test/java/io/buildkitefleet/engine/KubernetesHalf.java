package io.buildkitefleet.engine;

import io.buildkitefleet.apiserver.KubernetesCluster;
import io.buildkitefleet.engine.provider.ClusterAddress;
import io.buildkitefleet.engine.provider.StandInProviders;
import io.buildkitefleet.fleet.images.Images;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stack whose Kubernetes half is real: the plugin that makes its objects, and the cluster that they are in. Google is
 * a stand-in, which tells of that cluster as of its own.
 */
public final class KubernetesHalf implements AutoCloseable {
    private static final Path PLUGIN = Path.of(".tools", "pulumi-kubernetes").toAbsolutePath();
    private static final Path CHARTS = Path.of("src", "test", "resources", "charts");

    private final Path directory;
    private final StandInProviders google;
    private final EngineProject project;
    private final List<KubernetesCluster> clusters = new ArrayList<>();

    /**
     * Makes the project and its cluster in an empty directory.
     *
     * @param stack has the configuration of the project's own stack of this name, or of the tests' stack {@code full}
     */
    public KubernetesHalf(Path directory, String stack) throws Exception {
        if (!Files.isExecutable(PLUGIN.resolve("pulumi-resource-kubernetes"))) {
            throw new IllegalStateException("these tests need Pulumi's plugin for Kubernetes in " + PLUGIN
                    + ", which is not there: run tools/install pulumi-kubernetes");
        }
        this.directory = directory;
        google = StandInProviders.startGoogle(this::address);
        project = new EngineProject(Files.createDirectory(directory.resolve("project")), stack, google);
        project.addToPath(PLUGIN);
        copyChart();
        startCluster();
        project.program("gke-gcloud-auth-plugin", cluster().loginScript());
    }

    public EngineProject project() {
        return project;
    }

    /** The cluster that Google has. */
    public KubernetesCluster cluster() {
        return clusters.get(clusters.size() - 1);
    }

    /** Starts a cluster, empty but for its nodes, which from now on is the one that Google has. */
    KubernetesCluster startCluster() throws Exception {
        var place = directory.resolve("cluster-" + clusters.size());
        clusters.add(new KubernetesCluster(place, preview().plan()));
        return cluster();
    }

    /** What the stack is to be, by its configuration as it is now. */
    public StackPreview preview() {
        return new Previews(project.asOfflineProject(), PreviewedStacks.ENGINE).of(project.stack());
    }

    /** The objects that the stack is to have. */
    public StackObjects objects() {
        return StackObjects.of(preview().plan());
    }

    @Override
    public void close() {
        project.stop();
        google.close();
        clusters.forEach(KubernetesCluster::close);
    }

    private ClusterAddress address() {
        try {
            return new ClusterAddress(cluster().endpoint(), cluster().authority());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Helm takes a file that has the name of a chart before it asks a registry, and a reference is a path, too. */
    private void copyChart() throws IOException {
        var source = CHARTS.resolve(Images.CHART);
        var target = project.file(new Images(Optional.empty(), "none").chart());
        try (var files = Files.walk(source)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = target.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
