package io.buildkitefleet.engine.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonNull;
import io.buildkitefleet.resources.Effect;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.Replacements;
import io.buildkitefleet.resources.ResourceType;
import io.buildkitefleet.resources.TerraformNames;
import io.buildkitefleet.testing.ProviderFields;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every input that the SDK knows, as the program reads the provider's list and as the stand-in for the provider does.
 */
class ReplacementsAgreeTest {
    /** Of the SDK's version, and no longer of the provider's. */
    private static final Set<String> GONE = Set.of("monitoringConfig.advancedDatapathObservabilityConfigs.relayMode");

    @ParameterizedTest
    @EnumSource
    void whatReplacesIsWhatTheStandInProviderReplaces(GoogleType type) {
        var disagreed = inputs(type).stream()
                .filter(path -> Replacements.of(type.token(), path, JsonNull.INSTANCE) != Effect.MAY_REPLACE)
                .filter(path -> (Replacements.of(type.token(), path, JsonNull.INSTANCE) == Effect.REPLACE)
                        != ProviderFields.replaces(type.token(), path));
        assertThat(disagreed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyInputHasTheNameThatTerraformsProviderGivesIt(GoogleType type) {
        var names = type.terraformName().flatMap(ProviderFields::namesOf).orElseThrow();
        assertThat(inputs(type).stream().filter(path -> !names.contains(terraform(path))))
                .isEmpty();
    }

    private static String terraform(String path) {
        return Arrays.stream(path.split("\\.")).map(TerraformNames::attribute).collect(Collectors.joining("."));
    }

    private static List<String> inputs(ResourceType type) {
        return SdkType.of(type.token()).orElseThrow().paths().keySet().stream()
                .filter(path -> !GONE.contains(path))
                .toList();
    }
}
