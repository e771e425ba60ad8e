package io.buildkitefleet.kubernetes.admission;

import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.kubernetes.AdmissionPolicy;
import io.buildkitefleet.kubernetes.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** Each a file of the resources, and a policy that is called like it. */
    private static final List<String> POLICIES = List.of("jobs", "controllers", "mirrors", "changes", "shells");

    /** Those that say something of pools. */
    private static final List<String> WITHOUT_POOLS = List.of("jobs", "controllers");

    private static final String WITHOUT_POOLS_DIRECTORY = "without-pools/";

    private final List<Resource> bindings = new ArrayList<>();

    /** @param withPools whether the nodes of the cluster are pools of the fleet, to which pods are held as well */
    public QueueAdmission(String name, boolean withPools, ComponentResourceOptions options) {
        super(TYPE, name, options);
        POLICIES.forEach(file -> bindings.add(
                policy(file, withPools).register(name + "-" + file, name + "-" + file + "-binding", this::child)));
        registerOutputs(Map.of());
    }

    /** Each of the policies, as they are registered. */
    public static List<AdmissionPolicy> policies(boolean withPools) {
        return POLICIES.stream().map(file -> policy(file, withPools)).toList();
    }

    private static AdmissionPolicy policy(String file, boolean withPools) {
        var name = "buildkite-queue-" + file;
        var spec = withPools ? AdmissionPolicy.file(file) : withoutPools(file);
        return new AdmissionPolicy(name, spec, binding(name, spec.containsKey("paramKind")));
    }

    /** What has to be there before a queue's controller makes its first Job. */
    public List<Resource> bindings() {
        return List.copyOf(bindings);
    }

    /** The policy with validations in place of those that are about pools. */
    private static Map<String, Object> withoutPools(String file) {
        return WITHOUT_POOLS.contains(file)
                ? AdmissionPolicy.file(file, WITHOUT_POOLS_DIRECTORY + file)
                : AdmissionPolicy.file(file);
    }

    private static Map<String, Object> binding(String policy, boolean hasParameters) {
        var binding = new LinkedHashMap<String, Object>();
        binding.put("policyName", policy);
        binding.put("validationActions", List.of("Deny"));
        if (hasParameters) {
            // Without a namespace, the ConfigMap is that of the object's own.
            binding.put("paramRef", Map.of("name", PARAMETERS, "parameterNotFoundAction", "Deny"));
        }
        binding.put("matchResources", AdmissionPolicy.inLabelled(Labels.QUEUE));
        return binding;
    }
}
