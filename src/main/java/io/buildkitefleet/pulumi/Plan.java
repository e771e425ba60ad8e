package io.buildkitefleet.pulumi;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What {@code pulumi up} would create in an empty project.
 *
 * @param registrations parents before children; siblings by name, providers first; the same in each run
 * @param diagnostics what the program logged, by resource and text
 */
public record Plan(Project project, Stack stack, List<Registration> registrations, List<Diagnostic> diagnostics) {
    private static final Comparator<Registration> SIBLINGS = Comparator.comparing(
                    (Registration registration) -> !registration.isProvider())
            .thenComparing(Registration::name)
            .thenComparing(Registration::type);

    /** Puts both lists in order. */
    public Plan {
        registrations = inTreeOrder(registrations);
        diagnostics = diagnostics.stream()
                .sorted(Comparator.comparing(Diagnostic::urn).thenComparing(Diagnostic::message))
                .toList();
    }

    /** The configuration by full key; each secret reads {@code [secret]}. */
    public Map<String, String> config() {
        return stack.maskedConfig();
    }

    /** The secret keys that are not set yet and had a placeholder, in alphabetical order. */
    public Set<String> placeholders() {
        return new TreeSet<>(stack.placeholders());
    }

    /** What the program exports, in Pulumi's own form; see {@link PropertyValues#masked}. */
    public JsonObject stackOutputs() {
        return registrations.stream()
                .filter(Registration::isStack)
                .map(Registration::outputs)
                .findFirst()
                .orElseGet(JsonObject::new);
    }

    /** The texts of the warnings. */
    public List<String> warnings() {
        return diagnostics.stream()
                .filter(diagnostic -> diagnostic.severity() == Diagnostic.Severity.WARNING)
                .map(Diagnostic::message)
                .toList();
    }

    /** The resource of this URN. */
    public Optional<Registration> find(String urn) {
        return registrations.stream()
                .filter(registration -> registration.urn().equals(urn))
                .findFirst();
    }

    /** The first resource of this type and name. */
    public Optional<Registration> find(String type, String name) {
        return ofType(type).stream()
                .filter(registration -> registration.name().equals(name))
                .findFirst();
    }

    /** All resources of a type, for example {@code kubernetes:core/v1:Namespace}. */
    public List<Registration> ofType(String type) {
        return registrations.stream()
                .filter(registration -> registration.type().equals(type))
                .toList();
    }

    /** The resources directly below this one. */
    public List<Registration> children(Registration parent) {
        return registrations.stream()
                .filter(registration -> registration.parent().equals(parent.urn()))
                .toList();
    }

    private static List<Registration> inTreeOrder(List<Registration> registrations) {
        Map<String, List<Registration>> byParent =
                registrations.stream().sorted(SIBLINGS).collect(Collectors.groupingBy(Registration::parent));
        var ordered = new ArrayList<Registration>(registrations.size());
        addChildren("", byParent, ordered);
        return List.copyOf(ordered);
    }

    private static void addChildren(
            String parent, Map<String, List<Registration>> byParent, List<Registration> ordered) {
        for (Registration child : byParent.getOrDefault(parent, List.of())) {
            ordered.add(child);
            addChildren(child.urn(), byParent, ordered);
        }
    }
}
