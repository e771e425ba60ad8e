package io.buildkitefleet.variables;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names that a job's secret cannot have. Of two variables of one name Kubernetes takes the later one, which is the
 * secret, and the job runs without the other. The hook {@code open-variable} has the same list, for names that nobody
 * else has checked.
 */
public final class ReservedVariables {
    /**
     * Variables of one owner.
     *
     * @param owner in the genitive
     * @param names in which * stands for any text
     */
    private record Owned(String owner, List<String> names) {
        static Owned by(String owner, String... names) {
            return new Owned(owner, List.of(names));
        }

        boolean has(String variable) {
            return names.stream().anyMatch(name -> variable.matches(name.replace("*", ".*")));
        }
    }

    private static final List<Owned> ALL = List.of(
            Owned.by(
                    "the fleet's",
                    "FLEET_*",
                    "DOCKER_HOST",
                    "DOCKER_CONFIG",
                    "BUILDKIT_HOST",
                    "BUILDX_CONFIG",
                    "GOPROXY"),
            Owned.by("the agent's", "BUILDKITE", "BUILDKITE_*", "CI", "SSH_PRIVATE_*_KEY"),
            // What decides which programs and libraries run, and where they begin.
            Owned.by(
                    "the system's",
                    "PATH",
                    "HOME",
                    "PWD",
                    "OLDPWD",
                    "SHELL",
                    "IFS",
                    "ENV",
                    "CDPATH",
                    "PS4",
                    "PROMPT_COMMAND",
                    "BASH_*",
                    "BASHOPTS",
                    "SHELLOPTS",
                    "GLOBIGNORE",
                    "POSIXLY_CORRECT",
                    "LD_*",
                    "_"),
            // What a shell sets anew, or does not take from outside: https://www.gnu.org/software/bash/manual/
            Owned.by(
                    "the shell's",
                    "UID",
                    "EUID",
                    "PPID",
                    "BASHPID",
                    "SHLVL",
                    "RANDOM",
                    "SRANDOM",
                    "SECONDS",
                    "LINENO",
                    "EPOCHSECONDS",
                    "EPOCHREALTIME",
                    "HISTCMD",
                    "OPTIND",
                    "OPTERR",
                    "COMP_WORDBREAKS",
                    "PS1",
                    "PS2"),
            // The programs that it runs, and where it looks for a repository:
            // https://git-scm.com/docs/git#_environment_variables
            Owned.by(
                    "git's",
                    "GIT_SSH",
                    "GIT_SSH_COMMAND",
                    "GIT_SSH_VARIANT",
                    "GIT_ASKPASS",
                    "GIT_PROXY_COMMAND",
                    "GIT_TERMINAL_PROMPT",
                    "GIT_EXEC_PATH",
                    "GIT_EXTERNAL_DIFF",
                    "GIT_PAGER",
                    "GIT_EDITOR",
                    "GIT_SEQUENCE_EDITOR",
                    "GIT_DIR",
                    "GIT_WORK_TREE",
                    "GIT_COMMON_DIR",
                    "GIT_INDEX_FILE",
                    "GIT_OBJECT_DIRECTORY"),
            Owned.by("Kubernetes'", "KUBERNETES_*"));

    private ReservedVariables() {}

    /** Why a job cannot be given a variable of this name; none if it can. */
    public static Optional<String> refusal(String variable) {
        return ALL.stream()
                .filter(owned -> owned.has(variable))
                .findFirst()
                .map(owned -> "must have another name, got " + variable + ": it is " + owned.owner()
                        + " own, as is each of " + String.join(", ", owned.names()));
    }

    /** Every name, in which * stands for any text. */
    static Stream<String> names() {
        return ALL.stream().flatMap(owned -> owned.names().stream());
    }
}
