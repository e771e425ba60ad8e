package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.projects.IAMMember;
import com.pulumi.gcp.projects.IAMMemberArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import java.util.Map;
import java.util.Set;

/**
 * That a queue's jobs may look up where the clusters of other projects are. What they may do there, each of those
 * clusters says itself, by RBAC. Of the roles that Google has, this is the least with {@code container.clusters.get};
 * it can be granted on a project only.
 *
 * @see <a href="https://cloud.google.com/iam/docs/roles-permissions/container">Roles of Kubernetes Engine</a>
 */
public final class ClusterAccess extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:ClusterAccess";

    private static final String ROLE = "roles/container.clusterViewer";

    /** @param projects the ids of the projects whose clusters the member may look up */
    public ClusterAccess(String name, Set<String> projects, Output<String> member, ComponentResourceOptions options) {
        super(TYPE, name, options);
        for (var project : projects) {
            new IAMMember(
                    name + "-" + project,
                    IAMMemberArgs.builder()
                            .project(project)
                            .role(ROLE)
                            .member(member)
                            .build(),
                    child().build());
        }
        registerOutputs(Map.of());
    }
}
