package io.buildkitefleet.rules.kubernetes;

import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.plan.Workload;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Services of the plan's namespaces, as addresses name them. */
final class ServiceNames {
    /**
     * With {@code .svc} wherever it stands, without it as the host of an address.
     *
     * @see <a href="https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/">names of Services</a>
     */
    private static final Pattern HOST = Pattern.compile(
            "(?:(?<![A-Za-z0-9.-])(?<service>[a-z0-9-]+)\\.(?<namespace>[a-z0-9-]+)\\.svc(?![A-Za-z0-9-])"
                    + "|://(?:[^/@\\s\"']*@)?(?<host>[a-z0-9-]+)\\.(?<domain>[a-z0-9-]+)(?=[:/\\s\"',]|$))");

    private ServiceNames() {}

    /**
     * Those in the texts of an object, of namespaces that the plan makes. Most texts name none, and are passed at once.
     */
    static Stream<Name> in(PlannedStack stack, Subject subject) {
        var namespaces = namespaces(stack);
        return subject.value()
                .all()
                .map(InputValue::text)
                .filter(text -> namespaces.stream().anyMatch(namespace -> text.contains("." + namespace)))
                .flatMap(text -> HOST.matcher(text)
                        .results()
                        .map(found -> found.group(1) == null
                                ? new Name(found.group(3), found.group(4))
                                : new Name(found.group(1), found.group(2))))
                .filter(name -> namespaces.contains(name.namespace()));
    }

    /** Why nothing of the plan answers for a Service; one without a selector has whoever is put there. */
    static Optional<String> withoutPods(PlannedStack stack, Subject service) {
        var selector = service.at("spec.selector");
        var namespace = service.at("metadata.namespace");
        if (selector.keys().isEmpty()
                || namespace.isUnknown()
                || !namespaces(stack).contains(namespace.text())) {
            return Optional.empty();
        }
        var serving = Workload.subjects(stack).stream()
                .filter(workload -> workload.at("metadata.namespace").is(namespace.text())
                        || workload.at("metadata.namespace").isUnknown())
                .map(Workload::of)
                .filter(workload -> isSelected(selector, workload.template().at("metadata.labels")))
                .toList();
        return serving.isEmpty()
                ? Optional.of("selects pods that nothing in the plan makes")
                : service.at("spec.ports").items().stream()
                        .filter(port -> serving.stream().noneMatch(workload -> answers(workload, target(port))))
                        .findFirst()
                        .map(port ->
                                "leads to port " + target(port).described() + ", at which none of its pods answers");
    }

    private static boolean isSelected(InputValue selector, InputValue labels) {
        return selector.keys().stream()
                .allMatch(label -> labels.key(label).is(selector.key(label).text()));
    }

    /** A number or a name; without it, the Service's own. */
    private static InputValue target(InputValue port) {
        return port.key("targetPort").exists() ? port.key("targetPort") : port.key("port");
    }

    /** A container that names no port may listen at any. */
    private static boolean answers(Workload workload, InputValue target) {
        var ports = workload.allContainers()
                .flatMap(container -> container.key("ports").items().stream())
                .toList();
        return ports.isEmpty()
                || ports.stream()
                        .anyMatch(port -> port.key("containerPort").is(target.text())
                                || port.key("name").is(target.text()));
    }

    private static Set<String> namespaces(PlannedStack stack) {
        return stack.ofType(KubernetesType.NAMESPACE).stream()
                .map(made -> made.at("metadata.name"))
                .filter(name -> !name.isUnknown())
                .map(InputValue::text)
                .collect(Collectors.toSet());
    }

    /** A Service by its two names. */
    record Name(String service, String namespace) {
        boolean isKnownTo(PlannedStack stack) {
            return stack.ofType(KubernetesType.SERVICE).stream()
                    .anyMatch(object -> object.at("metadata.name").is(service)
                            && (object.at("metadata.namespace").is(namespace)
                                    || object.at("metadata.namespace").isUnknown()));
        }

        @Override
        public String toString() {
            return service + "." + namespace;
        }
    }
}
