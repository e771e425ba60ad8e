package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.LOW;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Quantity;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the pods of jobs, and whatever else runs in the cluster, must be. */
public final class JobRules {
    private static final Pattern PINNED_IMAGE = Pattern.compile(".+(@sha256:[0-9a-f]{64}|:(?!latest$)[\\w][\\w.-]*)");

    private static final Pattern EXACT_VERSION = Pattern.compile("v?\\d+\\.\\d+\\.\\d+([+-].+)?");

    private static final Pattern ANY_HOST_KEY = Pattern.compile("StrictHostKeyChecking[= ](?!yes\\b)");

    /** What of a release only says how Helm goes about it, or is what rules read. */
    private static final Set<String> OF_A_RELEASE = Set.of(
            "allowNullValues",
            "atomic",
            "chart",
            "cleanupOnFail",
            "compat",
            "createNamespace",
            "description",
            "disableCRDHooks",
            "disableWebhooks",
            "forceUpdate",
            "keyring",
            "lint",
            "maxHistory",
            "name",
            "namespace",
            "recreatePods",
            "renderSubchartNotes",
            "replace",
            "resetValues",
            "resourceNames",
            "skipAwait",
            "skipCrds",
            "timeout",
            "values",
            "verify",
            "version",
            "waitForJobs");

