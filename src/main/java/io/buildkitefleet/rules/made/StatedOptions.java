package io.buildkitefleet.rules.made;

import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.Registration;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a plan states of a resource beside its inputs, as text by the name that it has there. Lists are sets here. */
final class StatedOptions {
    private static final String ALIASES = "aliases";
    private static final String DEPENDENCIES = "dependencies";
    private static final String PROPERTY_DEPENDENCIES = "propertyDependencies";

    /** Pulumi's own plan does not state all of these before the update. */
    static final Set<String> OWN = Set.of(ALIASES, DEPENDENCIES, PROPERTY_DEPENDENCIES);

    private StatedOptions() {}

    static Map<String, String> of(StackPlan plan, Registration resource) {
        var options = resource.options();
        var stated = new LinkedHashMap<String, String>();
        stated.put("type", resource.type());
        stated.put("custom", String.valueOf(resource.custom()));
        stated.put("parent", resource.parent());
        // Before the update nobody knows the id behind it.
        stated.put("provider", resource.providerUrn());
        stated.put("protect", String.valueOf(options.protect()));
        stated.put("retainOnDelete", String.valueOf(options.retainOnDelete()));
        stated.put("deletedWith", options.deletedWith());
        stated.put("ignoreChanges", set(options.ignoreChanges()));
        stated.put("replaceOnChanges", set(options.replaceOnChanges()));
        stated.put("additionalSecretOutputs", set(options.additionalSecretOutputs()));
        stated.put("customTimeouts", timeouts(options.timeouts()));
        stated.put("importID", options.importId());
        stated.put(ALIASES, set(plan.aliases().getOrDefault(resource.urn(), List.of())));
        stated.put(DEPENDENCIES, set(resource.dependencies()));
        stated.put(PROPERTY_DEPENDENCIES, sets(resource.propertyDependencies()));
        return stated;
    }

    private static String set(Collection<String> values) {
        return values.isEmpty() ? "" : String.join(", ", new TreeSet<>(values));
    }

    private static String sets(Map<String, List<String>> values) {
        var sets = new TreeMap<String, String>();
        values.forEach((key, list) -> {
            if (!list.isEmpty()) {
                sets.put(key, set(list));
            }
        });
        return sets.isEmpty() ? "" : sets.toString();
    }

    private static String timeouts(Registration.Timeouts timeouts) {
        return timeouts.equals(Registration.Timeouts.DEFAULT)
                ? ""
                : "create " + seconds(timeouts.create()) + ", update " + seconds(timeouts.update()) + ", delete "
                        + seconds(timeouts.delete());
    }

    private static String seconds(Duration time) {
        return time.isZero() ? "not set" : time.toMillis() / 1000.0 + " s";
    }
}
