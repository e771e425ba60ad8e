package io.buildkitefleet.pins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PinsTest {
    static Stream<Arguments> pins() throws IOException {
        return JsonParser.parseString(Files.readString(Path.of("pins.json")))
                .getAsJsonObject()
                .asMap()
                .entrySet()
                .stream()
                .flatMap(kind -> kind.getValue().getAsJsonObject().asMap().entrySet().stream()
                        .map(pin -> Arguments.of(
                                kind.getKey() + "." + pin.getKey(),
                                pin.getValue().getAsJsonObject())));
    }

    @ParameterizedTest
    @MethodSource("pins")
    void eachSaysWhereItWasSeenAndWhen(String name, JsonObject pin) {
        assertThat(pin.get("version").getAsString()).matches("v?\\d+\\.\\d+(?:\\.\\d+)?(?:-[a-z]+)?");
        assertThat(pin.get("source").getAsString()).startsWith("https://");
        assertThat(LocalDate.parse(pin.get("seen").getAsString())).isAfter("2026-01-01");
    }

    @ParameterizedTest
    @MethodSource("pins")
    void eachHasADigestOrSaysWhyItHasNone(String name, JsonObject pin) {
        if (pin.has("sha256")) {
            assertThat(pin.getAsJsonObject("sha256").asMap().values())
                    .isNotEmpty()
                    .allSatisfy(sum -> assertThat(sum.getAsString()).matches("[0-9a-f]{64}"));
        } else if (pin.get("digest").isJsonNull()) {
            assertThat(pin.get("why").getAsString()).isNotBlank();
        } else {
            assertThat(pin.get("digest").getAsString()).matches("sha256:[0-9a-f]{64}");
            assertThat(pin.has("why")).isFalse();
        }
    }

    @Test
    void anImageHasItsDigestWhereOneWasSeen() {
        assertThat(Pins.image("docker")).matches("docker:28\\.5\\.1-dind@sha256:[0-9a-f]{64}");
        assertThat(Pins.image("athens")).isEqualTo("gomods/athens:v0.18.0");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Pins.image("nosuch")).hasMessage("/pins.json has no nosuch of its images");
    }
}
