package io.buildkitefleet.kubernetes.admission;

import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.kubernetes.CustomObject;
import io.buildkitefleet.kubernetes.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The policies by which the API server holds every queue to its own: what its pods may be, who may ask for one, and
 * whom a shell reaches. They hold in each namespace that has the label of a queue, from the moment on in which it is
 * there; what differs from queue to queue is in the ConfigMap {@link #PARAMETERS} of the namespace.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/">Kubernetes</a>
 */
public final class QueueAdmission extends FleetComponent {
    /** The ConfigMap of a queue's namespace that the policies read. */
    public static final String PARAMETERS = "admission";

    private static final String TYPE = "buildkite-fleet:kubernetes:QueueAdmission";
    private static final String API_VERSION = "admissionregistration.k8s.io/v1";

    /** Each a file of the resources, and a policy that is called like it. */
    private static final List<String> POLICIES = List.of("jobs", "controllers", "mirrors", "changes", "shells");

    private final List<Resource> bindings = new ArrayList<>();

    public QueueAdmission(String name, ComponentResourceOptions options) {
        super(TYPE, name, options);
        POLICIES.forEach(policy -> register(name, policy));
        registerOutputs(Map.of());
    }

    /** What has to be there before a queue's controller makes its first Job. */
    public List<Resource> bindings() {
        return List.copyOf(bindings);
    }

    private void register(String name, String file) {
        var spec = read(file);
        var metadata = ObjectMetaArgs.builder().name("buildkite-queue-" + file).build();
        var policy = CustomObject.of(
                name + "-" + file, API_VERSION, "ValidatingAdmissionPolicy", metadata, spec, child().build());
        bindings.add(CustomObject.of(
                name + "-" + file + "-binding",
                API_VERSION,
                "ValidatingAdmissionPolicyBinding",
                metadata,
                binding("buildkite-queue-" + file, spec.containsKey("paramKind")),
                child().dependsOn(policy).build()));
    }

    private static Map<String, Object> binding(String policy, boolean hasParameters) {
        var binding = new LinkedHashMap<String, Object>();
        binding.put("policyName", policy);
        binding.put("validationActions", List.of("Deny"));
        if (hasParameters) {
            // Without a namespace, the ConfigMap is that of the object's own.
            binding.put("paramRef", Map.of("name", PARAMETERS, "parameterNotFoundAction", "Deny"));
        }
        binding.put(
                "matchResources",
                Map.of(
                        "namespaceSelector",
                        Map.of("matchExpressions", List.of(Map.of("key", Labels.QUEUE, "operator", "Exists")))));
        return binding;
    }

    private static Map<String, Object> read(String file) {
        try (InputStream text = QueueAdmission.class.getResourceAsStream("/admission/" + file + ".yaml")) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
