package io.buildkitefleet.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.Assessments;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a value can break a rule, one that nobody knows before the update does not keep it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PreviewedStacks.Extension.class)
class UnknownValuesTest {
    /**
     * What nobody knows is no literal; and of whom Google has to name, of rings and clusters that are yet to be made,
     * and of projects whose APIs are yet to be switched on, the plan says what they follow from.
     */
    private static final Set<String> FORESEEN =
            Set.of("secret-literal", "secret-places", "iam-impersonation", "key-ring", "pool-serves", "project-own");

    private EditedPlan sound;

    @BeforeAll
    void soundPlan(PreviewedStacks previews) {
        sound = SoundPlan.of(previews.full());
    }

    /** One for each rule. */
    static Collection<Mutation> mistakes() {
        return Stream.of(CloudMutations.all(), ClusterMutations.all(), ProgramMutations.all())
                .flatMap(Function.identity())
                .filter(mistake -> mistake.unknown().isPresent() && !FORESEEN.contains(mistake.rule()))
                .collect(Collectors.toMap(
                        Mutation::rule, UnaryOperator.identity(), (first, other) -> first, LinkedHashMap::new))
                .values();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void anUnknownValueInThePlaceOfAMistakeIsTold(Mutation mistake) {
        var ground = mistake.ground().apply(sound);
        var before = ground == sound ? List.of() : ground.assessed().open();
        var unknown = mistake.unknown().orElseGet(UnaryOperator::identity).apply(ground);
        assertThat(unknown.assessed().open())
                .filteredOn(finding -> !before.contains(finding))
                .as(
                        "open: %s",
                        unknown.assessed().open().stream()
                                .map(Assessments::told)
                                .toList())
                .isNotEmpty();
    }
}
