package io.buildkitefleet.pulumi;

import java.math.BigInteger;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.Construct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Plain YAML values as Pulumi hands them on: integers in Go's notations, and times as the text that Go prints. */
final class GoYamlConstructor extends SafeConstructor {
    GoYamlConstructor(LoaderOptions options) {
        super(options);
        yamlConstructors.put(Tag.INT, scalar(GoYamlConstructor::integer));
        yamlConstructors.put(Tag.TIMESTAMP, scalar(GoTime::text));
    }

    private static Construct scalar(Function<String, Object> parse) {
        return new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
                return parse.apply(((ScalarNode) node).getValue());
            }
        };
    }

    private static Object integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = text.replace("_", "").replaceFirst("^[-+]", "");
        int radix = radix(digits);
        var value = new BigInteger(radix == 10 ? digits : digits.replaceFirst("^0[box]?", "0"), radix);
        var signed = negative ? value.negate() : value;
        return signed.bitLength() < Long.SIZE ? (Object) signed.longValue() : signed;
    }

    private static int radix(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 10;
        }
        return switch (digits.charAt(1)) {
            case 'b' -> 2;
            case 'x' -> 16;
            default -> 8;
        };
    }
}
