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
        assertThat(commands).hasSize(9);
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
                .replace("acme-ci-dev", "PROJECT")
                .replace("--stack dev", "--stack ci")
                .replace("init dev", "init ci")
                .replace("buildkite-fleet:", "\\E(?:buildkite-fleet:)?\\Q")
                .replaceAll("gs://BUCKET", "\\\\E(?:gs://BUCKET|BACKEND)\\\\Q")
                .replaceAll("gcpkms:[^ ]*KEY", "\\\\EPROVIDER\\\\Q");
    }

    @Test
    void doctorLooksAtAllOfThem() {
        assertThat(steps().look()).isEqualTo("./fleet doctor dev");
    }
}
