package io.buildkitefleet.pods.security;

import static io.buildkitefleet.pods.security.Allowed.flag;
import static io.buildkitefleet.pods.security.Allowed.text;
import static io.buildkitefleet.pods.security.Control.baseline;
import static io.buildkitefleet.pods.security.Control.restricted;
import static io.buildkitefleet.pods.security.Control.since;
import static io.buildkitefleet.pods.security.Requirement.all;
import static io.buildkitefleet.pods.security.Requirement.annotations;
import static io.buildkitefleet.pods.security.Requirement.each;
import static io.buildkitefleet.pods.security.Requirement.eachContainer;
import static io.buildkitefleet.pods.security.Requirement.noHostPorts;
import static io.buildkitefleet.pods.security.Requirement.ofPodAndContainers;
import static io.buildkitefleet.pods.security.Requirement.podAndContainerAnnotations;
import static io.buildkitefleet.pods.security.Requirement.podOrEachContainer;
import static io.buildkitefleet.pods.security.Requirement.volumes;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Pod Security Standards as Kubernetes 1.36.3 has them, control by control, in the order of their page.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security Standards</a>
 * @see <a
 *     href="https://github.com/kubernetes/kubernetes/tree/v1.36.3/staging/src/k8s.io/pod-security-admission/policy">the
 *     evaluator, whose checks have the fields and versions</a>
 */
final class Controls {
    /** The newest minor version of Kubernetes 1 whose controls are known. */
    static final int NEWEST = 36;

    private static final Allowed NO = flag(false).orNothing();

    private static final Allowed PROFILE = text("RuntimeDefault", "Localhost");

    private static final Allowed SECCOMP_ANNOTATION =
            Allowed.textOrBeginningWith("localhost/", "runtime/default", "docker/default");

    /** What each container has by default, but for raw sockets. */
    private static final List<String> DEFAULT_CAPABILITIES = List.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    private static final List<String> VOLUME_TYPES = List.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");

