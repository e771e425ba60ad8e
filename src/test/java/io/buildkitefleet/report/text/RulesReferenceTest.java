package io.buildkitefleet.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.rules.NeedsNoRule;
import io.buildkitefleet.rules.RuleSet;
import io.buildkitefleet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds docs/rules.md to the rules; {@code -Dgoldens.update=true} writes its table anew. */
class RulesReferenceTest {
    private static final Path DOCS = Path.of("docs/rules.md");

    @Test
    void theDocumentListsEveryRule() {
        Golden.part("docs/rules.md", "rules").matches("\n" + RuleTable.markdown(RuleSet.rules()) + "\n");
    }

    @Test
    void theDocumentListsTheTypesThatNeedNoRule() {
        Golden.part("docs/rules.md", "types").matches("\n" + RuleTable.markdown(NeedsNoRule.types()) + "\n");
    }

    @Test
    void whatTheDocumentSaysOfTheBenchmarkIsWhatTheRulesSay() throws IOException {
        var covered = RuleSet.rules().stream()
                .flatMap(rule -> rule.sources().stream())
                .filter(source -> source.startsWith("CIS GKE 1.9.0 "))
                .map(source -> source.substring("CIS GKE 1.9.0 ".length()))
                .distinct()
                .toList();
        assertThat(Files.readString(DOCS))
                .contains(covered.stream().filter(id -> id.startsWith("5.")).count()
                        + " of the 33 recommendations of section 5")
                .contains(covered.stream().filter(id -> id.startsWith("4.")).count() + " of the 20 of section 4");
    }
}
