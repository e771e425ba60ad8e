package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.iam.WorkloadIdentityPool;
import com.pulumi.gcp.iam.WorkloadIdentityPoolArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.identity.FederatedTokens;
import java.util.Map;

/**
 * A pool of identities of jobs outside of Google Cloud: who a job is there, a {@link TokenProvider} says, one for each
 * kind of tokens. Google keeps the id of a deleted pool for 30 days:
 * https://docs.cloud.google.com/iam/docs/reference/rest/v1/projects.locations.workloadIdentityPools/delete
 */
public final class IdentityPool extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:IdentityPool";

    /**
     * What a pool is made of.
     *
     * @param id 4 to 32 characters
     * @param title at most 32 characters
     * @param description whose identities they are
     */
    public record Args(Output<String> project, String id, String title, String description) {}

    private final WorkloadIdentityPool pool;

    public IdentityPool(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        pool = new WorkloadIdentityPool(
                name + "-pool",
                WorkloadIdentityPoolArgs.builder()
                        .project(args.project())
                        .workloadIdentityPoolId(args.id())
                        .displayName(args.title())
                        .description(args.description())
                        .build(),
                child().build());
        registerOutputs(Map.of("id", id()));
    }

    Output<String> id() {
        return pool.workloadIdentityPoolId();
    }

    /**
     * Those with these tokens as IAM policies name them, with the number of the project, which Google tells with the
     * pool:
     * https://github.com/hashicorp/terraform-provider-google-beta/blob/main/google-beta/services/iambeta/resource_iam_workload_identity_pool_provider.go
     */
    Output<String> membersOf(FederatedTokens tokens) {
        var identity = tokens.identity();
        return Output.format(
                "principalSet://iam.googleapis.com/%s/attribute.%s/%s",
                pool.name(), identity.getKey(), identity.getValue());
    }
}
