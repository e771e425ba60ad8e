package io.buildkitefleet.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberTest {
    private static final String POOL =
            "iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user:jane@example.com",
                "group:mac-team@example.com",
                "serviceAccount:ci@acme-ci.iam.gserviceaccount.com",
                "serviceAccount:ci@acme.example.com.iam.gserviceaccount.com",
                "serviceAccount:acme-ci.svc.id.goog[jobs/runner]",
                "principal://" + POOL + "github/subject/repo:acme/app:ref:refs/heads/main",
                "principalSet://" + POOL + "github/attribute.repository/acme/app",
                "principalSet://iam.googleapis.com/locations/global/workforcePools/staff/group/mac-team"
            })
    void aMemberIsWhomIamNames(String text) {
        assertThat(Member.NOTATION.parse(text)).contains(text);
    }

    @ParameterizedTest
    @CsvSource({
        "allUsers, that is everybody there is",
        "allAuthenticatedUsers, that is everybody there is",
        "domain:example.com, that is everybody of the domain",
        "principalSet://iam.googleapis.com/locations/global/workforcePools/staff/*, that is everybody of the pool",
        "principal://example.com/jane, a federated one is principal://iam.googleapis.com/",
        "deleted:user:jane@example.com?uid=12, that account was deleted",
        "projectOwner:acme-ci, it stands for whoever has a role",
        "jane@example.com, 'write user:jane@example.com if that is a person, or group:jane@example.com if'",
        "ci@acme-ci.iam.gserviceaccount.com, that is a service account: write serviceAccount:ci@acme-ci.iam",
        "serviceaccount:ci@acme-ci.iam.gserviceaccount.com, that is a service account: write serviceAccount:ci@",
        "serviceaccount:jane@example.com, the address of a service account ends with gserviceaccount.com",
        "User:jane@example.com, 'write it as user:jane@example.com, in small letters'",
        "mailto:jane@example.com, write user:jane@example.com if that is a person",
        "Jane Doe <jane@example.com>, write user:jane@example.com if that is a person",
        "@example.com, that is everybody of the domain",
        "jane, 'write who it is by an address, with user: or group: before it'",
        "user:ci@acme-ci.iam.gserviceaccount.com, that is a service account: write serviceAccount:",
        "user: jane@example.com, leave out the blank behind the colon",
        "group:mac-team, its address has no @",
        "team:mac@example.com, write user:mac@example.com if that is a person"
    })
    void whoIsNoMemberIsToldWhy(String text, String why) {
        assertThat(Member.NOTATION.parse(text)).isEmpty();
        assertThat(Member.NOTATION.flaw(text))
                .hasValueSatisfying(flaw -> assertThat(flaw).startsWith(why));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:jane@example.com", "group:ci@example.com"})
    void aPersonIsAUserOrAGroup(String text) {
        assertThat(Member.PERSON.parse(text)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serviceAccount:ci@acme-ci.iam.gserviceaccount.com",
                "ci@acme-ci.iam.gserviceaccount.com",
                "user:ci@acme-ci.iam.gserviceaccount.com",
                "principal://iam.googleapis.com/locations/global/workforcePools/staff/subject/jane"
            })
    void aMemberThatIsNoPersonIsToldSo(String text) {
        assertThat(Member.PERSON.parse(text)).isEmpty();
        assertThat(Member.PERSON.flaw(text)).contains("it is nobody who can open a shell: name a user or a group");
    }
}
