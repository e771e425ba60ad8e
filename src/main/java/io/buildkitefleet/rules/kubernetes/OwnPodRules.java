package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.plan.Workload;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What runs in the fleet's own namespaces: which images, which programs of them, and where. */
public final class OwnPodRules {
    /** What the fleet tells a builder of images, and what does no harm beside it. */
    private static final Pattern BUILDER_ARGUMENT = Pattern.compile("dockerd"
            + "|--(host|addr)=unix:///.+"
            + "|--(bip|default-address-pool|default-network-opt|mtu|userns-remap|log-level|storage-driver)=.+"
            + "|--registry-mirror=https://.+"
            + "|--oci-worker-no-process-sandbox");

    /** What the fleet tells the server of Bazel's cache; that of Go's modules gets no arguments. */
    private static final Pattern SERVER_ARGUMENT = Pattern.compile("--(dir|max_size|access_log_level)=.+"
            + "|--grpc_address=:\\d+"
            + "|--profile_address=none"
            + "|--gcs_proxy\\.(bucket|use_default_credentials)=.+");

    private static final String BUCKET_ARGUMENT = "--gcs_proxy.bucket=";

    private static final String BUCKET_VARIABLE = "ATHENS_STORAGE_GCP_BUCKET";

    /** What says how the servers of caches work, and nothing of where they get things from. */
    private static final Set<String> SERVER_VARIABLES = Set.of(
            "ATHENS_CLOUD_RUNTIME",
            "ATHENS_GOGET_DIR",
            "ATHENS_GOGET_WORKERS",
            "ATHENS_LOG_LEVEL",
            BUCKET_VARIABLE,
            "GOMEMLIMIT",
            "GO_ENV",
            "HOME",
            "TMPDIR");

    private static final Set<String> SERVER_SETTINGS =
            Set.of("ATHENS_GO_BINARY_ENV_VARS=GOPROXY=https://proxy.golang.org", "ATHENS_STORAGE_TYPE=gcp");

    /**
     * What Kubernetes' own classes begin with:
     * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
     */
    private static final String SYSTEM = "system-";

    private static final String DEFAULT_SCHEDULER = "default-scheduler";

