package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.plan.Workload;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** As whom the fleet's pods act towards Google and others, and what runs in them beside their programs. */
public final class ServerRules {
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    /** How a builder of images is asked whether it has started. */
    private static final Pattern ASKING =
            Pattern.compile("docker --host=unix://\\S+ info|buildctl --addr=unix://\\S+ debug workers");

    private ServerRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("server-own", HIGH, "A cache server acts as itself, on a bucket that is its own")
                        .why(
                                "in another's bucket it can read nothing, or hand out what another server took in under weaker checks")
                        .mend("keep serviceAccountName and the bucket that the program gives each server")
                        .check(stack -> Check.each(ServerRules::servers, server -> elsewhere(stack, server))
                                .of(stack)),
                Rule.named("probe-command", HIGH, "A probe asks whether something runs, and runs nothing else")
                        .why("what a probe executes runs every few seconds, with all that the container has")
                        .mend("use a probe of httpGet, grpc or tcpSocket")
                        .check(Check.each(ServerRules::own, ServerRules::executing)),
                Rule.named("token-audience", MEDIUM, "No pod holds a token of the cluster for somebody else")
                        .why("whoever trusts the cluster as an issuer takes it for the pod, from anywhere")
                        .mend("leave out audience; Google's identities come from the metadata server")
                        .source("https://kubernetes.io/docs/concepts/storage/projected-volumes/")
                        .check(Check.each(ServerRules::pods, ServerRules::foreignToken)));
    }

    private static List<Subject> servers(PlannedStack stack) {
        return Workload.subjects(stack).stream()
                .filter(workload -> workload.at("metadata.namespace").is(CacheServer.NAMESPACE))
                .toList();
    }

    private static List<Subject> own(PlannedStack stack) {
        return Stream.concat(Releases.subjects(stack).stream(), servers(stack).stream())
                .toList();
    }

    private static List<Subject> pods(PlannedStack stack) {
        return Stream.concat(Releases.subjects(stack).stream(), Workload.subjects(stack).stream())
                .toList();
    }

    private static boolean isRelease(Subject subject) {
        return subject.resource().type().equals(KubernetesType.RELEASE.token());
    }

    private static Stream<InputValue> containers(Subject subject) {
        return isRelease(subject)
                ? new Release(subject).containers().stream()
                : Workload.of(subject).allContainers();
    }

    /** Of an account that the plan does not have, {@code reference-present} or {@code workload-account} speaks. */
    private static Optional<String> elsewhere(PlannedStack stack, Subject server) {
        var name = Workload.of(server).pod().key("serviceAccountName");
        return stack.ofType(KubernetesType.SERVICE_ACCOUNT).stream()
                .filter(account -> account.at("metadata.namespace").is(CacheServer.NAMESPACE)
                        && account.at("metadata.name").is(name.text()))
                .flatMap(account -> otherBucket(stack, server, account).stream())
                .findFirst()
                .map(bucket -> "keeps what it serves in " + bucket + ", and acts as " + name.described()
                        + ", which is granted nothing there");
    }

    /** As whom Google knows the pods of an account, its annotation says. */
    private static Optional<String> otherBucket(PlannedStack stack, Subject server, Subject account) {
        var member = "serviceAccount:"
                + account.at("metadata.annotations").key(Workloads.ANNOTATION).text();
        return stack.ofType(GoogleType.BUCKET).stream()
                .map(bucket -> bucket.at("name").text())
                .filter(bucket -> names(server, bucket) && !isGranted(stack, bucket, member))
                .findFirst();
    }

    /** Which buckets a server has, its arguments and variables say. */
    private static boolean names(Subject server, String bucket) {
        return containers(server)
                .flatMap(container -> Stream.concat(
                        container.key("args").texts().stream(),
                        container.key("env").items().stream()
                                .map(variable -> variable.key("value").text())))
                .anyMatch(text -> text.equals(bucket) || text.endsWith("=" + bucket));
    }

    /** Where the account has nothing on any bucket, {@code fleet-whole} says what is missing. */
    private static boolean isGranted(PlannedStack stack, String bucket, String member) {
        var grants = BucketGrants.all(stack);
        return grants.stream().filter(grant -> grant.at("bucket").is(bucket)).anyMatch(grant -> Grants.members(grant)
                        .anyMatch(given -> given.equals(member)))
                || grants.stream().flatMap(Grants::members).noneMatch(member::equals);
    }

    private static Optional<String> executing(Subject subject) {
        return containers(subject)
                .flatMap(container -> PROBES.stream()
                        .map(probe -> container.key(probe).at("exec.command").texts())
                        .filter(command -> !command.isEmpty())
                        .map(command -> String.join(" ", command))
                        .filter(command ->
                                !(isRelease(subject) && ASKING.matcher(command).matches()))
                        .map(command -> container.key("name").described() + " has a probe that runs " + command))
                .findFirst();
    }

    private static Optional<String> foreignToken(Subject subject) {
        var pod = isRelease(subject)
                ? new Release(subject).pod()
                : Workload.of(subject).pod();
        return pod.key("volumes").items().stream()
                .flatMap(volume -> volume.at("projected.sources").items().stream())
                .map(source -> source.at("serviceAccountToken.audience"))
                .filter(audience -> audience.exists() && !audience.text().isEmpty())
                .findFirst()
                .map(audience -> "has a token for " + audience.text());
    }
}
