package io.buildkitefleet.resources;

import com.google.gson.Gson;
import io.buildkitefleet.text.BundledFile;
import java.util.Map;
import java.util.Set;

/**
 * What Google's provider says of the fields of its resources, as far as the program needs it. The file is generated
 * from the provider's list; it says where that is from, and GoogleFieldsTest holds it against the list.
 *
 * @param types by Terraform's name of a type the fields whose change replaces a resource: each is a {@code value},
 *     which holds for all that is in it, or a {@code block}, of which only counts that it comes or goes
 * @param singulars lists that Pulumi names in the plural, by that name in Terraform's spelling
 * @param maps inputs whose keys a person chooses
 */
record GoogleFields(Map<String, Map<String, String>> types, Map<String, String> singulars, Set<String> maps) {
    static final String BLOCK = "block";
    static final GoogleFields LIST = read("/resource-types/google-beta.json");

    private static GoogleFields read(String file) {
        return new Gson().fromJson(BundledFile.text(file), GoogleFields.class);
    }
}
