package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.artifactregistry.RepositoryIamMember;
import com.pulumi.gcp.artifactregistry.RepositoryIamMemberArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.config.value.ArtifactRepository;
import java.util.Map;

/**
 * Lets nodes read the repository that the fleet's images are copied to; it is there already, in whichever project. The
 * nodes of untrusted jobs read it too, because the agent beside such a job comes from there.
 */
public final class RegistryMirrorAccess extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:RegistryMirrorAccess";

    /**
     * Who reads it.
     *
     * @param project the repository's project, once its own Artifact Registry is on
     * @param readers the IAM members of nodes, by what their grants are called
     */
    public record Args(Output<String> project, ArtifactRepository repository, Map<String, Output<String>> readers) {
        public Args {
            readers = Map.copyOf(readers);
        }
    }

    public RegistryMirrorAccess(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        args.readers()
                .forEach((nodes, member) -> new RepositoryIamMember(
                        name + "-" + nodes,
                        RepositoryIamMemberArgs.builder()
                                .project(args.project())
                                .location(args.repository().location())
                                .repository(args.repository().id())
                                .role("roles/artifactregistry.reader")
                                .member(member)
                                .build(),
                        child().build()));
        registerOutputs(Map.of());
    }
}
