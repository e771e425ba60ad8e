package io.buildkitefleet.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.config.GoogleSettings;
import io.buildkitefleet.testing.ComponentTest;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The connection to Google Cloud. */
class GoogleApiTest extends ComponentTest {
    @Test
    void everySettingThatAStackMayMakeReachesTheProvider() {
        var settings = GoogleSettings.NAMES.stream().collect(Collectors.toMap(name -> name, name -> "its " + name));

        assertThat(inputsWith(settings)).isEqualTo(settings);
    }

    @Test
    void whatAStackDoesNotSetIsLeftToTheProvider() {
        assertThat(inputsWith(Map.of("project", "acme-ci-dev"))).isEqualTo(Map.of("project", "acme-ci-dev"));
    }

    private Map<String, Object> inputsWith(Map<String, String> settings) {
        var outputs = settings.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, setting -> Output.of(setting.getValue())));
        run(context -> new GoogleApi(
                "google", outputs, ComponentResourceOptions.builder().build()));
        return inputsOf("pulumi:providers:gcp");
    }
}