    private static final List<String> SYSCTLS = List.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ping_group_range",
            "net.ipv4.tcp_syncookies");

    private static final List<String> SYSCTLS_27 = with(SYSCTLS, "net.ipv4.ip_local_reserved_ports");

    private static final List<String> SYSCTLS_29 = with(
            SYSCTLS_27,
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_keepalive_time");

    private static final List<String> SYSCTLS_32 = with(SYSCTLS_29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem");

    private static final List<String> SELINUX_TYPES = List.of("", "container_t", "container_init_t", "container_kvm_t");

    /** Whatever a pod brings that may name a host. */
    private static final String[] HANDLERS = Stream.of(
                    "livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop")
            .flatMap(handler -> Stream.of("httpGet", "tcpSocket")
                    .map(action -> "containers[*]." + handler + "." + action + ".host"))
            .toArray(String[]::new);

    private static final String PROC_MOUNT = "containers[*].securityContext.procMount";
    private static final String SECCOMP = "securityContext.seccompProfile.type";
    private static final String ESCALATION = "securityContext.allowPrivilegeEscalation";
    private static final String RUN_AS_USER = "securityContext.runAsUser";

    static final List<Control> ALL = List.of(
            baseline(
                    "HostProcess",
                    "windowsHostProcess",
                    since(0, each(NO, ofPodAndContainers("securityContext.windowsOptions.hostProcess")))),
            baseline("Host Namespaces", "hostNamespaces", since(0, each(NO, "hostNetwork", "hostPID", "hostIPC"))),
            baseline(
                    "Privileged Containers",
                    "privileged",
                    since(0, each(NO, "containers[*].securityContext.privileged"))),
            baseline("Capabilities", "capabilities_baseline", since(0, addedCapabilities(DEFAULT_CAPABILITIES))),
            baseline(
                    "HostPath Volumes",
                    "hostPathVolumes",
                    since(0, volumes("another type of volume", type -> !type.equals("hostPath")))),
            baseline("Host Ports", "hostPorts", since(0, noHostPorts())),
            baseline(
                    "Host Probes / Lifecycle Hooks",
                    "hostProbesAndHostLifecycle",
                    since(34, each(Allowed.emptyText().orNothing(), HANDLERS))),
            baseline("AppArmor", "appArmorProfile", since(0, appArmor())),
            baseline(
                    "SELinux",
                    "seLinuxOptions",
                    since(0, seLinux(SELINUX_TYPES)),
                    since(31, seLinux(with(SELINUX_TYPES, "container_engine_t")))),
            baseline(
                    "/proc Mount Type",
                    "procMount",
                    since(0, each(text("Default").orNothing(), PROC_MOUNT)),
                    since(35, each(text("Default").orNothing(), PROC_MOUNT).unlessInUserNamespace())),
            baseline(
                    "Seccomp",
                    "seccompProfile_baseline",
                    since(
                            0,
                            podAndContainerAnnotations(
                                    "seccomp.security.alpha.kubernetes.io/pod",
                                    "container.seccomp.security.alpha.kubernetes.io/",
                                    SECCOMP_ANNOTATION)),
                    since(19, each(PROFILE, ofPodAndContainers(SECCOMP)))),
            baseline(
                    "Sysctls",
                    "sysctls",
                    since(0, sysctls(SYSCTLS)),
                    since(27, sysctls(SYSCTLS_27)),
                    since(29, sysctls(SYSCTLS_29)),
                    since(32, sysctls(SYSCTLS_32))),
            restricted("Volume Types", "restrictedVolumes", since(0, ofVolumeTypes(VOLUME_TYPES)))
                    .insteadOf("hostPathVolumes"),
            restricted(
                    "Privilege Escalation",
                    "allowPrivilegeEscalation",
                    since(8, eachContainer(flag(false), ESCALATION)),
                    since(
                            25,
                            eachContainer(flag(false), ESCALATION)
                                    .unlessWindows(Shape.FLAG, "containers[*]." + ESCALATION))),
            restricted(
                    "Running as Non-root",
                    "runAsNonRoot",
                    since(0, nonRoot()),
                    since(35, nonRoot().unlessInUserNamespace())),
            restricted(
                    "Running as Non-root user",
                    "runAsUser",
                    since(23, each(Allowed.anyButZero().orNothing(), ofPodAndContainers(RUN_AS_USER))),
                    since(
                            35,
                            each(Allowed.anyButZero().orNothing(), ofPodAndContainers(RUN_AS_USER))
                                    .unlessInUserNamespace())),
            restricted(
                            "Seccomp",
                            "seccompProfile_restricted",
                            since(19, podOrEachContainer(PROFILE, SECCOMP)),
                            since(
                                    25,
                                    podOrEachContainer(PROFILE, SECCOMP)
                                            .unlessWindows(
                                                    Shape.OBJECT,
                                                    ofPodAndContainers("securityContext.seccompProfile"))))
                    .insteadOf("seccompProfile_baseline"),
            restricted(
                            "Capabilities",
                            "capabilities_restricted",
                            since(22, restrictedCapabilities()),
                            since(
                                    25,
                                    restrictedCapabilities()
                                            .unlessWindows(Shape.OBJECT, "containers[*].securityContext.capabilities")))
                    .insteadOf("capabilities_baseline"),
            restricted(
                            "/proc Mount Type",
                            "procMount_restricted",
                            since(35, each(text("Default").orNothing(), PROC_MOUNT)))
                    .insteadOf("procMount"));

    private Controls() {}

    private static Requirement addedCapabilities(List<String> capabilities) {
        return each(Allowed.listOf(capabilities).orNothing(), "containers[*].securityContext.capabilities.add");
    }

    private static Requirement restrictedCapabilities() {
        return all(
                eachContainer(Allowed.listWith("ALL"), "securityContext.capabilities.drop"),
                addedCapabilities(List.of("NET_BIND_SERVICE")));
    }

    private static Requirement appArmor() {
        return all(
                each(PROFILE, ofPodAndContainers("securityContext.appArmorProfile.type")),
                annotations(
                        "container.apparmor.security.beta.kubernetes.io/",
                        Allowed.textOrBeginningWith("localhost/", "runtime/default", "")));
    }

    private static Requirement seLinux(List<String> types) {
        return all(
                each(text(types).orNothing(), ofPodAndContainers("securityContext.seLinuxOptions.type")),
                each(
                        Allowed.emptyText().orNothing(),
                        ofPodAndContainers(
                                "securityContext.seLinuxOptions.user", "securityContext.seLinuxOptions.role")));
    }

    private static Requirement sysctls(List<String> names) {
        return each(text(names), "securityContext.sysctls[*].name");
    }

    private static Requirement nonRoot() {
        return podOrEachContainer(flag(true), "securityContext.runAsNonRoot");
    }

    private static Requirement ofVolumeTypes(List<String> types) {
        return volumes(text(types).words(), types::contains);
    }

    private static List<String> with(List<String> some, String... more) {
        return Stream.concat(some.stream(), Arrays.stream(more)).toList();
    }
}
