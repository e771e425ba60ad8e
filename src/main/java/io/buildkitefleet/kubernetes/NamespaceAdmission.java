package io.buildkitefleet.kubernetes;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.text.CelLiteral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Policies by which the API server holds namespaces of the fleet to what they are for. Each is a file of
 * {@code admission} in the resources, and called like it. A policy that fails refuses.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/">Kubernetes</a>
 */
public final class NamespaceAdmission extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:NamespaceAdmission";

    /**
     * What is held to what.
     *
     * @param files the policies
     * @param namespaces the names of the namespaces in which they hold, from the moment on in which there is one
     * @param constants variables of the policies whose values are texts, or lists or objects of them
     */
    public record Args(List<String> files, List<String> namespaces, Map<String, Object> constants) {
        /** The policies, as they are registered. */
        public List<AdmissionPolicy> policies() {
            return files.stream().map(file -> policy(file, this)).toList();
        }
    }

    private final List<Resource> bindings = new ArrayList<>();

    public NamespaceAdmission(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        args.files()
                .forEach(file -> bindings.add(policy(file, args)
                        .register(name + "-" + file + "-policy", name + "-" + file + "-binding", this::child)));
        registerOutputs(Map.of());
    }

    /** What has to be there before anything is made in the namespaces. */
    public List<Resource> bindings() {
        return List.copyOf(bindings);
    }

    private static AdmissionPolicy policy(String file, Args args) {
        var name = "buildkite-" + file;
        var spec = withConstants(AdmissionPolicy.file(file), args.constants());
        return new AdmissionPolicy(name, spec, binding(name, args.namespaces()));
    }

    private static Map<String, Object> binding(String policy, List<String> namespaces) {
        return Map.of(
                "policyName",
                policy,
                "validationActions",
                List.of("Deny"),
                "matchResources",
                AdmissionPolicy.in(namespaces));
    }

    /** Constants come first: what a file says of variables may use them. */
    private static Map<String, Object> withConstants(Map<String, Object> spec, Map<String, Object> constants) {
        var variables = new ArrayList<Object>();
        constants.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(constant -> Map.of("name", constant.getKey(), "expression", CelLiteral.of(constant.getValue())))
                .forEach(variables::add);
        variables.addAll((List<?>) spec.getOrDefault("variables", List.of()));
        var whole = new LinkedHashMap<>(spec);
        whole.put("variables", variables);
        return whole;
    }
}
