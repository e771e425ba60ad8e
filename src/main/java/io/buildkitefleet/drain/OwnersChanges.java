package io.buildkitefleet.drain;

import io.buildkitefleet.cloud.Permission;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Urn;
import io.buildkitefleet.text.Listing;
import java.util.List;
import java.util.Optional;

/**
 * What of an update says who may do what. Google refuses it to the stack's own deployers, half-way, with the rest of
 * the update done.
 */
final class OwnersChanges {
    /** Names of what a deployer is made of begin so. */
    private static final String DEPLOYER = "deployer-";

    private OwnersChanges() {}

    /**
     * Why an update is not for whom it acts as.
     *
     * @param account the service account that it acts as; one that is none of the stack's deployers may do all
     */
    static Optional<String> refusal(List<PreviewStep> steps, Optional<String> account) {
        if (account.filter(acting -> isDeployer(steps, acting)).isEmpty()) {
            return Optional.empty();
        }
        var changed = steps.stream()
                .filter(step -> step.isChange() && Urn.isOne(step.urn()) && isForOwners(step.urn()))
                .map(step -> Urn.name(step.urn()))
                .distinct()
                .toList();
        return Optional.of(changed)
                .filter(some -> !some.isEmpty())
                .map(names -> "this update changes who may do what: "
                        + names.stream().collect(Listing.joining()) + "; " + account.get()
                        + " deploys the stack and may not change that, so an owner of the project has to run it");
    }

    private static boolean isDeployer(List<PreviewStep> steps, String account) {
        return steps.stream()
                .filter(step -> step.type().equals(Registration.STACK_TYPE))
                .anyMatch(step -> step.output("deployers", "up", "serviceAccount")
                                .equals(account)
                        || step.output("deployers", "preview", "serviceAccount").equals(account));
    }

    private static boolean isForOwners(String urn) {
        var type = Urn.type(urn);
        return Permission.isForOwners(type)
                || type.startsWith("gcp:") && Urn.name(urn).startsWith(DEPLOYER);
    }
}
