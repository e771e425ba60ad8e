package io.buildkitefleet.pulumi;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Which plain scalars are not strings, by the rules of go-yaml v3, with which Pulumi reads its files. YAML 1.1, the
 * default of this library, would make {@code yes}, {@code on} and {@code 1:30} a boolean or a number.
 */
final class GoYamlResolver extends Resolver {
    private static final Pattern GO_BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern GO_INT = Pattern.compile("[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|0|[1-9][0-9_]*)");
    private static final Pattern GO_FLOAT = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern GO_NULL = Pattern.compile("~|null|Null|NULL");
    private static final Pattern GO_DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}");
    private static final Pattern GO_TIME = Pattern.compile(
            GO_DATE + "( {time}|[Tt]{time}(Z|[-+][0-9]{2}:[0-9]{2}))".replace("{time}", "[0-9:]{5,8}(\\.[0-9]+)?"));

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.BOOL, GO_BOOL, "tTfF");
        addImplicitResolver(Tag.INT, GO_INT, "-+0123456789");
        addImplicitResolver(Tag.FLOAT, GO_FLOAT, "-+0123456789.");
        addImplicitResolver(Tag.MERGE, MERGE, "<");
        addImplicitResolver(Tag.NULL, GO_NULL, "~nN");
        addImplicitResolver(Tag.NULL, EMPTY, null);
        addImplicitResolver(Tag.TIMESTAMP, GO_DATE, "0123456789");
        addImplicitResolver(Tag.TIMESTAMP, GO_TIME, "0123456789");
    }
}
