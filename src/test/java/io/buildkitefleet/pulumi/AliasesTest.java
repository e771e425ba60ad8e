package io.buildkitefleet.pulumi;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AliasesTest {
    private static final String BUCKET = "gcp:storage/bucket:Bucket";
    private static final String PART = "sample:index:Part";

    @Test
    void aResourceWithoutAliasesHasNone() {
        assertThat(Aliases.of(plan(resource("", BUCKET, "artifacts")))).isEmpty();
    }

    @Test
    void anotherNameIsAnotherUrn() {
        var bucket = resource("", BUCKET, "artifacts", alias("old", "", ""));

        assertThat(Aliases.of(plan(bucket)))
                .containsExactly(Map.entry(bucket.urn(), List.of(Urn.of("dev", "sample", "", BUCKET, "old"))));
    }

    @Test
    void anotherParentIsAnotherUrn() {
        var part = resource("", PART, "store");
        var bucket = resource(part.urn(), BUCKET, "artifacts", new Registration.Alias("", "", "", "", "", "", true));

        assertThat(Aliases.of(plan(part, bucket)).get(bucket.urn()))
                .containsExactly("urn:pulumi:dev::sample::" + BUCKET + "::artifacts");
    }

    @Test
    void aWholeUrnIsTakenAsItIs() {
        var bucket = resource("", BUCKET, "artifacts", alias("", "", "urn:pulumi:prod::other::x::y"));

        assertThat(Aliases.of(plan(bucket)).get(bucket.urn())).containsExactly("urn:pulumi:prod::other::x::y");
    }

    @Test
    void childrenOfARenamedParentAreKnownByItsOldName() {
        var part = resource("", PART, "store", alias("depot", "", ""));
        var bucket = resource(part.urn(), BUCKET, "store-bucket", alias("", "gcp:storage/old:Old", ""));

        assertThat(Aliases.of(plan(part, bucket)).get(bucket.urn()))
                .contains(
                        Urn.of("dev", "sample", part.urn(), BUCKET, "depot-bucket"),
                        Urn.of("dev", "sample", part.urn(), "gcp:storage/old:Old", "store-bucket"));
    }

    private static Registration.Alias alias(String name, String type, String urn) {
        return new Registration.Alias(urn, name, type, "", "", "", false);
    }

    private static Plan plan(Registration... registrations) {
        return new Plan(
                Project.of(Path.of(""), "sample", VersionRange.ANY),
                new Stack(
                        "dev",
                        "dev",
                        Path.of(""),
                        Map.of(),
                        Set.of(),
                        Set.of(),
                        "",
                        new BaseFiles(Path.of(""), "acme"),
                        WrittenValues.NONE),
                List.of(registrations),
                List.of());
    }

    private static Registration resource(String parent, String type, String name, Registration.Alias... aliases) {
        var none = Registration.Options.NONE;
        var options = new Registration.Options(
                none.protect(),
                none.retainOnDelete(),
                none.deletedWith(),
                none.ignoreChanges(),
                none.replaceOnChanges(),
                none.deleteBeforeReplace(),
                List.of(aliases),
                none.timeouts(),
                none.additionalSecretOutputs(),
                none.importId());
        return new Registration(
                Urn.of("dev", "sample", parent, type, name),
                type,
                name,
                !type.equals(PART),
                parent,
                new JsonObject(),
                options,
                "",
                "",
                "",
                List.of(),
                Map.of(),
                new JsonObject(),
                false);
    }
}
