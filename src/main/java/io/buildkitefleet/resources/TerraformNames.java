package io.buildkitefleet.resources;

import java.util.Locale;
import java.util.regex.Pattern;

/** What Terraform calls the inputs that Pulumi's gcp provider, which is made from Terraform's, calls otherwise. */
public final class TerraformNames {
    private static final Pattern WORD = Pattern.compile("([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])");

    private TerraformNames() {}

    /** {@code lifecycleRules} is {@code lifecycle_rule}. */
    public static String attribute(String property) {
        var name = snake(property);
        return GoogleFields.LIST.singulars().getOrDefault(name, name);
    }

    /** Whether it is a map whose keys a person chooses. */
    public static boolean hasOwnKeys(String property) {
        return GoogleFields.LIST.maps().contains(property);
    }

    /** Its words in Terraform's spelling. */
    static String snake(String name) {
        return WORD.matcher(name)
                .replaceAll(word -> word.group(1) != null
                        ? word.group(1) + "_" + word.group(2)
                        : word.group(3) + "_" + word.group(4))
                .toLowerCase(Locale.ROOT);
    }
}
