package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a new stack needs, in the words of the page that has more of each step. */
class FirstStepsTest {
    private static final Path PAGE = Path.of("docs", "first-deploy.md");

    private static FirstSteps steps() {
        var stack = Project.read(Path.of("")).stack("dev");
        return new FirstSteps(stack, Previews.fleetOf(stack), Optional.empty());
    }

    @Test
    void eachCommandIsOnThePageInTheSameOrder() throws IOException {
        var page = Files.readString(PAGE).replaceAll("\\\\\n\\s*", "").replaceAll(" +", " ");
        var commands = steps().groups().stream()
                .flatMap(group -> group.lines().stream())
                .filter(line -> line.matches("(?:gcloud|pulumi) .*"))
                .toList();
        assertThat(commands).hasSize(13);
        var place = 0;
        for (var command : commands) {
            var written = Pattern.compile(onThePage(command)).matcher(page);
            assertThat(written.find(place)).as(command).isTrue();
            place = written.end();
        }
    }

    /** The names of the stack are capital words there, as is what a person chooses. */
    private static String onThePage(String command) {
        return Pattern.quote(command)
                .replaceAll("gcpkms:[^ ]*fleet-state", "PROVIDER")
                .replace("acme-ci-dev", "PROJECT")
                .replace("us-west1", "LOCATION")
                .replace("--stack dev", "--stack ci")
                .replace("init dev", "init ci")
                .replace("buildkite-fleet:", "\\E(?:buildkite-fleet:)?\\Q")
                .replaceAll("gs://BUCKET", "\\\\E(?:gs://BUCKET|BACKEND)\\\\Q");
    }

    @Test
    void whatTheStackSaysIsFilledIn() {
        var lines = steps().groups().stream()
                .flatMap(group -> group.lines().stream())
                .toList();
        assertThat(lines)
                .contains(
                        "gcloud auth application-default set-quota-project acme-ci-dev",
                        "gcloud storage buckets update gs://BUCKET --versioning",
                        "gcloud kms keyrings create fleet-state --location us-west1 --project acme-ci-dev",
                        "pulumi stack init dev --secrets-provider gcpkms://projects/acme-ci-dev/locations/us-west1/"
                                + "keyRings/fleet-state/cryptoKeys/fleet-state")
                .noneMatch(line -> line.matches(".*\\b(?:PROJECT|LOCATION|KEY|RING)\\b.*"));
    }

    @Test
    void doctorLooksAtAllOfThem() {
        assertThat(steps().look()).isEqualTo("./fleet doctor dev");
    }
}
