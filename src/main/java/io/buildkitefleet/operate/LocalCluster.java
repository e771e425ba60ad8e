package io.buildkitefleet.operate;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cluster of a local fleet, which is asked by its context alone. */
final class LocalCluster {
    /**
     * The first that has validating admission policies of version {@code v1}:
     * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
     */
    private static final int LEAST_KUBERNETES_MINOR = 30;

    private static final String KUBECTL = "kubectl";

    /** What kind puts before the name of a cluster. */
    private static final String KIND = "kind-";

    /** Some clusters say 30+. */
    private static final Pattern MINOR = Pattern.compile("(\\d{1,4})\\D*");

    private final Machine machine;
    private final String context;

    LocalCluster(Machine machine, String context) {
        this.machine = machine;
        this.context = context;
    }

    Prerequisite examine() {
        var what = "cluster of context " + context;
        var look = List.of(KUBECTL, "--context", context, "version");
        if (machine.find(KUBECTL).isEmpty()) {
            return Prerequisite.unknown(
                    what, "not asked, that takes kubectl; install it", "https://kubernetes.io/docs/tasks/tools/");
        }
        var reply = machine.ask(
                List.of(KUBECTL, "--context", context, "--request-timeout", "10s", "version", "--output", "json"));
        var minor = reply.text().flatMap(JsonAnswer::parse).flatMap(LocalCluster::minor);
        if (minor.isEmpty()) {
            return Prerequisite.missing(
                    what,
                    (reply.reason().isEmpty() ? "it does not say which version it has" : reply.reason())
                            + (context.startsWith(KIND) ? "; start it, or make it" : "; look at it"),
                    context.startsWith(KIND)
                            ? "kind create cluster --name " + context.substring(KIND.length())
                            : String.join(" ", look));
        }
        return minor.get() < LEAST_KUBERNETES_MINOR
                ? Prerequisite.missing(
                        what,
                        "has Kubernetes 1." + minor.get() + ", and the policies of a fleet need 1."
                                + LEAST_KUBERNETES_MINOR + "; make a newer one")
                : Prerequisite.good(what, "answers, with Kubernetes 1." + minor.get());
    }

    private static Optional<Integer> minor(JsonAnswer answer) {
        return answer.field("serverVersion")
                .flatMap(version -> version.text("minor"))
                .map(MINOR::matcher)
                .filter(Matcher::matches)
                .map(found -> Integer.valueOf(found.group(1)));
    }
}
