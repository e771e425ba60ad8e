package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.buildkitefleet.cloud.Permission;
import io.buildkitefleet.fleet.identity.ProjectRoles;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who deploys a stack from pipelines, and what that may do. */
@ExtendWith(PreviewedStacks.Extension.class)
class DeployerPlanTest {
    private static final String UP = "serviceAccount:ci-deployer@acme-ci-full.iam.gserviceaccount.com";
    private static final String PREVIEW = "serviceAccount:ci-preview@acme-ci-full.iam.gserviceaccount.com";

    @Test
    void jobsOfOnePipelineOnOneQueueOfTheBranchDeploy(PreviewedStacks previews) {
        assertThat(condition(previews, "deployer-up-buildkite-provider"))
                .isEqualTo("assertion.organization_id == 'bb3125de-4dc9-44cf-ad18-65d2b71a5a34'"
                        + " && assertion.cluster_id == '0191f956-042f-7ec4-aa62-8e5eeae396d0' && assertion.queue_key == 'release'"
                        + " && assertion.pipeline_id in ['0190d2f6-5b4e-4b9c-8f0a-3c1d2e4f5a6b']"
                        + " && assertion.build_branch in ['main']");
    }

    @Test
    void jobsOfAnyBranchButAForksOnlyLook(PreviewedStacks previews) {
        assertThat(condition(previews, "deployer-preview-buildkite-provider"))
                .isEqualTo("assertion.organization_id == 'bb3125de-4dc9-44cf-ad18-65d2b71a5a34'"
                        + " && assertion.cluster_id == '0191f956-042f-7ec4-aa62-8e5eeae396d0' && assertion.queue_key == 'small'"
                        + " && assertion.pipeline_id in ['0190d2f6-77aa-4c1d-9e2b-1a2b3c4d5e6f']"
                        + " && !assertion.build_branch.contains(':')");
    }

    @Test
    void aWorkflowOfThePushedBranchInTheEnvironmentDeploys(PreviewedStacks previews) {
        assertThat(condition(previews, "deployer-up-github-provider"))
                .isEqualTo("assertion.repository_id == '1296269' && assertion.environment == 'fleet'"
                        + " && assertion.event_name == 'push' && assertion.ref == 'refs/heads/main'"
                        + " && assertion.repository_owner_id == '583231'");
    }

    @Test
    void aWorkflowOfAPullRequestOnlyLooks(PreviewedStacks previews) {
        assertThat(condition(previews, "deployer-preview-github-provider"))
                .isEqualTo("assertion.repository_id == '1296269' && assertion.base_ref == 'main'"
                        + " && assertion.event_name == 'pull_request' && assertion.repository_owner_id == '583231'");
    }

    @Test
    void whoLooksChangesNothingAndReadsNoSecret(PreviewedStacks previews) {
        assertThat(permissions(previews, "deployer-preview-role"))
                .contains("storage.buckets.get", "container.clusters.get")
                .doesNotContain("secretmanager.versions.access")
                .allMatch(permission ->
                        permission.matches(".*\\.(get|list|getIamPolicy|getAttestationRules|viewPublicKey)"));
        assertThat(roles(previews, PREVIEW))
                .containsExactlyInAnyOrder("projects/acme-ci-full/roles/ci_preview", ProjectRoles.CLUSTER_VIEWER);
    }

    @Test
    void whoDeploysCannotChangeWhatItMayDoNorWhoItIs(PreviewedStacks previews) {
        assertThat(permissions(previews, "deployer-up-role"))
                .contains("container.clusters.create", "secretmanager.versions.add", "iam.workloadIdentityPools.get")
                .noneMatch(Permission::isRaising);
        assertThat(roles(previews, UP))
                .containsExactlyInAnyOrder(
                        "projects/acme-ci-full/roles/ci_up",
                        "projects/acme-ci-full/roles/ci_grants",
                        ProjectRoles.CLUSTER_ADMIN);
    }

