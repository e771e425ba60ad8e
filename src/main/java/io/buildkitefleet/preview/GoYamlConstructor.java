package io.buildkitefleet.preview;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
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
    private static final DateTimeFormatter YAML_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("uuuu-M-d[['T'][' ']H:m:s]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[XXX]")
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter GO_TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern(" xx ")
            .toFormatter(Locale.ROOT);

    GoYamlConstructor(LoaderOptions options) {
        super(options);
        yamlConstructors.put(Tag.INT, scalar(GoYamlConstructor::integer));
        yamlConstructors.put(Tag.TIMESTAMP, scalar(GoYamlConstructor::time));
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

    private static Object time(String text) {
        try {
            var time = YAML_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return goText(
                    time instanceof OffsetDateTime zoned
                            ? zoned
                            : time instanceof LocalDateTime local
                                    ? local.atOffset(ZoneOffset.UTC)
                                    : LocalDate.from(time).atStartOfDay().atOffset(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static String goText(OffsetDateTime time) {
        String zone = time.getOffset().equals(ZoneOffset.UTC)
                ? "UTC"
                : DateTimeFormatter.ofPattern("xx", Locale.ROOT).format(time);
        return GO_TIME.format(time) + zone;
    }
}
