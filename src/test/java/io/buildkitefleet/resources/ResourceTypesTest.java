package io.buildkitefleet.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.PreviewedStacks;
import io.buildkitefleet.testing.ProviderFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One entry for each type of resource. */
@ExtendWith(PreviewedStacks.Extension.class)
class ResourceTypesTest {
    @Test
    void everyTypeThatTheProgramRegistersHasAnEntry(PreviewedStacks previews) {
        var missing = previews.all()
                .flatMap(preview -> preview.plan().registrations().stream())
                .filter(Registration::custom)
                .map(Registration::type)
                .filter(type -> ResourceTypes.of(type).isEmpty())
                .distinct()
                .sorted()
                .toList();
        assertThat(missing)
                .withFailMessage(
                        "types without an entry: %s; add them to GoogleType or KubernetesType in "
                                + "src/main/java/io/buildkitefleet/resources",
                        missing)
                .isEmpty();
    }

    @Test
    void noEntryIsOfATypeThatTheProgramNoLongerRegisters(PreviewedStacks previews) {
        var registered = previews.all()
                .flatMap(preview -> preview.plan().registrations().stream())
                .map(Registration::type)
                .distinct()
                .toList();
        var left = ResourceTypes.all()
                .map(ResourceType::token)
                .filter(token -> !registered.contains(token))
                .toList();
        assertThat(left)
                .withFailMessage("entries of types that no stack of the tests registers: %s; drop them", left)
                .isEmpty();
    }

    @Test
    void everyTypeOfGooglesHasTheNameThatTerraformsProviderGivesIt() {
        assertThat(GoogleType.values())
                .allSatisfy(type -> assertThat(type.terraformName().flatMap(ProviderFields::namesOf))
                        .as("the fields of %s, which Terraform calls %s", type.token(), type.terraformName())
                        .isPresent());
    }
}
