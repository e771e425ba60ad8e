package io.buildkitefleet.review.page;

import io.buildkitefleet.diff.PlanDiff;
import io.buildkitefleet.diff.QueueChange;
import io.buildkitefleet.diff.QueueChange.Field;
import io.buildkitefleet.page.Block;
import io.buildkitefleet.page.Line;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the users of queues will notice, field by field. */
final class ReviewedQueues {
    /**
     * What a field of a queue's summary is to a person.
     *
     * @param ordinary value that goes without saying
     */
    private record Word(String field, String words, String ordinary) {}

    /** In the order in which a whole queue is told. */
    private static final List<Word> WORDS = List.of(
            new Word("pool", "pool", ""),
            new Word("machineType", "machine", ""),
            new Word("capacity", "capacity", ""),
            new Word("fallback", "else", "none"),
            new Word("minNodes", "fewest nodes", "0"),
            new Word("maxNodes", "most nodes", ""),
            new Word("cpu", "CPU of a job", ""),
            new Word("memory", "memory of a job", ""),
            new Word("gpus", "GPUs of a job", "0"),
            new Word("jobsPerNode", "jobs a node", ""),
            new Word("maxInFlight", "jobs at a time", ""),
            new Word("trust", "trust", ""),
            new Word("can", "can", ""),
            new Word("tags", "tags", ""),
            new Word("signedSteps", "signed steps alone", "false"),
            new Word("signs", "signs steps", "false"),
            new Word("privateApis", "private clusters", ""),
            new Word("onlyFor", "only for", ""));

    private ReviewedQueues() {}

    static List<Block> of(PlanDiff diff) {
        if (diff.queues().isEmpty()) {
            return List.of();
        }
        return List.of(Block.Table.of(
                "Queues",
                List.of("Queue", "What", "Before", "After"),
                diff.queues().stream().flatMap(ReviewedQueues::rows).toList()));
    }

    private static Stream<List<Line>> rows(QueueChange queue) {
        var name = Line.ofCode(queue.queue());
        return switch (queue.kind()) {
            case NEW ->
                Stream.of(List.of(name, Line.of("").strong("new"), Line.of("-"), all(queue.fields(), Field::after)));
            case GONE ->
                Stream.of(List.of(
                        name,
                        Line.of("").strong("gone").text("; steps that ask for it will wait"),
                        all(queue.fields(), Field::before),
                        Line.of("-")));
            case CHANGED ->
                queue.fields().stream()
                        .map(field -> List.of(name, words(field.name()), value(field.before()), value(field.after())));
        };
    }

    private static Line all(List<Field> fields, Function<Field, String> value) {
        var values = fields.stream().collect(Collectors.toMap(Field::name, value));
        return Line.ofCode(WORDS.stream()
                .filter(word ->
                        !values.getOrDefault(word.field(), word.ordinary()).equals(word.ordinary()))
                .map(word -> word.words() + " " + values.get(word.field()))
                .collect(Collectors.joining(", ")));
    }

    private static Line value(String text) {
        return text.isEmpty() ? Line.of("none") : Line.ofCode(text);
    }

    /** A field that another version of the program wrote is told by its own name. */
    private static Line words(String field) {
        return WORDS.stream()
                .filter(word -> word.field().equals(field))
                .findFirst()
                .map(word -> Line.of(word.words()))
                .orElseGet(() -> Line.ofCode(field));
    }
}
