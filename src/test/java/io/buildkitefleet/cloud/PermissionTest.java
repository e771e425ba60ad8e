package io.buildkitefleet.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What whoever deploys has to be allowed. */
@ExtendWith(PreviewedStacks.Extension.class)
class PermissionTest {
    private static final String BUCKET = "gcp:storage/bucket:Bucket";
    private static final String GRANT = "gcp:storage/bucketIAMMember:BucketIAMMember";

    static Stream<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void whatEveryRegisteredTypeNeedsIsKnown(StackPreview stack) {
        assertThat(stack.plan().registrations())
                .filteredOn(Registration::custom)
                .extracting(Registration::type)
                .filteredOn(type -> type.startsWith("gcp:"))
                .isNotEmpty()
                .as("types that src/main/resources/cloud/permissions.json has")
                .allMatch(Permission::isKnown);
    }

    @Test
    void aPreviewReadsAndAnUpdateWritesAsWell() {
        var permissions = Permission.of(List.of(BUCKET));

        assertThat(permissions)
                .filteredOn(Permission::reads)
                .extracting(Permission::name)
                .containsExactly("resourcemanager.projects.get", "storage.buckets.get");
        assertThat(permissions)
                .extracting(Permission::name)
                .contains("storage.buckets.create", "storage.buckets.update", "storage.buckets.delete");
    }

    @Test
    void whatNoResourceNeedsIsNotAsked() {
        assertThat(Permission.of(List.of(GRANT)))
                .extracting(Permission::name)
                .containsExactly("storage.buckets.getIamPolicy", "storage.buckets.setIamPolicy");
    }

    @Test
    void whatSeveralTypesNeedIsAskedOnce() {
        assertThat(Permission.of(List.of("gcp:compute/router:Router", "gcp:compute/routerNat:RouterNat")))
                .filteredOn(permission -> permission.name().equals("compute.routers.get"))
                .singleElement()
                .satisfies(permission -> assertThat(permission.types()).hasSize(2));
    }

    /** Google's own names: a service, what is meant, and what is done to it. */
    @Test
    void everyNameHasTheFormOfAPermissionAndASource() {
        assertThat(Permission.of(Permission.rows().keySet()))
                .hasSizeGreaterThan(80)
                .allSatisfy(permission -> assertThat(permission.name()).matches("[a-z]+\\.[a-zA-Z]+\\.[a-zA-Z]+"))
                .allSatisfy(permission -> assertThat(permission.source()).isNotBlank());
    }

    @Test
    void everySourceIsOfSomePermission() {
        var used = new TreeSet<String>();
        Permission.rows().asMap().values().stream()
                .flatMap(row -> row.getAsJsonObject().asMap().values().stream())
                .flatMap(part -> part.getAsJsonObject().asMap().values().stream())
                .map(JsonElement::getAsString)
                .forEach(used::add);

        assertThat(used).isEqualTo(new TreeSet<>(Permission.sources().keySet()));
    }

    @Test
    void aDeployerHasWhatEveryTypeNeedsButForWhatWouldRaiseIt() {
        var all = Permission.of(Permission.rows().keySet()).stream()
                .map(Permission::name)
                .toList();

        assertThat(Permission.ofDeployer(DeployerRole.UP))
                .containsAll(Permission.ofDeployer(DeployerRole.PREVIEW))
                .noneMatch(Permission::isRaising);
        assertThat(all)
                .filteredOn(name -> !Permission.ofDeployer(DeployerRole.UP).contains(name))
                .isNotEmpty()
                .allMatch(Permission::isRaising)
                .allMatch(name -> name.matches("iam\\.(roles|workloadIdentityPool(Provider)?s)\\..*")
                        || name.equals("resourcemanager.projects.setIamPolicy"));
    }

    @Test
    void whoMayDoWhatIsForOwnersToChangeButForGrantsToNodes() {
        assertThat(Permission.isForOwners("gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider"))
                .isTrue();
        assertThat(Permission.isForOwners("gcp:projects/iAMMember:IAMMember")).isFalse();
        assertThat(Permission.isForOwners(BUCKET)).isFalse();
    }

    /** Nobody is given more to preview than to read. */
    @Test
    void aPreviewWritesNothing() {
        assertThat(Permission.of(Permission.rows().keySet()))
                .filteredOn(Permission::reads)
                .extracting(permission -> permission.name().replaceFirst(".*\\.", ""))
                .allMatch(verb -> verb.matches("get|list|getIamPolicy|getAttestationRules|viewPublicKey"));
    }
}
