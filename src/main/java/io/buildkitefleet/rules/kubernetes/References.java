package io.buildkitefleet.rules.kubernetes;

import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.resources.ResourceType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Objects that others name: by the keys of Kubernetes' own pods, and by those of the controller's values. */
final class References {
    /** Under these keys is the name itself. */
    private static final Map<String, ResourceType> NAMES = Map.of(
            "secretName", KubernetesType.SECRET,
            "agentStackSecret", KubernetesType.SECRET,
            "claimName", KubernetesType.PERSISTENT_VOLUME_CLAIM,
            "serviceAccountName", KubernetesType.SERVICE_ACCOUNT,
            "storageClassName", KubernetesType.STORAGE_CLASS,
            "volumeName", KubernetesType.PERSISTENT_VOLUME);

    /** Under these is an object, or a list of them, with the name under {@code name}. */
    private static final Map<String, ResourceType> OBJECTS = Map.of(
            "secretRef", KubernetesType.SECRET,
            "secretKeyRef", KubernetesType.SECRET,
            "secret", KubernetesType.SECRET,
            "imagePullSecrets", KubernetesType.SECRET,
            "configMapRef", KubernetesType.CONFIG_MAP,
            "configMapKeyRef", KubernetesType.CONFIG_MAP,
            "configMap", KubernetesType.CONFIG_MAP);

    private static final Set<ResourceType> WITHOUT_NAMESPACE =
            Set.of(KubernetesType.STORAGE_CLASS, KubernetesType.PERSISTENT_VOLUME);

    /** Kubernetes makes these in each namespace: https://kubernetes.io/docs/concepts/security/service-accounts/ */
    private static final Set<String> EVERYWHERE = Set.of("default", "kube-root-ca.crt");

    private References() {}

    /**
     * Those that a release, a workload or a claim has in its namespace; what says that it may be missing is left out.
     */
    static Stream<Reference> in(Subject subject) {
        var namespace = namespace(subject);
        return subject.value()
                .all()
                .flatMap(value -> Stream.concat(names(value, namespace), objects(value, namespace)))
                .filter(reference ->
                        reference.type() != KubernetesType.PERSISTENT_VOLUME_CLAIM || !isSuspended(subject));
    }

    private static Stream<Reference> names(InputValue value, String namespace) {
        return value.keys().stream()
                .filter(key -> NAMES.containsKey(key)
                        && !value.key("optional").isTrue()
                        && !value.key(key).isUnknown())
                .map(key ->
                        new Reference(NAMES.get(key), namespace, value.key(key).text()))
                .filter(Reference::says);
    }

    private static Stream<Reference> objects(InputValue value, String namespace) {
        return value.keys().stream()
                .filter(OBJECTS::containsKey)
                .flatMap(key -> Stream.concat(Stream.of(value.key(key)), value.key(key).items().stream())
                        .filter(named -> !named.key("optional").isTrue()
                                && !named.key("name").isUnknown())
                        .map(named -> new Reference(
                                OBJECTS.get(key), namespace, named.key("name").text())))
                .filter(Reference::says);
    }

    /** Who makes a job of one makes its claims first, as the disks of git mirrors are made. */
    private static boolean isSuspended(Subject subject) {
        return subject.at("spec.suspend").isTrue();
    }

    private static String namespace(Subject subject) {
        var own = subject.resource().type().equals(KubernetesType.RELEASE.token())
                ? subject.at("namespace")
                : subject.at("metadata.namespace");
        return own.isUnknown() ? "" : own.text();
    }

    /**
     * An object that is named.
     *
     * @param namespace empty if it is not known
     */
    record Reference(ResourceType type, String namespace, String name) {
        private boolean says() {
            return !name.isEmpty() && !EVERYWHERE.contains(name);
        }

        /** Whether the plan has it, or cannot say: of namespaces that it does not make, it has not everything. */
        boolean isKnownTo(PlannedStack stack) {
            var isGlobal = WITHOUT_NAMESPACE.contains(type);
            return !isGlobal && !hasNamespace(stack)
                    || stack.ofType(type).stream()
                            .anyMatch(object -> (object.at("metadata.name").is(name)
                                            || object.at("metadata.name").isUnknown())
                                    && (isGlobal || isOrMayBe(object.at("metadata.namespace"))));
        }

        private boolean isOrMayBe(InputValue other) {
            return other.isUnknown() || other.is(namespace);
        }

        private boolean hasNamespace(PlannedStack stack) {
            return stack.ofType(KubernetesType.NAMESPACE).stream()
                    .anyMatch(made -> made.at("metadata.name").is(namespace));
        }

        @Override
        public String toString() {
            return type.token().replaceFirst(".*:", "") + " " + name;
        }
    }
}
