package io.buildkitefleet.pulumi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The environments of Pulumi ESC that a stack's file names under {@code environment}. Pulumi alone can open them.
 *
 * @see <a href="https://www.pulumi.com/docs/esc/integrations/infrastructure/pulumi-iac/">environments of stacks</a>
 */
final class Environments {
    private static final String INLINE = "the one in the file";

    private Environments() {}

    /** Those of a stack's file, for a sentence; empty if there are none. */
    static String of(Map<String, Object> settings) {
        var names = new ArrayList<String>();
        var environment = settings.get("environment");
        if (environment instanceof Map<?, ?> definition) {
            addAll(definition.get("imports"), names);
            if (definition.get("values") != null) {
                names.add(INLINE);
            }
        } else {
            addAll(environment, names);
        }
        return String.join(", ", names);
    }

    /** An import is a name, or a name with options. */
    private static void addAll(Object imports, List<String> names) {
        if (imports instanceof List<?> list) {
            for (var item : list) {
                if (item instanceof Map<?, ?> options) {
                    options.keySet().forEach(name -> names.add(String.valueOf(name)));
                } else {
                    names.add(String.valueOf(item));
                }
            }
        }
    }
}
