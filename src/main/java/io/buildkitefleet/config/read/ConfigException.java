package io.buildkitefleet.config.read;

import com.pulumi.exceptions.RunException;
import io.buildkitefleet.text.Count;
import java.util.List;

/**
 * The configuration is wrong; the message lists every problem, one a line. It is a {@link RunException} because Pulumi
 * prints only the message of those, without a stack trace.
 */
public final class ConfigException extends RunException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConfigException(String file, List<Problem> problems) {
        super(message(file, problems));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    private static String message(String file, List<Problem> problems) {
        var text = new StringBuilder(file).append(": ").append(new Count(problems.size(), "problem"));
        problems.forEach(problem -> text.append("\n  ").append(problem.line()));
        return text.toString();
    }
}
