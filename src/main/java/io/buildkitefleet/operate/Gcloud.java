package io.buildkitefleet.operate;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Google's command line. It asks nothing back and turns nothing on, and who did not get an answer in time does not wait
 * for the next one.
 *
 * @see <a href="https://cloud.google.com/sdk/gcloud/reference/config/set">gcloud's properties, each of which is a
 *     variable as well</a>
 */
final class Gcloud {
    static final String NAME = "gcloud";
    static final String INSTALL = "https://cloud.google.com/sdk/docs/install";

    private final Machine machine;
    private Optional<Duration> late = Optional.empty();

    Gcloud(Machine machine) {
        this.machine = machine;
    }

    boolean isInstalled() {
        return machine.find(NAME).isPresent();
    }

    /** What it answers to these words; what is no JSON, if the words ask for that, is a refusal. */
    Reply ask(String... words) {
        if (!isInstalled()) {
            return new Reply.Absent(NAME);
        }
        if (late.isPresent()) {
            return new Reply.Late(late.get());
        }
        var command = Stream.concat(Stream.of(NAME), Stream.of(words)).toList();
        var reply = machine.ask(
                Stream.concat(command.stream(), Stream.of("--quiet")).toList());
        if (reply instanceof Reply.Late tooLate) {
            late = Optional.of(tooLate.limit());
        }
        var needsJson = command.stream().anyMatch(word -> word.startsWith("--format=json"));
        return reply instanceof Reply.Said said
                        && needsJson
                        && JsonAnswer.parse(said.output()).isEmpty()
                ? new Reply.Refused("gcloud answers with something that is not JSON")
                : reply;
    }
}
