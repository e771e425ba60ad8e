package io.buildkitefleet.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a preview gets of what an update gets. */
class UpArgumentsTest {
    private static UpArguments words(String text) {
        return new UpArguments(text == null || text.isEmpty() ? List.of() : List.of(text.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            --yes                                          | -
            -y --refresh                                   | --refresh
            -yf                                            | -
            -yr                                            | -r
            --skip-preview=true --target a                 | --target a
            --plan plan.json --target-dependents           | --target-dependents
            --plan=plan.json -p 4                          | -p 4
            --show-secrets --show-config --diff --json     | -
            --suppress-outputs --continue-on-error         | -
            --expect-no-changes --secrets-provider x -v 3  | -v 3
            -m --yes --config a:b=c                        | -m --yes --config a:b=c
            --parallel=2 --replace urn                     | --parallel=2 --replace urn
            """)
    void theRestIsLeftOut(String up, String preview) {
        assertThat(words(up).forPreview()).isEqualTo(words(preview).words());
    }

    @ParameterizedTest
    @CsvSource({
        "--yes,true", "-y,true", "-fy,true", "--skip-preview,true", "--yes=true,true", "--yes=false,false",
        "--yes=F,false", "-r,false", "-m --yes,false", "--target -y,false", "--plan -y,false", "-y=false,false"
    })
    void aYesIsOnePulumiTakesForOne(String text, boolean yes) {
        assertThat(words(text).saysYes()).isEqualTo(yes);
    }

    @Test
    void withoutWordsThereIsNoYes() {
        assertThat(words("").saysYes()).isFalse();
    }
}
