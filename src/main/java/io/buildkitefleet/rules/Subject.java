package io.buildkitefleet.rules;

import io.buildkitefleet.preview.Registration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a rule looks at: a resource, or a part of its inputs.
 *
 * @param value the part
 */
record Subject(Registration resource, Value value) {
    static Subject of(Registration resource) {
        return new Subject(resource, Value.of(resource.inputs()));
    }

    /** What stands below these names, with dots between them. */
    Value at(String path) {
        return value.at(path);
    }

    Subject part(String path) {
        return new Subject(resource, value.at(path));
    }

    /** A flaw unless the value at the path is this text, number or flag. */
    static Function<Subject, Optional<String>> expect(String path, Object wanted) {
        return subject -> subject.at(path).is(wanted)
                ? Optional.empty()
                : Optional.of(path + " is " + subject.at(path).described() + ", not " + wanted);
    }

    /** A flaw if the value at the path is this text, number or flag. */
    static Function<Subject, Optional<String>> refuse(String path, Object unwanted) {
        return subject -> subject.at(path).is(unwanted) ? Optional.of(path + " is " + unwanted) : Optional.empty();
    }

    /** A flaw unless there is something at the path. */
    static Function<Subject, Optional<String>> present(String path) {
        return subject -> subject.at(path).exists() ? Optional.empty() : Optional.of(path + " is not set");
    }

    /** The first flaw of either. */
    static Function<Subject, Optional<String>> both(
            Function<Subject, Optional<String>> one, Function<Subject, Optional<String>> other) {
        return subject -> one.apply(subject).or(() -> other.apply(subject));
    }

    static Optional<String> flawIf(boolean flawed, String text) {
        return flawed ? Optional.of(text) : Optional.empty();
    }
}
