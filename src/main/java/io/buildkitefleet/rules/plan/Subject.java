package io.buildkitefleet.rules.plan;

import io.buildkitefleet.pulumi.Registration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a rule looks at: a resource, or a part of its inputs.
 *
 * @param value the part
 */
public record Subject(Registration resource, InputValue value) {
    /** What stands below these names, with dots between them. */
    public InputValue at(String path) {
        return value.at(path);
    }

    public Subject part(String path) {
        return new Subject(resource, value.at(path));
    }

    /** A flaw unless the value at the path is this text, number or flag. */
    public static Function<Subject, Optional<String>> expect(String path, Object wanted) {
        return subject -> subject.at(path).is(wanted)
                ? Optional.empty()
                : Optional.of(path + " is " + subject.at(path).described() + ", not " + wanted);
    }

    /** A flaw unless the value at the path is one of these; the first is what most take. */
    public static Function<Subject, Optional<String>> expectOneOf(String path, String first, String... others) {
        return subject -> flawIf(
                !subject.at(path).is(first) && Stream.of(others).noneMatch(subject.at(path)::is),
                path + " is " + subject.at(path).described() + ", not " + first);
    }

    /** A flaw if the value at the path is this text, number or flag. */
    public static Function<Subject, Optional<String>> refuse(String path, Object unwanted) {
        return subject -> subject.at(path).is(unwanted) ? Optional.of(path + " is " + unwanted) : Optional.empty();
    }

    /** A flaw unless there is something at the path. */
    public static Function<Subject, Optional<String>> present(String path) {
        return subject -> subject.at(path).exists() ? Optional.empty() : Optional.of(path + " is not set");
    }

    /** The first flaw of either. */
    public static Function<Subject, Optional<String>> both(
            Function<Subject, Optional<String>> one, Function<Subject, Optional<String>> other) {
        return subject -> one.apply(subject).or(() -> other.apply(subject));
    }

    public static Optional<String> flawIf(boolean flawed, String text) {
        return flawed ? Optional.of(text) : Optional.empty();
    }
}
