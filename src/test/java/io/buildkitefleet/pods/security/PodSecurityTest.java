package io.buildkitefleet.pods.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.testing.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a pod; whether that is what a real API server says, PodSecurityAdmissionTest holds. */
class PodSecurityTest {
    private static final PodSecurity BASELINE = PodSecurity.latest(Level.BASELINE);
    private static final PodSecurity RESTRICTED = PodSecurity.latest(Level.RESTRICTED);

    @Test
    void saysWhichContainerBreaksWhichControlByWhichField() {
        var pod = pod(
                "{initContainers: [{name: setup}], containers: [{name: main, securityContext: {privileged: true}}]}");

        assertThat(BASELINE.violations(pod))
                .containsExactly(new Violation(
                        "Privileged Containers",
                        "privileged",
                        "main",
                        "spec.containers[0].securityContext.privileged",
                        "true",
                        "false or nothing"));
    }

    @Test
    void everyRestrictedFieldThatIsMissingIsNamed() {
        assertThat(RESTRICTED.violations(pod("{containers: [{name: main}]}")))
                .extracting(Violation::path)
                .containsExactly(
                        "spec.containers[0].securityContext.allowPrivilegeEscalation",
                        "spec.containers[0].securityContext.runAsNonRoot",
                        "spec.containers[0].securityContext.seccompProfile.type",
                        "spec.containers[0].securityContext.capabilities.drop");
    }

    @Test
    void oneWrongPartIsSaidOnceHoweverManyControlsLookBelowIt() {
        assertThat(BASELINE.violations(pod("{containers: none}")))
                .extracting(violation -> violation.path() + " " + violation.got())
                .containsExactly("spec.containers \"none\"");
    }

    @ParameterizedTest
    @MethodSource("io.buildkitefleet.pods.security.PodSamples#malformed")
    void noLevelTakesAFieldOfAnotherType(PodSamples.Sample sample) {
        assertThat(new PodSecurity(Level.PRIVILEGED, 0).violations(sample.pod()))
                .isNotEmpty();
    }

    @Test
    void whatIsKnownAfterTheUpdateIsNotTakenForGood() {
        var pod = pod("{hostPID: " + PropertyValues.UNKNOWN + ", containers: []}");

        assertThat(BASELINE.violations(pod)).extracting(Violation::got).containsExactly("known after up");
    }

    @ParameterizedTest
    @CsvSource({"32, 0", "31, 1", "28, 2"})
    void anOlderVersionKnowsFewerSafeSysctls(int minor, int violations) {
        var pod = pod("{securityContext: {sysctls: [{name: net.ipv4.tcp_keepalive_time}, {name: net.ipv4.tcp_rmem}]}}");

        assertThat(new PodSecurity(Level.BASELINE, minor).violations(pod)).hasSize(violations);
    }

    @ParameterizedTest
    @CsvSource({
        "'', privileged, 36",
        "'pod-security.kubernetes.io/enforce: restricted', restricted, 36",
        "'{pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: v1.24}', baseline, 24",
        "'{pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: latest}', baseline, 36",
        "'{pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: v1.99}', baseline, 36"
    })
    void aNamespaceEnforcesWhatItsLabelsSay(String labels, String level, int minor) {
        var enforced = PodSecurity.enforcedBy(labels(labels)).orElseThrow();

        assertThat(enforced.level()).hasToString(level);
        assertThat(enforced.minor()).isEqualTo(minor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pod-security.kubernetes.io/enforce: Baseline",
                "pod-security.kubernetes.io/enforce: ''",
                "pod-security.kubernetes.io/enforce: true",
                "pod-security.kubernetes.io/enforce-version: 1.30",
                "pod-security.kubernetes.io/enforce-version: v1.030",
                "pod-security.kubernetes.io/enforce-version: v2.0",
                "pod-security.kubernetes.io/enforce-version: v1.99999999999"
            })
    void labelsThatTheApiServerRefusesEnforceNothing(String labels) {
        assertThat(PodSecurity.enforcedBy(labels(labels))).isEmpty();
    }

    private static JsonObject labels(String yaml) {
        return yaml.isEmpty() ? new JsonObject() : Json.parse(yaml).getAsJsonObject();
    }

    private static JsonObject pod(String spec) {
        var pod = new JsonObject();
        pod.add("spec", Json.parse(spec));
        return pod;
    }
}
