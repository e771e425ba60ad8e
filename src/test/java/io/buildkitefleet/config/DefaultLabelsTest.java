package io.buildkitefleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultLabelsTest {
    private static final String KEY = "gcp:defaultLabels";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            owner                | gcp:defaultLabels              | must be an object of labels, such as {owner: platform}, got "owner"
            {owner: platform     | gcp:defaultLabels              | must be an object of labels, such as {owner: platform}, got
            ["owner"]            | gcp:defaultLabels              | must be an object of labels, such as {owner: platform}, got the list
            {"Owner": "x"}       | gcp:defaultLabels.Owner        | its name must be lower-case letters, digits, _ and -, beginning with a letter; capital
            {"owner": "Jane D"}  | gcp:defaultLabels.owner        | must be lower-case letters, digits, _ and -, got "Jane D"; capital letters and blanks are not allowed
            {"cost-center": 12}  | gcp:defaultLabels.cost-center  | must be lower-case letters, digits, _ and -, got 12, which is not text; write it in quotes
            {"owner": {}}        | gcp:defaultLabels.owner        | must be lower-case letters, digits, _ and -, got an empty object
            """)
    void whatGoogleWouldRefuseOnEachResourceIsToldAtOnce(String text, String path, String message) {
        assertThat(BadStack.problems(Stacks.minimal().withKey(KEY, text)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo(path);
                    assertThat(problem.message()).startsWith(message);
                });
    }

    @Test
    void labelsAsGoogleHasThemAreTaken() {
        assertThat(BadStack.problems(Stacks.minimal()
                        .withKey(KEY, "{\"owner\": \"platform\", \"cost_center\": \"1-2\", \"équipe\": \"été\"}")))
                .isEmpty();
    }
}
