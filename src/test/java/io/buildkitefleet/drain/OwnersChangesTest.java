package io.buildkitefleet.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which updates are not for a deployer: Google would refuse them half-way. */
class OwnersChangesTest {
    private static final String UP = "bk-dev-deployer@acme-ci-dev.iam.gserviceaccount.com";

    private final PreviewedSteps steps = new PreviewedSteps();

    @ParameterizedTest
    @CsvSource({
        "create, iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider, mac-tokens-provider",
        "update, iam/workloadIdentityPool:WorkloadIdentityPool, agents-pool",
        "update, projects/iAMCustomRole:IAMCustomRole, own-role",
        "delete, projects/iAMMember:IAMMember, deployer-up-grants-use",
        "replace, serviceaccount/iAMMember:IAMMember, deployer-up-identity-github"
    })
    void whoMayDoWhatIsForAnOwnerToChange(String operation, String type, String name) {
        steps.google(operation, type, name);

        assertThat(OwnersChanges.refusal(steps.all(), Optional.of(UP))).hasValueSatisfying(reason -> assertThat(reason)
                .contains("changes who may do what: " + name, UP, "an owner of the project has to run it"));
    }

    @ParameterizedTest
    @CsvSource({
        "update, storage/bucket:Bucket, artifacts-bucket",
        "create, projects/iAMMember:IAMMember, untrusted-nodes-role",
        "same, projects/iAMCustomRole:IAMCustomRole, deployer-up-role"
    })
    void allElseIsForTheDeployer(String operation, String type, String name) {
        steps.google(operation, type, name);

        assertThat(OwnersChanges.refusal(steps.all(), Optional.of(UP))).isEmpty();
    }

    @Test
    void somebodyElseMayChangeAll() {
        steps.google("update", "projects/iAMCustomRole:IAMCustomRole", "deployer-up-role");

        assertThat(OwnersChanges.refusal(steps.all(), Optional.empty())).isEmpty();
        assertThat(OwnersChanges.refusal(steps.all(), Optional.of("owner@acme-ci-dev.iam.gserviceaccount.com")))
                .isEmpty();
    }
}
