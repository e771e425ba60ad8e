package io.buildkitefleet.pulumi;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A stack as {@code pulumi --stack} takes it: {@code dev}, {@code acme/dev} or {@code acme/buildkite-fleet/dev}.
 *
 * @param text as it was written, for Pulumi
 * @param name the stack's own, as in {@code Pulumi.dev.yaml}
 * @see <a href="https://github.com/pulumi/pulumi/blob/v3.207.0/pkg/backend/httpstate/backend.go">parseStackName</a>
 */
record StackReference(String text, String name) {
    /**
     * What Pulumi takes for the name of a new stack:
     * https://github.com/pulumi/pulumi/blob/v3.207.0/sdk/go/common/tokens/stack_name.go
     */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    private static final Pattern SLASH = Pattern.compile("/");
    private static final int MOST_PARTS = 3;

    /** Pulumi would take them, and whoever writes one means a directory. */
    private static final List<String> DIRECTORIES = List.of(".", "..");

    /**
     * Reads one.
     *
     * @param project the name of the project that it must be of
     * @throws ProjectException if it is none, or one of another project
     */
    static StackReference parse(String text, String project) {
        var parts = List.of(SLASH.split(text, -1));
        if (parts.size() > MOST_PARTS
                || parts.size() > 1 && parts.contains("")
                || parts.stream().anyMatch(DIRECTORIES::contains)) {
            throw new ProjectException(
                    "a stack is named STACK, ORGANIZATION/STACK or ORGANIZATION/PROJECT/STACK, got \"" + text + "\"");
        }
        if (parts.size() == MOST_PARTS && !parts.get(1).equals(project)) {
            throw new ProjectException("\"" + text + "\" is a stack of the project " + parts.get(1)
                    + ", and this one is " + project + " (name in " + Project.FILE + ")");
        }
        return new StackReference(text, parts.get(parts.size() - 1));
    }
}
