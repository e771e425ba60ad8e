package io.buildkitefleet.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.buildkitefleet.apiserver.ApiClient.Answer;
import io.buildkitefleet.pods.security.PodSamples;
import io.buildkitefleet.pods.security.PodSamples.Sample;
import io.buildkitefleet.pods.security.PodSecurity;
import io.buildkitefleet.pods.security.Violation;
import io.buildkitefleet.testing.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link PodSecurity} says of a pod is what the Pod Security of a real API server says of it: the same verdict,
 * and the same controls that are broken.
 */
@Tag("engine")
class PodSecurityAdmissionTest {
    private static final long SEED = 26;
    private static final int MIXED = 400;

    /** Those before and after each change of a control; the first is that of who names none. */
    private static final List<String> VERSIONS = List.of(
            "", "latest", "v1.0", "v1.7", "v1.8", "v1.18", "v1.19", "v1.21", "v1.22", "v1.23", "v1.24", "v1.25",
            "v1.26", "v1.27", "v1.28", "v1.29", "v1.30", "v1.31", "v1.32", "v1.33", "v1.34", "v1.35", "v1.99");

    /** What the server calls a broken control, to what its evaluator calls the check. */
    private static final Map<String, List<String>> REASONS = Map.ofEntries(
            Map.entry("hostProcess", List.of("windowsHostProcess")),
            Map.entry("host namespaces", List.of("hostNamespaces")),
            Map.entry("privileged", List.of("privileged")),
            Map.entry("non-default capabilities", List.of("capabilities_baseline")),
            Map.entry("unrestricted capabilities", List.of("capabilities_restricted")),
            Map.entry("hostPath volumes", List.of("hostPathVolumes")),
            Map.entry("hostPort", List.of("hostPorts")),
            Map.entry("probe or lifecycle host", List.of("hostProbesAndHostLifecycle")),
            Map.entry("forbidden AppArmor profile", List.of("appArmorProfile")),
            Map.entry("forbidden AppArmor profiles", List.of("appArmorProfile")),
            Map.entry("seLinuxOptions", List.of("seLinuxOptions")),
            Map.entry("procMount", List.of("procMount", "procMount_restricted")),
            Map.entry("seccompProfile", List.of("seccompProfile_baseline", "seccompProfile_restricted")),
            Map.entry("forbidden sysctls", List.of("sysctls")),
            Map.entry("restricted volume types", List.of("restrictedVolumes")),
            Map.entry("allowPrivilegeEscalation != false", List.of("allowPrivilegeEscalation")),
            Map.entry("runAsNonRoot != true", List.of("runAsNonRoot")),
            Map.entry("runAsUser=0", List.of("runAsUser")));

    private static final Pattern VIOLATES = Pattern.compile("violates PodSecurity \"[^\"]+\": (?<reasons>.+)$");

    private static final Map<String, Namespace> NAMESPACES = new TreeMap<>();

    private static ApiServer server;

    /** A namespace of the server, and what it enforces. */
    private record Namespace(String name, PodSecurity enforced) {}

