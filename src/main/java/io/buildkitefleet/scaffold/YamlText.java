package io.buildkitefleet.scaffold;

import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;

/** Writes texts into YAML so that Pulumi, which reads another YAML than this library, reads texts. */
final class YamlText {
    /** What begins with a digit may be a number or a date there and none here. */
    private static final String LETTER_FIRST = "(?s)[A-Za-z].*";

    private YamlText() {}

    /** One line, in quotes if it would mean something else without. */
    static String inline(String value) {
        var isPlain = value.matches(LETTER_FIRST);
        var list = dump(List.of(value), isPlain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
        return list.substring(1, list.length() - 1);
    }

    /** A list as one line, each text in quotes. */
    static String inline(List<String> values) {
        return dump(values, ScalarStyle.DOUBLE_QUOTED);
    }

    private static String dump(List<String> values, ScalarStyle style) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.FLOW);
        options.setDefaultScalarStyle(style);
        options.setSplitLines(false);
        options.setWidth(Integer.MAX_VALUE);
        return new Yaml(options).dump(values).strip();
    }
}
