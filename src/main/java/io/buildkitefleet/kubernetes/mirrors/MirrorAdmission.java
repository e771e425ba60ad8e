package io.buildkitefleet.kubernetes.mirrors;

import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.kubernetes.AdmissionPolicy;
import io.buildkitefleet.kubernetes.CustomObject;
import io.buildkitefleet.kubernetes.agent.GitMirror;
import java.util.List;
import java.util.Map;

/**
 * Gives each new pod the disk of git mirrors that is in use, which its release cannot know: pods ask for an empty
 * directory, and the API server puts the claim in its place that the ConfigMap of the pod's namespace names. A pod
 * whose claim is missing would wait for it; here, whatever is missing or fails leaves the empty directory, and the job
 * clones. Clusters serve this API from Kubernetes 1.36 on:
 * https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
public final class MirrorAdmission extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:MirrorAdmission";
    private static final String API_VERSION = "admissionregistration.k8s.io/v1";
    private static final String OBJECT = "buildkite-git-mirrors";

    private static final String ASKS =
            "object.spec.?volumes.orValue([]).exists(v, v.name == '" + GitMirror.NAME + "' && has(v.emptyDir))";

    private static final String IS_KNOWN = "params.?data['" + QueueMirror.CLAIM + "'].orValue('') != ''";

    private static final String PATCH = "[JSONPatch{op: 'replace', "
            + "path: '/spec/volumes/' + string(object.spec.volumes.map(v, v.name).indexOf('" + GitMirror.NAME + "')), "
            + "value: Object.spec.volumes{name: '" + GitMirror.NAME + "', "
            + "persistentVolumeClaim: Object.spec.volumes.persistentVolumeClaim{"
            + "claimName: params.data['" + QueueMirror.CLAIM + "'], readOnly: true}}}]";

    /** @param namespaces those of the queues that have a disk */
    MirrorAdmission(String name, List<String> namespaces, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var made = of(namespaces);
        var metadata = ObjectMetaArgs.builder().name(made.name()).build();
        var policy = CustomObject.of(
                name + "-policy", API_VERSION, "MutatingAdmissionPolicy", metadata, made.spec(), child().build());
        CustomObject.of(
                name + "-binding",
                API_VERSION,
                "MutatingAdmissionPolicyBinding",
                metadata,
                made.binding(),
                child().dependsOn(policy).build());
        registerOutputs(Map.of());
    }

    /** The policy, as it is registered, with the namespaces of the queues that have a disk. */
    static AdmissionPolicy of(List<String> namespaces) {
        return new AdmissionPolicy(OBJECT, policy(), binding(namespaces));
    }

    private static Map<String, Object> policy() {
        return Map.of(
                "failurePolicy",
                "Ignore",
                "reinvocationPolicy",
                "Never",
                "paramKind",
                Map.of("apiVersion", "v1", "kind", "ConfigMap"),
                "matchConstraints",
                Map.of(
                        "resourceRules",
                        List.of(Map.of(
                                "apiGroups", List.of(""),
                                "apiVersions", List.of("v1"),
                                "operations", List.of("CREATE"),
                                "resources", List.of("pods")))),
                "matchConditions",
                List.of(
                        Map.of("name", "asks-for-mirrors", "expression", ASKS),
                        Map.of("name", "mirrors-are-ready", "expression", IS_KNOWN)),
                "mutations",
                List.of(Map.of("patchType", "JSONPatch", "jsonPatch", Map.of("expression", PATCH))));
    }

    /** Without a namespace, the ConfigMap is that of the pod's own. */
    private static Map<String, Object> binding(List<String> namespaces) {
        return Map.of(
                "policyName",
                OBJECT,
                "paramRef",
                Map.of("name", QueueMirror.NAME, "parameterNotFoundAction", "Allow"),
                "matchResources",
                AdmissionPolicy.in(namespaces));
    }
}
