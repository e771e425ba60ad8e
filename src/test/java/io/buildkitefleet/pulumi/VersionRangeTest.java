package io.buildkitefleet.pulumi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor.Version;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRangeTest {
    /** The middle and the right column are what Pulumi's own reader says of the range on the left. */
    @ParameterizedTest
    @CsvSource({
        "'', 0.0.1 3.207.0 9.9.9, ''",
        "3.207.0, 3.207.0, 3.207.1 3.207.0-alpha.1",
        "=3.207.0, 3.207.0, 3.207.1",
        "==3.207.0, 3.207.0, 3.207.1",
        ">=3.207.0, 3.207.0 3.208.0 3.1000.0 4.0.0, 3.206.9 3.99.0 3.207.0-alpha.1",
        ">= 3.207.0, 3.207.0, 3.206.9",
        ">3.207.0, 3.207.1, 3.207.0 3.206.0",
        "<3.207.0, 3.206.9 3.207.0-alpha.1, 3.207.0",
        "<=3.207.0, 3.207.0, 3.207.1",
        "!3.208.0, 3.207.0 3.209.0, 3.208.0",
        "!=3.208.0, 3.207.0, 3.208.0",
        ">=3.207.0 <4.0.0, 3.207.0 3.999.0, 3.206.0 4.0.0",
        ">=3.207.0 <4.0.0 !3.208.0, 3.207.0 3.209.0, 3.208.0",
        "<3.0.0 || >=3.207.0, 2.25.2 3.207.0, 3.206.0",
        "3.x, 3.0.0 3.999.0, 2.25.2 4.0.0",
        "3.207.x, 3.207.0 3.207.9, 3.206.0 3.208.0",
        ">3.207.x, 3.208.0 4.0.0, 3.207.5",
        ">=3.207.x, 3.207.0, 3.206.9",
        "<=3.207.x, 3.207.9 3.0.0, 3.208.0",
        "<3.x, 2.25.2, 3.0.0"
    })
    void itIncludesWhatPulumiTakes(String range, String taken, String refused) {
        var versions = new VersionRange(range);
        assertThat(words(taken)).allMatch(version -> versions.includes(Version.parse(version)));
        assertThat(words(refused)).noneMatch(version -> versions.includes(Version.parse(version)));
    }

    private static Iterable<String> words(String text) {
        return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
