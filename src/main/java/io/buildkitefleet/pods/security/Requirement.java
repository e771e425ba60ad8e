package io.buildkitefleet.pods.security;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one version of a control asks of a pod. */
@FunctionalInterface
interface Requirement {
    Stream<Breach> breaches(PodFields pod);

    /** Of a pod's own field and of the same one of each container. */
    static String[] ofPodAndContainers(String... paths) {
        return Arrays.stream(paths)
                .flatMap(path -> Stream.of(path, "containers[*]." + path))
                .toArray(String[]::new);
    }

    /** Each field at these paths has what is allowed. */
    static Requirement each(Allowed allowed, String... paths) {
        return pod -> Stream.of(paths).flatMap(path -> pod.at(path).stream()).flatMap(field -> check(field, allowed));
    }

    /** Each container says so itself. */
    static Requirement eachContainer(Allowed allowed, String path) {
        return pod -> pod.containers().stream()
                .flatMap(container -> saidOrLacking(pod, container, path))
                .flatMap(field -> check(field, allowed));
    }

    /**
     * Each container says so, or the pod does for those that say nothing. What is said and not allowed is wrong whoever
     * says it.
     */
    static Requirement podOrEachContainer(Allowed allowed, String path) {
        return pod -> {
            var byPod = pod.at(path).stream().filter(PodField::isSaid).toList();
            var containers = pod.containers();
            var byContainers = containers.stream().flatMap(container -> said(pod, container, path));
            var wrong = Stream.concat(byPod.stream(), byContainers)
                    .flatMap(field -> check(field, allowed))
                    .toList();
            return wrong.isEmpty() && byPod.isEmpty()
                    ? eachContainer(allowed, path).breaches(pod)
                    : wrong.stream();
        };
    }

    private static Stream<PodField> said(PodFields pod, PodField container, String path) {
        return pod.below(container, path).filter(PodField::isSaid);
    }

    private static Stream<PodField> saidOrLacking(PodFields pod, PodField container, String path) {
        var said = said(pod, container, path).toList();
        return said.isEmpty() ? Stream.of(container.lacking(path)) : said.stream();
    }

    /** Each annotation whose key begins so. */
    static Requirement annotations(String beginning, Allowed allowed) {
        return pod -> annotations(pod, key -> key.startsWith(beginning)).flatMap(field -> check(field, allowed));
    }

    /** The annotation with this key, and that of each container whose key is this beginning with its name. */
    static Requirement podAndContainerAnnotations(String key, String beginning, Allowed allowed) {
        return pod -> {
            var keys = pod.containers().stream()
                    .map(container -> beginning + container.container())
                    .collect(Collectors.toSet());
            keys.add(key);
            return annotations(pod, keys::contains).flatMap(field -> check(field, allowed));
        };
    }

    private static Stream<PodField> annotations(PodFields pod, Predicate<String> keys) {
        return pod.annotations().filter(field -> field.misshapen() || keys.test(PodFields.annotation(field)));
    }

    /** Volumes are of one of these types. */
    static Requirement volumes(String words, Predicate<String> types) {
        var ofAllowed = Allowed.any(words, Shape.OBJECT);
        var ofAnother = Allowed.nothing(words, Shape.OBJECT);
        return pod -> pod.at("volumes[*]").stream()
                .flatMap(volume -> volumeTypes(pod, volume))
                .flatMap(type -> check(type, types.test(typeOf(type)) ? ofAllowed : ofAnother));
    }

    /** A volume without any is an empty directory. */
    private static Stream<PodField> volumeTypes(PodFields pod, PodField volume) {
        return volume.misshapen()
                ? Stream.of(volume)
                : volume.value().getAsJsonObject().keySet().stream()
                        .filter(key -> !key.equals("name"))
                        .flatMap(key -> pod.below(volume, key))
                        .filter(type -> !type.isAbsent());
    }

    private static String typeOf(PodField volume) {
        return volume.path().substring(volume.path().lastIndexOf('.') + 1);
    }

    /** A pod on its node's network has each port of a container there, too. */
    static Requirement noHostPorts() {
        var none = Allowed.zero().orNothing();
        return pod -> {
            var onHost = pod.at("hostNetwork").stream().anyMatch(Allowed.flag(true)::allows);
            return pod.at("containers[*].ports[*]").stream().flatMap(port -> pod.below(port, "hostPort")
                    .map(field -> onHost && !field.misshapen() && none.allows(field) ? sameAs(port, field) : field)
                    .flatMap(field -> check(field, none)));
        };
    }

    private static PodField sameAs(PodField port, PodField hostPort) {
        return PodField.of(hostPort.container(), hostPort.path(), PodFields.child(port.value(), "containerPort"));
    }

    static Requirement all(Requirement... requirements) {
        return pod -> Stream.of(requirements).flatMap(requirement -> requirement.breaches(pod));
    }

    /** The API server refuses a pod of Windows in which these fields are set; one in which they are not needs none. */
    default Requirement unlessWindows(Shape shape, String... paths) {
        var system = each(Allowed.any("a text", Shape.TEXT), "os.name");
        var unset = each(Allowed.nothing("nothing in a pod of Windows", shape), paths);
        return pod -> Stream.concat(
                system.breaches(pod),
                pod.at("os.name").stream().anyMatch(Allowed.text("windows")::allows)
                        ? unset.breaches(pod)
                        : breaches(pod));
    }

    /** Root in a user namespace of its own is nobody on the node. */
    default Requirement unlessInUserNamespace() {
        var users = each(Allowed.any("true, false or nothing", Shape.FLAG), "hostUsers");
        return pod -> pod.at("hostUsers").stream().anyMatch(Allowed.flag(false)::allows)
                ? breaches(pod).filter(Breach::isMalformed)
                : Stream.concat(users.breaches(pod), breaches(pod));
    }

    private static Stream<Breach> check(PodField field, Allowed allowed) {
        return allowed.allows(field) ? Stream.empty() : Stream.of(new Breach(field, allowed));
    }
}