    private JobRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("image-pinned", HIGH, "Every image names its version or digest")
                        .why("what runs tomorrow is not what was reviewed today")
                        .mend(
                                "write image@sha256:DIGEST, or image:VERSION where whoever may push it is trusted; never latest")
                        .check(Check.each(JobRules::withImages, JobRules::unpinned)),
                Rule.named("image-own-digest", HIGH, "Images that jobs may replace are named by their digest")
                        .why(
                                "a job that pushes to the fleet's registry moves the tag, and its code runs in another queue")
                        .mend("write image@sha256:DIGEST where an image of the fleet's own registry is named")
                        .check(stack -> Check.each(JobRules::withImages, subject -> replaceable(stack, subject))
                                .of(stack)),
                Rule.named("chart-pinned", HIGH, "Every chart names its version")
                        .why("the next up would install whatever is newest")
                        .mend("set version to one version, such as 0.47.0")
                        .check(Check.each(
                                KubernetesType.RELEASE,
                                release -> flawIf(
                                        !EXACT_VERSION
                                                .matcher(release.at("version").text())
                                                .matches(),
                                        "version is " + release.at("version").described()))),
                Rule.named(
                                "chart-alone",
                                HIGH,
                                "What a controller's release installs is its chart with the values of the plan")
                        .why(
                                "a program that changes what the chart makes, or values from a file, can make any pod, and no rule sees it")
                        .mend("name the registry in chart, write all values in values, and leave out the rest")
                        .check(Check.eachRelease(JobRules::beside)),
                Rule.named("git-host-keys", MEDIUM, "Git servers are believed by keys that are known beforehand")
                        .why("whoever answers in a server's place gives trusted jobs their code")
                        .mend("give what fetches a file known_hosts, and ssh StrictHostKeyChecking=yes")
                        .check(Check.each(JobRules::fetching, JobRules::believing)),
                Rule.named("job-account", MEDIUM, "Jobs run as a service account of their queue")
                        .why("what the default account may do, every pod may")
                        .mend("set serviceAccountName in pod-spec-patch")
                        .source(CIS + "4.1.4")
                        .check(stack -> Check.eachRelease(release -> account(stack, release))
                                .of(stack)),
                Rule.named("job-seccomp", MEDIUM, "Jobs make no unusual system calls")
                        .why("most ways out of a container begin with a call that no job needs")
                        .mend("set securityContext.seccompProfile.type: RuntimeDefault in pod-spec-patch")
                        .source(CIS + "4.6.2")
                        .check(Check.eachRelease(JobRules::seccomp)),
                Rule.named("job-resources", MEDIUM, "A job states what it needs, and how much memory is the most")
                        .why(
                                "a job without requests lands on a full node, and one without a limit takes the others down")
                        .mend("set requests of cpu and memory, and a limit of memory, in the queue's resource class")
                        .check(Check.eachRelease(release -> {
                            var flaws = Quantity.flaws(release.resources()).toList();
                            return flawIf(!flaws.isEmpty(), String.join(", ", flaws));
                        })),
                Rule.named("job-grace", MEDIUM, "Jobs on nodes that are taken back end in 15 seconds")
                        .why("a longer grace is not granted: the agent is killed before it can say why")
                        .mend("set default-termination-grace-period-seconds to 15 or less")
                        .check(JobRules::grace),
                Rule.named("secrets-as-files", LOW, "Secrets reach jobs as files")
                        .why("every child of a job inherits its environment, and many print it")
                        .mend("mount the Secret, or read it from Secret Manager with the queue's identity")
                        .source(CIS + "4.4.1")
                        .check(Check.eachRelease(release -> flawIf(
                                release.config()
                                        .all()
                                        .anyMatch(value -> value.key("secretRef")
                                                        .exists()
                                                || value.key("secretKeyRef").exists()),
                                "puts a Secret into the environment"))));
    }

    private static Optional<String> account(PlannedStack stack, Release release) {
        var account = release.pod().key("serviceAccountName");
        if (!account.exists() || account.is("default")) {
            return Optional.of("serviceAccountName is " + account.described());
        }
        var isOfPlan = stack.ofType(KubernetesType.SERVICE_ACCOUNT).stream()
                .filter(planned -> planned.at("metadata.namespace").is(release.namespace()))
                .anyMatch(planned -> planned.at("metadata.name").is(account.text()));
        // Whose account the controller's is, agent-token-place says.
        return flawIf(
                !isOfPlan && !account.isUnknown() && !account.is(release.controllerAccount()),
                "serviceAccountName is " + account.text() + ", which the plan does not make in " + release.namespace());
    }

    /** A profile that Pod Security would not take is refused by {@code pod-admitted}. */
    private static Optional<String> seccomp(Release release) {
        var profile = release.pod().at("securityContext.seccompProfile");
        return flawIf(!profile.exists() || profile.at("type").is("Localhost"), "seccompProfile is not RuntimeDefault");
    }

    /** What is set beside, and is not off: another source of the chart, values from elsewhere, a program on its way. */
    private static Optional<String> beside(Release release) {
        var inputs = release.subject().value();
        return inputs.keys().stream()
                .filter(key -> !OF_A_RELEASE.contains(key) && !isOff(inputs.key(key)))
                .sorted()
                .findFirst()
                .map(key -> "sets " + key);
    }

    private static boolean isOff(InputValue value) {
        return !value.exists() || value.is(false) || value.is("") || value.isEmpty();
    }

    /** Whatever names an image. */
    static List<Subject> withImages(PlannedStack stack) {
        return stack.ofProvider("kubernetes").stream()
                .filter(subject -> images(subject).findAny().isPresent())
                .toList();
    }

    /** The hooks of a queue, and the script that fills git mirrors. */
    private static List<Subject> fetching(PlannedStack stack) {
        return stack.ofType(KubernetesType.CONFIG_MAP).stream()
                .filter(map -> map.at("data").key("pre-bootstrap").exists()
                        || map.at("data").key("populate").exists())
                .toList();
    }

    private static Optional<String> believing(Subject map) {
        var files = map.at("data");
        var texts = files.keys().stream().map(name -> files.key(name).text()).toList();
        if (texts.stream().anyMatch(text -> ANY_HOST_KEY.matcher(text).find())
                || texts.stream().noneMatch(text -> text.contains("StrictHostKeyChecking=yes"))) {
            return Optional.of("takes whichever key a git server shows");
        }
        return flawIf(files.key("known_hosts").text().isBlank(), "knows no git server");
    }

    /** The images that it names. */
    static Stream<String> images(Subject subject) {
        return subject.value()
                .all()
                // Of a volume that is an image, the name stands one level below.
                .flatMap(value -> Stream.of(value.key("image"), value.at("image.reference")))
                .peek(InputValue::need)
                .filter(image -> image.exists() && !image.isUnknown() && !image.isObject())
                .map(InputValue::text);
    }

    private static Optional<String> unpinned(Subject subject) {
        return images(subject)
                .filter(image -> !PINNED_IMAGE.matcher(image).matches())
                .findFirst()
                .map(image -> "runs " + image);
    }

    /** Whether an image of it is one that moves. */
    static boolean isSpokenOf(PlannedStack stack, Subject subject) {
        return unpinned(subject).or(() -> replaceable(stack, subject)).isPresent();
    }

    private static Optional<String> replaceable(PlannedStack stack, Subject subject) {
        var pushed = stack.ofType(GoogleType.REPOSITORY_MEMBER).stream()
                .anyMatch(grant -> !grant.at("role").is("roles/artifactregistry.reader"));
        var own = stack.ofType(GoogleType.REPOSITORY).stream()
                .map(JobRules::registry)
                .toList();
        return images(subject)
                .filter(image -> pushed && !image.contains("@"))
                .filter(image -> own.stream().anyMatch(image::startsWith))
                .findFirst()
                .map(image -> "runs " + image + ", whose tag jobs can move");
    }

    /** What the names of a repository's images begin with. */
    private static String registry(Subject repository) {
        return repository.at("location").text() + "-docker.pkg.dev/"
                + repository.at("project").text() + "/"
                + repository.at("repositoryId").text() + "/";
    }

    private static Outcome grace(PlannedStack stack) {
        var onReclaimable = Releases.of(stack).stream()
                .filter(release -> Nodes.ofPool(stack, release.pool()).stream().anyMatch(Nodes::isReclaimable))
                .map(Release::subject)
                .toList();
        return Check.each(unused -> onReclaimable, subject -> {
                    var grace = new Release(subject).config().key("default-termination-grace-period-seconds");
                    return flawIf(!grace.exists() || grace.number() > 15, "gives " + grace.described() + " seconds");
                })
                .of(stack);
    }
}
