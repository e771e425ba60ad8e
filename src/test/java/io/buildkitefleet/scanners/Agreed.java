package io.buildkitefleet.scanners;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What a scanner fails, as a person has agreed to it, with a reason for each: a file of the test's resources. */
final class Agreed {
    private static final Path FOLDER = Path.of("src", "test", "resources", "scanners");

    private final Path file;
    private final int passed;
    private final TreeSet<String> failed = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    private Agreed(Path file, JsonObject agreed) {
        this.file = file;
        this.passed = agreed.get("passed").getAsInt();
        for (var entry : Json.list(agreed, "failed")) {
            add(entry.getAsJsonObject());
        }
    }

    static Agreed named(String name) throws IOException {
        var file = FOLDER.resolve(name);
        return new Agreed(file, Json.parse(Files.readString(file)).getAsJsonObject());
    }

    private void add(JsonObject entry) {
        var check = Json.text(entry, "check");
        if (Json.text(entry, "why").isBlank()) {
            problems.add(file + " gives no reason for " + check + ": say in why what makes it right as it is");
        }
        for (JsonElement resource : Json.list(entry, "where")) {
            if (!failed.add(Verdict.failure(check, resource.getAsString()))) {
                problems.add(file + " names " + check + " of " + resource.getAsString() + " twice: take one out");
            }
        }
    }

    /** What is not as agreed, each with what to do. */
    List<String> differences(Verdict verdict) {
        var differences = new ArrayList<>(problems);
        verdict.failed().stream()
                .filter(failure -> !failed.contains(failure))
                .forEach(failure -> differences.add(failure
                        + " fails, and nobody has agreed to that: repair it, or add it to " + file + " with why"));
        failed.stream()
                .filter(failure -> !verdict.failed().contains(failure))
                .forEach(failure ->
                        differences.add(failure + " fails no more, or is judged no more: take it out of " + file));
        if (verdict.passed() < passed) {
            differences.add("only " + verdict.passed() + " results are good, and " + file + " says at least " + passed
                    + ": see what the tool no longer reads, and only then write a lower number there");
        }
        return differences;
    }
}