    private OwnPodRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("image-chosen", HIGH, "What runs in the fleet's namespaces is an image that the fleet chose")
                        .why(
                                "it runs beside every job, or serves all of them: whoever made the image has what they have")
                        .mend(
                                "name the image in pins.json or in the configuration; a container of your own gets a waiver that says"
                                        + " who reviews its image")
                        .check(OwnPodRules::images),
                Rule.named(
                                "image-program",
                                HIGH,
                                "What runs beside a job is the program of its image, as the fleet starts it")
                        .why(
                                "another command can be anything, and a daemon that listens beyond its socket serves whoever reaches"
                                        + " it")
                        .mend("leave out command and lifecycle, and keep the arguments that the fleet gives")
                        .check(stack -> Check.each(OwnPodRules::served, subject -> program(subject)
                                        .or(() -> otherBucket(stack, subject)))
                                .of(stack)),
                Rule.named(
                                "pod-placement",
                                HIGH,
                                "The fleet's pods are scheduled as others are, and ask the cluster for names")
                        .why(
                                "a pod that names its node goes past taints and quotas of nodes, one of the system's priority evicts"
                                        + " others, and who answers for names can be every server")
                        .mend(
                                "leave out nodeName, schedulerName, hostAliases and dnsConfig.nameservers, and take a PriorityClass of your own")
                        .check(stack -> Check.each(OwnPodRules::own, subject -> placed(subject)
                                        .or(() -> anyNode(stack, subject)))
                                .of(stack)));
    }

    private static Outcome images(PlannedStack stack) {
        var own = own(stack);
        if (own.isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        if (stack.fleet().isEmpty()) {
            return new Outcome.NotChecked(Outcome.NotChecked.NOT_OUR_PLAN);
        }
        var chosen = Set.copyOf(stack.fleet().get().images());
        return chosen.isEmpty()
                ? new Outcome.NotChecked(
                        "the plan is of an older version, which does not say what images it runs; make it anew")
                : Check.each(unused -> own, subject -> foreign(stack, chosen, subject))
                        .of(stack);
    }

    /** What other rules find about an image says more of what is wrong with it. */
    private static Optional<String> foreign(PlannedStack stack, Set<String> chosen, Subject subject) {
        return JobRules.images(subject)
                .filter(image -> !chosen.contains(image))
                .findFirst()
                .filter(unused ->
                        !JobRules.isSpokenOf(stack, subject) && !RegistryMirrorRules.isSpokenOf(stack, subject))
                .map(image -> "runs " + image + ", which neither pins.json nor the configuration names");
    }

    /** The releases, and the workloads of the namespaces that they and the caches are in. */
    private static List<Subject> own(PlannedStack stack) {
        var namespaces = Releases.namespaces(stack);
        return Stream.concat(
                        Releases.subjects(stack).stream(),
                        Workload.subjects(stack).stream()
                                .filter(workload -> isOfCaches(workload)
                                        || namespaces.contains(workload.at("metadata.namespace")
                                                .text())))
                .toList();
    }

    /** Those whose images have the program that they run; what fills git mirrors is a script of the fleet's. */
    private static List<Subject> served(PlannedStack stack) {
        return own(stack).stream()
                .filter(subject -> isRelease(subject) || isOfCaches(subject))
                .toList();
    }

    private static boolean isOfCaches(Subject workload) {
        return workload.at("metadata.namespace").is(CacheServer.NAMESPACE);
    }

    private static boolean isRelease(Subject subject) {
        return subject.resource().type().equals(KubernetesType.RELEASE.token());
    }

    private static InputValue pod(Subject subject) {
        return isRelease(subject)
                ? new Release(subject).pod()
                : Workload.of(subject).pod();
    }

    private static Stream<InputValue> containers(Subject subject) {
        return isRelease(subject)
                ? new Release(subject).containers().stream()
                : Workload.of(subject).allContainers();
    }

    private static Optional<String> program(Subject subject) {
        return containers(subject)
                .flatMap(container -> program(container, isRelease(subject)).stream()
                        .map(flaw -> container.key("name").described() + " " + flaw))
                .findFirst();
    }

    private static Optional<String> program(InputValue container, boolean isOfJobs) {
        return Stream.of("command", "lifecycle")
                .filter(key ->
                        container.key(key).exists() && !container.key(key).isEmpty())
                .findFirst()
                .map(key -> "has a " + key + " of its own")
                .or(() -> container.key("args").texts().stream()
                        .filter(argument -> !(isOfJobs ? BUILDER_ARGUMENT : SERVER_ARGUMENT)
                                .matcher(argument)
                                .matches())
                        .findFirst()
                        .map(argument -> "is started with " + argument))
                .or(() -> isOfJobs ? Optional.empty() : variable(container));
    }

    /** A server takes where it gets things from, and whom it tells them, from its variables. */
    private static Optional<String> variable(InputValue container) {
        if (!container.key("envFrom").items().isEmpty()) {
            return Optional.of("has variables from elsewhere");
        }
        return container.key("env").items().stream()
                .filter(variable -> !SERVER_VARIABLES.contains(
                                variable.key("name").text())
                        && !SERVER_SETTINGS.contains(variable.key("name").text() + "="
                                + variable.key("value").text()))
                .findFirst()
                .map(variable -> "is given " + variable.key("name").described());
    }

    /** Where a server keeps what it serves. */
    private static Optional<String> otherBucket(PlannedStack stack, Subject subject) {
        if (isRelease(subject)) {
            return Optional.empty();
        }
        return containers(subject)
                .flatMap(container -> Stream.concat(
                        container.key("args").texts().stream()
                                .filter(argument -> argument.startsWith(BUCKET_ARGUMENT))
                                .map(argument -> argument.substring(BUCKET_ARGUMENT.length())),
                        container.key("env").items().stream()
                                .filter(variable -> variable.key("name").is(BUCKET_VARIABLE))
                                .map(variable -> variable.key("value").text())))
                .filter(bucket -> stack.ofType(GoogleType.BUCKET).stream()
                        .noneMatch(planned -> planned.at("name").is(bucket)))
                .findFirst()
                .map(bucket -> "keeps what it serves in " + bucket + ", which is no bucket of the plan");
    }

    /**
     * The nodes of jobs are taken back, and who breaks out of one has what else is on it. A job's own names its pool.
     */
    private static Optional<String> anyNode(PlannedStack stack, Subject subject) {
        if (isRelease(subject)) {
            return Optional.empty();
        }
        var pod = pod(subject);
        return Subject.flawIf(
                        pod.key("tolerations").items().stream()
                                .anyMatch(toleration -> !toleration.key("key").exists()),
                        "tolerations has one of every taint")
                .or(() -> Subject.flawIf(
                        isOfCaches(subject)
                                && !stack.isLocal()
                                && !pod.key("nodeSelector").key(Nodes.LABEL).exists(),
                        "nodeSelector names no pool"));
    }

    private static Optional<String> placed(Subject subject) {
        var pod = pod(subject);
        var priority = pod.key("priorityClassName");
        var scheduler = pod.key("schedulerName");
        return Stream.of("nodeName", "hostAliases", "dnsConfig.nameservers")
                .filter(path -> pod.at(path).exists() && !pod.at(path).isEmpty())
                .map(path -> path + " is " + pod.at(path).described())
                .findFirst()
                .or(() -> Subject.flawIf(
                        priority.text().startsWith(SYSTEM), "priorityClassName is " + priority.described()))
                .or(() -> Subject.flawIf(
                        scheduler.exists() && !scheduler.is(DEFAULT_SCHEDULER),
                        "schedulerName is " + scheduler.described()));
    }
}
