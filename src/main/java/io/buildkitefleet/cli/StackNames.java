package io.buildkitefleet.cli;

import java.util.Iterator;
import java.util.List;

/** The stacks of a project, which a shell looks up when somebody asks it to complete one. */
final class StackNames implements Iterable<String> {
    /** No stack is called so. */
    private static final String MARK = "@stacks@";

    private static final String FUNCTION = "_fleet_stacks";

    /** A word for all of them, in whose place a script has a call of {@link #lookUp}'s function. */
    @Override
    public Iterator<String> iterator() {
        return List.of(MARK).iterator();
    }

    /** The script that looks them up wherever it completed the word for all of them: in completion/stacks.sh. */
    static String lookUp(String script) {
        return script.replace("(\"" + MARK + "\")", "($(" + FUNCTION + "))");
    }
}