    @Test
    void itGrantsNoRolesOnTheProjectButThoseOfNodes(PreviewedStacks previews) {
        var use = find(previews, "deployer-up-grants-use");

        assertThat(permissions(previews, "deployer-up-grants"))
                .containsExactly("resourcemanager.projects.getIamPolicy", "resourcemanager.projects.setIamPolicy");
        assertThat(Inputs.text(use, "condition", "expression"))
                .isEqualTo("api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(["
                        + "'roles/container.defaultNodeServiceAccount', 'roles/serviceusage.serviceUsageConsumer'])");
    }

    /** Those on other projects are for their owners to take care of. */
    @Test
    void whatElseTheFleetGrantsOnItsProjectIsAmongThose(PreviewedStacks previews) {
        assertThat(previews.full().plan().ofType(GoogleType.PROJECT_MEMBER.token()))
                .filteredOn(grant -> Inputs.text(grant, "project").equals("acme-ci-full"))
                .filteredOn(grant -> !grant.name().startsWith("deployer-"))
                .isNotEmpty()
                .extracting(grant -> Inputs.text(grant, "role"))
                .allMatch(ProjectRoles.GRANTED::contains);
    }

    /** The pool's name has the project's number in it, so a preview does not know who that is. */
    @Test
    void onlyThoseOfItsOwnPoolActAsIt(PreviewedStacks previews) {
        assertThat(previews.full().plan().ofType(GoogleType.ACCOUNT_MEMBER.token()))
                .filteredOn(grant -> grant.name().startsWith("deployer-"))
                .extracting(Registration::name, grant -> grant.propertyDependencies().get("member").stream()
                        .map(urn -> urn.replaceFirst(".*::", ""))
                        .toList())
                .containsExactlyInAnyOrder(
                        tuple("deployer-preview-identity-buildkite", List.of("deployer-preview-tokens-pool")),
                        tuple("deployer-preview-identity-github", List.of("deployer-preview-tokens-pool")),
                        tuple("deployer-up-identity-buildkite", List.of("deployer-up-tokens-pool")),
                        tuple("deployer-up-identity-github", List.of("deployer-up-tokens-pool")));
    }

    /** What has the project's number in it is known after the update. */
    @Test
    void pipelinesAreToldWhoItIs(PreviewedStacks previews) {
        var outputs = previews.full().plan().stackOutputs().getAsJsonObject("deployers");
        assertThat(outputs.keySet()).containsExactly("preview", "up");
        assertThat(outputs.getAsJsonObject("up").keySet())
                .containsExactlyInAnyOrder("serviceAccount", "buildkite", "github");
        assertThat(outputs.getAsJsonObject("up").get("serviceAccount").getAsString())
                .isEqualTo("ci-deployer@acme-ci-full.iam.gserviceaccount.com");
    }

    @Test
    void withoutADeployerThereIsNone(PreviewedStacks previews) {
        assertThat(previews.dev().plan().registrations())
                .extracting(Registration::name)
                .noneMatch(name -> name.startsWith("deployer"));
    }

    private static String condition(PreviewedStacks previews, String provider) {
        return Inputs.text(find(previews, provider), "attributeCondition");
    }

    private static List<String> permissions(PreviewedStacks previews, String role) {
        return Inputs.at(find(previews, role).inputs(), "permissions").orElseThrow().getAsJsonArray().asList().stream()
                .map(permission -> permission.getAsString())
                .toList();
    }

    private static List<String> roles(PreviewedStacks previews, String member) {
        return previews.full().plan().ofType(GoogleType.PROJECT_MEMBER.token()).stream()
                .filter(grant -> Inputs.text(grant, "member").equals(member))
                .map(grant -> Inputs.text(grant, "role"))
                .toList();
    }

    private static Registration find(PreviewedStacks previews, String name) {
        return previews.full().plan().registrations().stream()
                .filter(resource -> resource.name().equals(name) && resource.custom())
                .findFirst()
                .orElseThrow();
    }
}
