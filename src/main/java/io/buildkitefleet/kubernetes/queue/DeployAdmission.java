package io.buildkitefleet.kubernetes.queue;

import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.kubernetes.NamespaceAdmission;
import java.util.List;
import java.util.Map;

/**
 * What the API server takes in the namespaces that jobs deploy into. A pod there has to name the pool of its namespace,
 * since one that names nothing would land on the nodes of the system, the only ones without a taint. That could be set
 * for it, but by a policy that clusters serve from Kubernetes 1.36 on, and then what is deployed would run elsewhere
 * than its manifest says. The system's nodes cannot have a taint either: GKE's own pods would have no place to go.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/">Kubernetes</a>
 */
public final class DeployAdmission {
    /** The network policy of each namespace, which jobs may not change. */
    static final String NETWORK = "own-pods-only";

    private static final List<String> POLICIES = List.of("deploy-pods", "deploy-network");

    private DeployAdmission() {}

    /** @param namespaces those that jobs deploy into */
    public static NamespaceAdmission of(String name, List<String> namespaces, ComponentResourceOptions options) {
        return new NamespaceAdmission(name, args(namespaces), options);
    }

    /** What holds in namespaces that jobs deploy into. */
    public static NamespaceAdmission.Args args(List<String> namespaces) {
        return new NamespaceAdmission.Args(POLICIES, namespaces, Map.of("fleets", NETWORK));
    }
}
