package io.buildkitefleet.resources;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.buildkitefleet.engine.provider.SdkType;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.ProviderFields;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The data file of Google's fields is what the provider's own list and the SDK say. */
class GoogleFieldsTest {
    private static final Path FILE = Path.of("src", "main", "resources", "resource-types", "google-beta.json");

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** What Pulumi adds to a name to make it a plural, and what stands there in the singular. */
    private static final Map<String, String> ENDINGS = Map.of("ies$", "y", "(ss|sh|ch|x)es$", "$1", "s$", "");

    @Test
    void theFileSaysWhatTheProvidersListSays() {
        var document = new LinkedHashMap<String, Object>();
        document.put("source", ProviderFields.source() + "; names of lists and maps: com.pulumi:gcp 7.0.0");
        document.put(
                "legend",
                "types: fields whose change replaces the resource, a value with all that is in it, a block when it "
                        + "comes or goes; singulars: lists by their names in Pulumi; maps: inputs with keys of one's own");
        document.put("types", replacing());
        document.put("singulars", singulars());
        document.put("maps", maps());

        Golden.of(FILE).matches(GSON.toJson(document) + "\n");
    }

    private static Map<String, Map<String, String>> replacing() {
        var types = new TreeMap<String, Map<String, String>>();
        ProviderFields.byType().forEach((type, fields) -> types.put(type, replacing(fields)));
        return types;
    }

    private static Map<String, String> replacing(Map<String, String> fields) {
        var replacing = new TreeMap<String, String>();
        fields.forEach((path, flags) -> {
            if (flags.contains("F")) {
                var isBlock = fields.keySet().stream().anyMatch(other -> other.startsWith(path + "."));
                replacing.put(path, isBlock ? GoogleFields.BLOCK : "value");
            }
        });
        return replacing;
    }

    private static Map<String, String> singulars() {
        var names = ProviderFields.byType().values().stream()
                .flatMap(fields -> fields.keySet().stream())
                .map(GoogleFieldsTest::last)
                .collect(toSet());
        return inputs().map(input -> TerraformNames.snake(last(input.getKey())))
                .filter(plural -> !names.contains(plural))
                .distinct()
                .flatMap(plural -> ENDINGS.entrySet().stream()
                        .map(ending -> plural.replaceFirst(ending.getKey(), ending.getValue()))
                        .filter(names::contains)
                        .map(singular -> Map.entry(plural, singular)))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue, GoogleFieldsTest::neither, TreeMap::new));
    }

    private static String neither(String one, String other) {
        throw new AssertionError("a plural of both " + one + " and " + other);
    }

    private static Set<String> maps() {
        var maps = new TreeSet<String>();
        inputs().filter(input -> input.getValue() instanceof ParameterizedType type && type.getRawType() == Map.class)
                .forEach(input -> maps.add(last(input.getKey())));
        return maps;
    }

    private static Stream<Map.Entry<String, Type>> inputs() {
        return Stream.of(GoogleType.values())
                .flatMap(type -> SdkType.of(type.token()).orElseThrow().paths().entrySet().stream());
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
