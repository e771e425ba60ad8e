package io.buildkitefleet.pods.security;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Pod Security holds pods to.
 *
 * @param minor the minor version of Kubernetes 1 whose controls apply; of versions that are newer than what is known,
 *     the newest that is known stands in
 */
public record PodSecurity(Level level, int minor) {
    /** The label of a namespace that says its level. */
    public static final String LEVEL = "pod-security.kubernetes.io/enforce";

    /** The label of a namespace that says the version of its level. */
    public static final String VERSION = "pod-security.kubernetes.io/enforce-version";

    private static final String LATEST = "latest";

    private static final Pattern MINOR = Pattern.compile("v1\\.(0|[1-9][0-9]{0,8})");

    public PodSecurity {
        minor = Math.min(minor, Controls.NEWEST);
    }

    /** A level in the newest version that is known. */
    public static PodSecurity latest(Level level) {
        return new PodSecurity(level, Controls.NEWEST);
    }

    /**
     * What a namespace enforces by its labels; nothing if the API server would refuse those. Who says no level enforces
     * none, as GKE has it.
     */
    public static Optional<PodSecurity> enforcedBy(JsonObject labels) {
        return level(PodFields.child(labels, LEVEL))
                .flatMap(level -> minor(PodFields.child(labels, VERSION)).map(minor -> new PodSecurity(level, minor)));
    }

    private static Optional<Level> level(JsonElement label) {
        return label.isJsonNull() ? Optional.of(Level.PRIVILEGED) : Level.named(text(label));
    }

    private static Optional<Integer> minor(JsonElement label) {
        if (label.isJsonNull() || text(label).equals(LATEST)) {
            return Optional.of(Controls.NEWEST);
        }
        var version = MINOR.matcher(text(label));
        return version.matches() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
    }

    private static String text(JsonElement label) {
        return label instanceof JsonPrimitive text && text.isString() ? text.getAsString() : "";
    }

    /**
     * What is wrong with a pod, in the order of the controls; each field once.
     *
     * @param pod with its {@code metadata} and its {@code spec}
     */
    public List<Violation> violations(JsonObject pod) {
        var fields = new PodFields(pod);
        var seen = new HashSet<String>();
        var violations = new ArrayList<Violation>();
        Stream.concat(
                        controls().stream().flatMap(control -> control.violations(fields, minor)),
                        Controls.ALL.stream().flatMap(control -> control.malformed(fields)))
                .filter(violation -> seen.add(violation.path()))
                .forEach(violations::add);
        return List.copyOf(violations);
    }

    /** The names of controls that its level has in the newest version that is known, and not in this one. */
    public List<String> lacking() {
        return Controls.ALL.stream()
                .filter(control -> control.level().compareTo(level) <= 0)
                .filter(control -> control.in(minor).isEmpty()
                        && control.in(Controls.NEWEST).isPresent())
                .map(Control::name)
                .distinct()
                .toList();
    }

    private List<Control> controls() {
        var own = Controls.ALL.stream()
                .filter(control -> control.level().compareTo(level) <= 0)
                .filter(control -> control.in(minor).isPresent())
                .toList();
        var replaced =
                own.stream().flatMap(control -> control.replaces().stream()).collect(Collectors.toSet());
        return own.stream()
                .filter(control -> !replaced.contains(control.check()))
                .toList();
    }
}
