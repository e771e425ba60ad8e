package io.buildkitefleet.revision;

import io.buildkitefleet.pulumi.ProjectException;
import java.nio.file.Path;

/** Of which commit the program is that is built in a directory: what runs is always what its sources are now. */
public final class ProgramCommit {
    private ProgramCommit() {}

    /**
     * Its id, with what has to be known beside it.
     *
     * @return {@code unknown} where git knows of no commit, or is not there
     */
    public static String of(Path directory) {
        var git = new Git(directory.toAbsolutePath());
        try {
            return git.ask("rev-parse", "--short=12", "HEAD")
                    .map(commit -> isChanged(git) ? commit + " with changes that are in no commit" : commit)
                    .orElse("unknown");
        } catch (ProjectException noGit) {
            return "unknown";
        }
    }

    private static boolean isChanged(Git git) {
        return !Revision.isTheProgramOf(git, "HEAD");
    }
}
