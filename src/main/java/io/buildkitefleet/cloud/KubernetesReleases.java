package io.buildkitefleet.cloud;

import com.google.gson.JsonObject;
import io.buildkitefleet.config.value.ReleaseChannel;
import io.buildkitefleet.config.value.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The minor versions of Kubernetes 1 that GKE's channels had on one day; they move on every few months. */
public final class KubernetesReleases {
    private static final FactFile FILE = FactFile.of("/cloud/kubernetes.json");

    private KubernetesReleases() {}

    /**
     * What a channel has.
     *
     * @param ofNewClusters that of a cluster which names none
     */
    public record Minors(int ofNewClusters, int oldest, int newest) {
        public boolean have(int minor) {
            return minor >= oldest && minor <= newest;
        }
    }

    public static Minors of(ReleaseChannel channel) {
        var name = Spelling.of(channel);
        JsonObject row =
                Objects.requireNonNull(FILE.json().getAsJsonObject("channels").getAsJsonObject(name), name);
        return new Minors(
                row.get("new").getAsInt(),
                row.get("oldest").getAsInt(),
                row.get("newest").getAsInt());
    }

    /** The channels that have a minor version. */
    public static List<ReleaseChannel> with(int minor) {
        return Arrays.stream(ReleaseChannel.values())
                .filter(channel -> of(channel).have(minor))
                .toList();
    }

    /** The minor version of {@code 1.36} or of {@code 1.36.4-gke.1082000}. */
    public static int minorOf(String version) {
        return Integer.parseInt(version.split("\\.", 3)[1]);
    }

    /** For a message: how old the list is, and where there is a newer one. */
    public static String asOf() {
        return FILE.asOf();
    }
}
