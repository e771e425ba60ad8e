package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.artifactregistry.Repository;
import com.pulumi.gcp.artifactregistry.RepositoryArgs;
import com.pulumi.gcp.artifactregistry.RepositoryIamMember;
import com.pulumi.gcp.artifactregistry.RepositoryIamMemberArgs;
import com.pulumi.gcp.artifactregistry.inputs.RepositoryCleanupPolicyArgs;
import com.pulumi.gcp.artifactregistry.inputs.RepositoryCleanupPolicyConditionArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import java.util.Map;

/** The one repository of container images that jobs push to, where their queue can build them, and that nodes pull. */
public final class ImageRegistry extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:ImageRegistry";

    /** 14 days: an image without a tag is what a moved tag left behind, and an older cache is not worth its bytes. */
    private static final String KEPT = "1209600s";

    /**
     * What an image registry is made of.
     *
     * @param id the repository's id, unique in the region
     * @param cachePrefix what the names of layer caches begin with, which are deleted when they are old
     * @param key the id of the KMS key that encrypts the images
     * @param nodes the IAM member of the nodes, which pull
     * @param writers queue to the IAM member of its jobs, which push
     */
    public record Args(
            Output<String> project,
            String id,
            String cachePrefix,
            Output<String> key,
            Output<String> nodes,
            Map<String, Output<String>> writers,
            CommonArgs common) {}

    private final Repository repository;

    public ImageRegistry(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        repository = new Repository(
                name + "-repository",
                RepositoryArgs.builder()
                        .project(args.project())
                        .location(args.common().region())
                        .repositoryId(args.id())
                        .format("DOCKER")
                        .kmsKeyName(args.key())
                        .labels(args.common().labels())
                        .cleanupPolicies(
                                delete(
                                        "delete-untagged",
                                        RepositoryCleanupPolicyConditionArgs.builder()
                                                .tagState("UNTAGGED")),
                                delete(
                                        "delete-old-caches",
                                        RepositoryCleanupPolicyConditionArgs.builder()
                                                .tagState("ANY")
                                                .packageNamePrefixes(args.cachePrefix())))
                        .build(),
                child().protect(args.common().protect()).build());
        grant(name + "-nodes", "roles/artifactregistry.reader", args.nodes());
        args.writers().forEach((queue, member) -> grant(name + "-" + queue, "roles/artifactregistry.writer", member));
        registerOutputs(Map.of("address", address()));
    }

    /** What image names begin with: {@code us-west1-docker.pkg.dev/project/repository}. */
    public Output<String> address() {
        return Output.format(
                "%s-docker.pkg.dev/%s/%s", repository.location(), repository.project(), repository.repositoryId());
    }

    private static RepositoryCleanupPolicyArgs delete(
            String id, RepositoryCleanupPolicyConditionArgs.Builder condition) {
        return RepositoryCleanupPolicyArgs.builder()
                .id(id)
                .action("DELETE")
                .condition(condition.olderThan(KEPT).build())
                .build();
    }

    private void grant(String grantName, String role, Output<String> member) {
        new RepositoryIamMember(
                grantName,
                RepositoryIamMemberArgs.builder()
                        .project(repository.project())
                        .location(repository.location())
                        .repository(repository.repositoryId())
                        .role(role)
                        .member(member)
                        .build(),
                child().build());
    }
}