    @BeforeAll
    static void startServer(@TempDir Path directory) throws Exception {
        server = new ApiServer(directory);
        for (var level : List.of("baseline", "restricted")) {
            for (var version : VERSIONS) {
                addNamespace(level, version);
            }
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
        NAMESPACES.clear();
    }

    private static String key(String level, String version) {
        return level + " " + version;
    }

    private static void addNamespace(String level, String version) throws InterruptedException {
        var labels = new TreeMap<>(Map.of(PodSecurity.LEVEL, level));
        if (!version.isEmpty()) {
            labels.put(PodSecurity.VERSION, version);
        }
        var name = level + "-" + (version.isEmpty() ? "unnamed" : version.replace('.', '-'));
        var namespace = Json.of(Map.of("apiVersion", "v1", "kind", "Namespace"));
        namespace.add("metadata", Json.of(Map.of("name", name, "labels", labels)));
        client().add(namespace);
        var account = Json.of(Map.of("apiVersion", "v1", "kind", "ServiceAccount"));
        account.add("metadata", Json.of(Map.of("name", "default", "namespace", name)));
        client().add(account);
        var enforced = PodSecurity.enforcedBy(Json.of(labels)).orElseThrow();
        NAMESPACES.put(key(level, version), new Namespace(name, enforced));
    }

    private static ApiClient client() {
        return server.client();
    }

    @Test
    void eachValueAloneIsJudgedAsTheServerJudgesIt() throws Exception {
        var comparison = new Comparison();
        for (var namespace : NAMESPACES.values()) {
            for (var sample : PodSamples.single().toList()) {
                comparison.add(namespace, sample);
            }
        }
        comparison.assertSame();
        assertThat(comparison.broken())
                .as("controls that the server has called broken")
                .containsExactlyInAnyOrderElementsOf(REASONS.values().stream()
                        .flatMap(List::stream)
                        .map(PodSecurityAdmissionTest::comparable)
                        .collect(Collectors.toSet()));
    }

    @Test
    void podsOfSeveralValuesAreJudgedAsTheServerJudgesThem() throws Exception {
        var comparison = new Comparison();
        var random = new Random(SEED);
        var namespaces = List.copyOf(NAMESPACES.values());
        for (var sample : PodSamples.mixed(SEED, MIXED).toList()) {
            comparison.add(namespaces.get(random.nextInt(namespaces.size())), sample);
        }
        comparison.assertSame();
        assertThat(comparison.judged).as("pods that Pod Security has judged").isGreaterThan(MIXED * 3 / 4);
    }

    @Test
    void whatTheServerCannotEvenReadIsRefusedHereToo() throws Exception {
        var namespace = NAMESPACES.get(key("baseline", ""));
        var wrong = new ArrayList<String>();
        for (var sample : PodSamples.malformed().toList()) {
            var answer = client().tryToCreate(in(namespace, sample.pod()));
            if (answer.status() != 400
                    || namespace.enforced.violations(sample.pod()).isEmpty()) {
                wrong.add(sample + ": " + answer + ", here " + namespace.enforced.violations(sample.pod()));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** What both say, pod by pod. */
    private static final class Comparison {
        private final List<String> differences = new ArrayList<>();
        private final TreeSet<String> broken = new TreeSet<>();
        private int judged;

        void add(Namespace namespace, Sample sample) throws InterruptedException {
            var answer = ask(namespace, sample.pod());
            var here = namespace.enforced.violations(sample.pod()).stream()
                    .map(Violation::check)
                    .map(PodSecurityAdmissionTest::comparable)
                    .collect(Collectors.toCollection(TreeSet::new));
            var message = VIOLATES.matcher(answer.message());
            if (!answer.isAccepted() && !message.find()) {
                // No pod of which the server knows that it makes no sense is shown to Pod Security.
                if (answer.status() != 422) {
                    differences.add(sample + " in " + namespace.name + ": " + answer);
                }
                return;
            }
            judged++;
            var there = answer.isAccepted() ? new TreeSet<String>() : checks(message.group("reasons"));
            broken.addAll(there);
            if (!there.equals(here)) {
                differences.add(sample + " in " + namespace.name + ": the server says " + there + ", here " + here);
            }
        }

        TreeSet<String> broken() {
            return broken;
        }

        void assertSame() {
            assertThat(differences.stream().limit(10)).isEmpty();
        }
    }

    /** Pod Security judges what a person adds to a pod that runs, and not what a new pod would have of it. */
    private static Answer ask(Namespace namespace, JsonObject pod) throws InterruptedException {
        var added = Json.object(pod, "spec").get("ephemeralContainers");
        if (added == null) {
            return client().tryToCreate(in(namespace, pod));
        }
        var running = in(namespace, pod);
        running.getAsJsonObject("metadata").addProperty("name", "running");
        running.getAsJsonObject("spec").remove("ephemeralContainers");
        if (client().find(running).isEmpty()) {
            client().add(running);
        }
        return client().tryToMerge(
                        "/api/v1/namespaces/" + namespace.name + "/pods/running/ephemeralcontainers",
                        "{spec: {ephemeralContainers: " + added + "}}");
    }

    private static JsonObject in(Namespace namespace, JsonObject pod) {
        var placed = pod.deepCopy();
        placed.getAsJsonObject("metadata").addProperty("namespace", namespace.name);
        return placed;
    }

    private static TreeSet<String> checks(String reasons) {
        return Arrays.stream(reasons.replaceAll(" \\([^()]*\\)", "").split(", "))
                .map(reason -> REASONS.getOrDefault(reason, List.of("unknown reason " + reason))
                        .get(0))
                .map(PodSecurityAdmissionTest::comparable)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The server says the same of two checks of which one takes the place of the other. */
    private static String comparable(String check) {
        return Stream.of("procMount", "seccompProfile")
                .filter(check::startsWith)
                .findFirst()
                .orElse(check);
    }
}
