package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Notations;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.config.value.ProjectId;
import java.util.Optional;

/**
 * A GKE cluster elsewhere that the jobs of a queue deploy to.
 *
 * @param project the project of the cluster
 * @param location its region or zone
 * @param controlPlane the range of its control plane, where that has only a private address
 */
public record TargetCluster(String project, String location, String name, Optional<Cidr> controlPlane) {
    static TargetCluster read(Section in) {
        return new TargetCluster(
                in.field("project", "Project of a GKE cluster elsewhere that jobs deploy to")
                        .text(ProjectId.NOTATION, "the id of a project")
                        .required(),
                in.field("location", "Its region or zone")
                        .text(Notations.CLUSTER_LOCATION, "a region or a zone, such as us-west1 or us-west1-a")
                        .required(),
                in.field("name", "Its name")
                        .text(Forms.LABEL, Forms.LABEL_WORDS)
                        .required(),
                in.field("controlPlane", "Addresses of its control plane, where they are private")
                        .parsed("a range such as 172.16.0.0/28", new Cidr(0, 32), Cidr.NOTATION)
                        .optional("public"));
    }

    /** {@code project/location/name}, as jobs are told of it. */
    public String path() {
        return project + "/" + location + "/" + name;
    }
}
