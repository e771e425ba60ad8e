package io.buildkitefleet.config.value;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The id of a Google Cloud project: https://cloud.google.com/resource-manager/docs/creating-managing-projects */
public final class ProjectId {
    public static final String WORDS =
            "the id of a Google Cloud project (6 to 30 small letters, digits and hyphens, the "
                    + "first a letter, the last no hyphen)";

    public static final Notation<String> NOTATION = Notation.of(
                    Pattern.compile("[a-z][a-z0-9-]{4,28}[a-z0-9]"), Optional::of)
            .because(ProjectId::flaw);

    private record Reason(Predicate<String> holds, String words) {}

    /** In this order: the first that holds is told. */
    private static final List<Reason> REASONS = List.of(
            new Reason(String::isEmpty, "it is empty"),
            new Reason(
                    text -> text.matches("[0-9]+"),
                    "that is the number of a project; its id is what this prints: "
                            + "gcloud projects describe NUMBER --format='value(projectId)'"),
            new Reason(
                    text -> text.matches("[a-z0-9.-]+\\.[a-z]+:.+"),
                    "a project of a domain has service accounts with addresses of another form, and the fleet cannot be "
                            + "in one"),
            new Reason(text -> text.startsWith("projects/"), "leave out projects/"),
            new Reason(text -> text.matches(".*[A-Z].*"), "it has capital letters"),
            new Reason(
                    text -> text.matches(".*\\s.*"), "it has blanks, which a project's name may have and its id not"),
            new Reason(text -> text.matches("[^a-z].*"), "it does not begin with a letter"),
            new Reason(text -> text.matches(".*[^a-z0-9-].*"), "it has other characters"),
            new Reason(text -> text.endsWith("-"), "it ends with a hyphen"),
            new Reason(text -> text.length() < 6, "it is too short"),
            new Reason(text -> text.length() > 30, "it is too long"));

    private ProjectId() {}

    private static Optional<String> flaw(String text) {
        return REASONS.stream()
                .filter(reason -> reason.holds().test(text))
                .map(Reason::words)
                .findFirst();
    }
}
