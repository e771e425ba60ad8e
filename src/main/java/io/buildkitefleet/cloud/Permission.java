package io.buildkitefleet.cloud;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What Google has to allow whoever previews or makes resources: what the provider asks of Google's APIs for each of
 * their types, and what each of those methods needs; of a version of a key also that the program reads it, and of a
 * bucket that it asks for Cloud Storage's agent. Each row of the file has its source. None was tried with an account.
 *
 * @param name as roles have it, such as {@code storage.buckets.get}
 * @param reads whether a preview needs it, too; else only an update does
 * @param source where it was read
 * @param types of the resources that need it, as Pulumi's {@code gcp:storage/bucket:Bucket}
 */
public record Permission(String name, boolean reads, String source, SortedSet<String> types) {
    private static final FactFile FILE = FactFile.of("/cloud/permissions.json");

    public Permission {
        types = new TreeSet<>(types);
    }

    /** Those that these types need, in alphabetical order. */
    public static List<Permission> of(Collection<String> types) {
        var permissions = new TreeMap<String, Permission>();
        for (var type : new TreeSet<>(types)) {
            if (isKnown(type)) {
                var row = rows().getAsJsonObject(type);
                add(row.getAsJsonObject("read"), true, type, permissions);
                add(row.getAsJsonObject("up"), false, type, permissions);
            }
        }
        return List.copyOf(permissions.values());
    }

    /**
     * Those that a deployer of any stack has, in alphabetical order: with another key of the configuration it needs no
     * others. The roles of deployers, who is one, and which roles there are on the project are not for it to change, or
     * it could raise itself; grants on the project are {@link #ofGrants()}.
     */
    public static List<String> ofDeployer(DeployerRole role) {
        var notItsOwn = new TreeSet<>(texts("raising"));
        return of(rows().keySet()).stream()
                .filter(role::takes)
                .filter(permission -> permission.reads() || !notItsOwn.containsAll(permission.types()))
                .map(Permission::name)
                .toList();
    }

    /** Those that granting roles on the project takes, which a condition has to bound. */
    public static List<String> ofGrants() {
        return of(texts("grants")).stream().map(Permission::name).toList();
    }

    /** Whether somebody who has it could raise himself. */
    public static boolean isRaising(String name) {
        return of(texts("raising")).stream()
                .anyMatch(permission -> !permission.reads() && permission.name().equals(name));
    }

    /** Whether resources of a type say who may do what, and so are for the project's owner alone to change. */
    public static boolean isForOwners(String type) {
        return texts("raising").contains(type) && !texts("grants").contains(type);
    }

    private static List<String> texts(String key) {
        return FILE.json().getAsJsonArray(key).asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    /** Whether it was looked up what a type needs. */
    public static boolean isKnown(String type) {
        return rows().has(type);
    }

    private static void add(JsonObject names, boolean reads, String type, Map<String, Permission> permissions) {
        names.asMap()
                .forEach((name, source) -> permissions.merge(
                        name,
                        new Permission(
                                name,
                                reads,
                                sources().get(source.getAsString()).getAsString(),
                                new TreeSet<>(List.of(type))),
                        Permission::and));
    }

    private Permission and(Permission other) {
        var both = new TreeSet<>(types);
        both.addAll(other.types);
        return new Permission(name, reads || other.reads, source, both);
    }

    static JsonObject sources() {
        return FILE.json().getAsJsonObject("sources");
    }

    static JsonObject rows() {
        return FILE.json().getAsJsonObject("types");
    }
}
