package io.buildkitefleet.kubernetes;

import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import io.buildkitefleet.text.BundledFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A policy of the API server and what it is bound to.
 *
 * @param name of both in the cluster
 * @param spec of the policy
 * @param binding the binding's, which names the policy
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/">Kubernetes</a>
 */
public record AdmissionPolicy(String name, Map<String, Object> spec, Map<String, Object> binding) {
    private static final String API_VERSION = "admissionregistration.k8s.io/v1";

    /** The spec of a policy that is a file of {@code admission} in the resources. */
    public static Map<String, Object> file(String name) {
        return new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(BundledFile.text("/admission/" + name + ".yaml"));
    }

    /**
     * The same with other validations, which are those of a second file.
     *
     * @throws IllegalStateException if the policy has none with the tag that the message of one of them begins with
     */
    public static Map<String, Object> file(String name, String others) {
        var spec = file(name);
        var validations = new ArrayList<>(validations(spec));
        for (var other : validations(file(others))) {
            var index = tags(validations).indexOf(tag(other));
            if (index < 0) {
                throw new IllegalStateException(name + " has no validation " + tag(other) + " as " + others + " has");
            }
            validations.set(index, other);
        }
        spec.put("validations", validations);
        return spec;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> validations(Map<String, Object> spec) {
        return (List<Map<String, Object>>) spec.get("validations");
    }

    private static List<String> tags(List<Map<String, Object>> validations) {
        return validations.stream().map(AdmissionPolicy::tag).toList();
    }

    private static String tag(Map<String, Object> validation) {
        var message = String.valueOf(validation.get("message"));
        return message.substring(0, message.indexOf(']') + 1);
    }

    /**
     * The {@code matchResources} of a binding that holds in these namespaces, from the moment on in which one is there.
     */
    public static Map<String, Object> in(List<String> namespaces) {
        return where(Map.of("key", Egress.NAMESPACE_NAME, "operator", "In", "values", namespaces));
    }

    /** The {@code matchResources} of a binding that holds in each namespace that has the label. */
    public static Map<String, Object> inLabelled(String label) {
        return where(Map.of("key", label, "operator", "Exists"));
    }

    private static Map<String, Object> where(Map<String, Object> expression) {
        return Map.of("namespaceSelector", Map.of("matchExpressions", List.of(expression)));
    }

    /**
     * Registers both, the binding last: from then on the policy holds.
     *
     * @param child options of a resource, new each time
     * @return the binding
     */
    public Resource register(String policyName, String bindingName, Supplier<CustomResourceOptions.Builder> child) {
        var metadata = ObjectMetaArgs.builder().name(name).build();
        var policy = CustomObject.of(
                policyName,
                API_VERSION,
                "ValidatingAdmissionPolicy",
                metadata,
                spec,
                child.get().build());
        return CustomObject.of(
                bindingName,
                API_VERSION,
                "ValidatingAdmissionPolicyBinding",
                metadata,
                binding,
                child.get().dependsOn(policy).build());
    }
}
