package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who the mac outside the cluster is in Google Cloud, and what that opens. */
@ExtendWith(PreviewedStacks.Extension.class)
class MacPlanTest {
    @Test
    void itsJobsTokensAreTakenFromTheOrganizationsPipelinesOnItsQueue(PreviewedStacks previews) {
        var full = previews.full();
        var provider = only(full, GoogleType.TOKEN_PROVIDER);
        assertThat(Inputs.text(provider, "attributeCondition"))
                .isEqualTo("assertion.organization_id == 'bb3125de-4dc9-44cf-ad18-65d2b71a5a34'"
                        + " && assertion.queue_key == 'macos'"
                        + " && (assertion.pipeline_slug in ['app']"
                        + " || assertion.pipeline_id in ['0184990a-4782-42b5-afc1-16715b10b8ff'])"
                        + " && assertion.build_branch in ['main', 'release/2.x']");
        assertThat(Inputs.at(provider.inputs(), "attributeMapping"))
                .map(Object::toString)
                .hasValue("{\"attribute.queue\":\"assertion.queue_key\",\"google.subject\":\"assertion.job_id\"}");
        assertThat(Inputs.at(provider.inputs(), "oidc"))
                .as("with no audience but the provider's own name")
                .map(Object::toString)
                .hasValue("{\"issuerUri\":\"https://agent.buildkite.com\"}");
        assertThat(Inputs.text(provider, "workloadIdentityPoolId"))
                .isEqualTo(Inputs.text(only(full, GoogleType.IDENTITY_POOL), "workloadIdentityPoolId"))
                .isEqualTo("agents-ci");
        assertThat(provider.dependencies()).anyMatch(urn -> urn.endsWith("::services-sts"));
    }

    /** The pool's name has the project's number in it, so a preview does not know who that is. */
    @Test
    void onlyJobsThatThePoolKnowsActAsIt(PreviewedStacks previews) {
        var full = previews.full();
        var pool = only(full, GoogleType.IDENTITY_POOL);
        var account = full.plan()
                .find(GoogleType.ACCOUNT.token(), "mac-identity-account")
                .orElseThrow();
        assertThat(full.plan().ofType(GoogleType.ACCOUNT_MEMBER.token()))
                .filteredOn(grant ->
                        grant.propertyDependencies().get("serviceAccountId").contains(account.urn()))
                .singleElement()
                .satisfies(grant -> {
                    assertThat(Inputs.text(grant, "role")).isEqualTo("roles/iam.workloadIdentityUser");
                    assertThat(grant.propertyDependencies().get("member")).containsExactly(pool.urn());
                });
    }

    @Test
    void allThatItOpensIsTheArtifacts(PreviewedStacks previews) {
        assertThat(grantsTo(previews.full(), "serviceAccount:ci-macos@acme-ci-full.iam.gserviceaccount.com"))
                .containsExactlyInAnyOrder(
                        "artifacts-macos-read roles/storage.objectViewer",
                        "artifacts-macos-write roles/storage.objectCreator");
    }

    @Test
    void itsOwnersReadTheAgentTokenAndTheCheckoutKeyAndNothingElse(PreviewedStacks previews) {
        for (var owner : List.of("user:jane@example.com", "group:mac-owners@example.com")) {
            var named = owner.replaceAll("[:@.]", "-");
            assertThat(grantsTo(previews.full(), owner))
                    .containsExactlyInAnyOrder(
                            "secrets-ci-agent-token-mac-" + named + " roles/secretmanager.secretAccessor",
                            "secrets-ci-deploy-key-mac-" + named + " roles/secretmanager.secretAccessor");
        }
    }

    @Test
    void withoutAMacNobodyOutsideIsAnybody(PreviewedStacks previews) {
        assertThat(Stream.of(GoogleType.IDENTITY_POOL, GoogleType.TOKEN_PROVIDER)
                        .flatMap(type -> previews.dev().plan().ofType(type.token()).stream()))
                .isEmpty();
    }

    private static List<String> grantsTo(StackPreview stack, String member) {
        return stack.plan().registrations().stream()
                .filter(grant -> grant.type().startsWith("gcp:")
                        && Inputs.text(grant, "member").equals(member))
                .map(grant -> grant.name() + " " + Inputs.text(grant, "role"))
                .toList();
    }

    private static Registration only(StackPreview stack, GoogleType type) {
        var ofMac = stack.plan().ofType(type.token()).stream()
                .filter(resource -> !resource.name().startsWith("deployer-"))
                .toList();
        assertThat(ofMac).hasSize(1);
        return ofMac.get(0);
    }
}
