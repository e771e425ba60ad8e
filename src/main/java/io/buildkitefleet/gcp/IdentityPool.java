package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.iam.WorkloadIdentityPool;
import com.pulumi.gcp.iam.WorkloadIdentityPoolArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.JobTokens;
import java.util.Map;

/**
 * The pool of identities of jobs outside the cluster: who a job is there, a {@link TokenProvider} says, one for each
 * queue. Google keeps the id of a deleted pool for 30 days:
 * https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools/delete
 */
public final class IdentityPool extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:IdentityPool";

    /**
     * What a pool is made of.
     *
     * @param id 4 to 32 characters
     */
    public record Args(Output<String> project, String id) {}

    private final WorkloadIdentityPool pool;

    public IdentityPool(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        pool = new WorkloadIdentityPool(
                name + "-pool",
                WorkloadIdentityPoolArgs.builder()
                        .project(args.project())
                        .workloadIdentityPoolId(args.id())
                        .displayName("Buildkite jobs")
                        .description("Jobs of agents outside the cluster, by their Buildkite tokens")
                        .build(),
                child().build());
        registerOutputs(Map.of("id", id()));
    }

    Output<String> id() {
        return pool.workloadIdentityPoolId();
    }

    /**
     * The jobs of a queue as IAM policies name them, with the number of the project, which Google tells with the pool:
     * https://github.com/hashicorp/terraform-provider-google-beta/blob/main/google-beta/services/iambeta/resource_iam_workload_identity_pool_provider.go
     */
    Output<String> membersOf(String queue) {
        return Output.format(
                "principalSet://iam.googleapis.com/%s/attribute.%s/%s", pool.name(), JobTokens.QUEUE, queue);
    }
}
