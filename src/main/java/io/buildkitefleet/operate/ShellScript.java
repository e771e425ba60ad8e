package io.buildkitefleet.operate;

import java.util.ArrayList;
import java.util.List;

/** A script for bash that a person may read, keep or run. */
public final class ShellScript {
    private final Machine machine;
    private final String name;
    private final String text;

    /** @param name what the script is called where it tells of itself */
    public ShellScript(Machine machine, String name, String text) {
        this.machine = machine;
        this.name = name;
        this.text = text;
    }

    /**
     * Runs it as the last thing that this program does, on the terminal.
     *
     * @return its exit code, or 0 if the launcher is to become it
     * @throws OperateException if there is no bash
     */
    public int run(List<String> arguments) {
        return Terminal.replace(command(arguments));
    }

    List<String> command(List<String> arguments) {
        var bash = machine.find("bash")
                .orElseThrow(() -> new OperateException("bash is not installed; the script is one for bash"));
        var command = new ArrayList<>(List.of(bash.toString(), "-c", text, name));
        command.addAll(arguments);
        return command;
    }
}
