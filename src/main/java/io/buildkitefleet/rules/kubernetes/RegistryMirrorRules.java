package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.config.value.RegistryMirror;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What holds in a stack whose chart comes from a registry that holds copies of what others publish. */
public final class RegistryMirrorRules {
    private RegistryMirrorRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named("image-mirror", MEDIUM, "With a registry mirror, every image comes from there")
                .why("the fleet stops with the one registry that was forgotten")
                .mend(
                        "take the name of the image from fleet.images.Images, and fill the mirror with ./fleet mirror STACK --run")
                .check(RegistryMirrorRules::everyImage));
    }

    private static Outcome everyImage(PlannedStack stack) {
        return of(stack)
                .map(mirror -> Check.each(JobRules::withImages, subject -> elsewhere(mirror, subject))
                        .of(stack))
                .orElseGet(() -> new Outcome.NotApplicable("the fleet has no registryMirror"));
    }

    /** Whether it has an image from elsewhere than the mirror. */
    static boolean isSpokenOf(PlannedStack stack, Subject subject) {
        return of(stack).flatMap(mirror -> elsewhere(mirror, subject)).isPresent();
    }

    /** The registry that the chart of some release is copied to. */
    private static Optional<RegistryMirror> of(PlannedStack stack) {
        return Releases.of(stack).stream()
                .flatMap(release -> release.mirror().stream())
                .findFirst();
    }

    private static Optional<String> elsewhere(RegistryMirror mirror, Subject subject) {
        return missing(mirror, subject).or(() -> JobRules.images(subject)
                .filter(image -> !mirror.holds(image) && !RegistryMirror.isGoogles(image))
                .findFirst()
                .map(image -> "runs " + image + ", which is not of " + mirror.address()));
    }

    /** What the chart itself says where its values do not. */
    private static Optional<String> missing(RegistryMirror mirror, Subject subject) {
        if (!subject.resource().type().equals(KubernetesType.RELEASE.token())) {
            return Optional.empty();
        }
        var release = new Release(subject);
        return Stream.of(
                        flawIf(
                                release.mirror().filter(mirror::equals).isEmpty(),
                                "its chart is not of " + mirror.address()),
                        flawIf(
                                !subject.at("values.image").exists(),
                                "takes the controller from where its chart says: values.image is not set"),
                        flawIf(
                                !release.config().key("image").exists(),
                                "takes the agent from where its chart says: config.image is not set"))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether a grant lets somebody read the mirror and nothing else; what others publish is no secret. */
    static boolean isReadingTheMirror(PlannedStack stack, Subject grant) {
        return grant.resource().type().equals(GoogleType.REPOSITORY_MEMBER.token())
                && grant.at("role").is("roles/artifactregistry.reader")
                && of(stack)
                        .flatMap(RegistryMirror::repository)
                        .filter(repository -> grant.at("location").is(repository.location())
                                && grant.at("project").is(repository.project())
                                && grant.at("repository").is(repository.id()))
                        .isPresent();
    }
}
