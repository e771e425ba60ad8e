package io.buildkitefleet.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"acme-ci", "a12345", "abcdefghijklmnopqrstuvwxyz-123"})
    void anIdIsReadAsGoogleHasIt(String text) {
        assertThat(ProjectId.NOTATION.parse(text)).contains(text);
    }

    @ParameterizedTest
    @CsvSource({
        "123456789012, that is the number of a project; its id is what this prints: gcloud projects describe",
        "example.com:acme, a project of a domain has service accounts with addresses of another form",
        "projects/acme-ci, leave out projects/",
        "Acme-ci, it has capital letters",
        "my project, it has blanks",
        "1acme-ci, it does not begin with a letter",
        "acme_ci, it has other characters",
        "acme-ci-, it ends with a hyphen",
        "mz-ci, it is too short",
        "abcdefghijklmnopqrstuvwxyz-1234, it is too long",
        "'acme-ci ', it has blanks",
        "'', it is empty"
    })
    void whatIsNoIdIsToldWhy(String text, String why) {
        assertThat(ProjectId.NOTATION.parse(text)).isEmpty();
        assertThat(ProjectId.NOTATION.flaw(text))
                .hasValueSatisfying(flaw -> assertThat(flaw).startsWith(why));
    }
}
