package io.buildkitefleet.cli;

import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Problem;
import java.util.Arrays;
import java.util.Optional;

/** What a person has to say of a new stack: by an option, or as the answer to a question. */
enum StackQuestion {
    PROJECT(InitCommand.PROJECT, "gcp:project", "Id of the Google Cloud project", "The project", "a-project"),
    REGION(
            InitCommand.REGION,
            ConfigSource.FLEET + ".region",
            "Google Cloud region, such as us-west1",
            "The region",
            "us-west1"),
    ORGANIZATION(
            InitCommand.ORGANIZATION,
            ConfigSource.FLEET + ".organization",
            "Buildkite organization, as in buildkite.com/SLUG",
            "The organization",
            "an-organization"),
    REPOSITORY(
            InitCommand.REPOSITORY,
            ConfigSource.FLEET + ".repositories",
            "Git repository whose builds run there, as Buildkite clones it",
            "The repository",
            "https://git.example.com/a/repository"),
    /** Asked for where a repository's server is not known. */
    KNOWN_HOST(
            InitCommand.KNOWN_HOST,
            ConfigSource.FLEET + ".checkout.knownHosts",
            "Line of known_hosts with the server's key; nothing, for another repository",
            "The server's key",
            "");

    private final String option;
    private final String path;
    private final String question;
    private final String subject;
    private final String standIn;

    StackQuestion(String option, String path, String question, String subject, String standIn) {
        this.option = option;
        this.path = path;
        this.question = question;
        this.subject = subject;
        this.standIn = standIn;
    }

    /** The one whose answer has the problem. */
    static Optional<StackQuestion> of(Problem problem) {
        var path = problem.path().replaceFirst("\\[\\d+]$", "");
        return Arrays.stream(values())
                .filter(question -> question.path.equals(path))
                .findFirst();
    }

    /** Its place in the stack's file. */
    String path() {
        return path;
    }

    String option() {
        return option;
    }

    /** As a terminal asks it. */
    String prompt() {
        return question + ": ";
    }

    /** What a sentence about its answer begins with. */
    String subject() {
        return subject;
    }

    /** An answer with which nothing is wrong, as long as there is none. */
    String standIn() {
        return standIn;
    }

    boolean isNeeded() {
        return this != KNOWN_HOST;
    }
}
