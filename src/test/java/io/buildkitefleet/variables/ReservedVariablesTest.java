package io.buildkitefleet.variables;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.hooks.Hooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedVariablesTest {
    private static final Path HOOKS = Path.of("src", "main", "resources", "hooks");

    private static final Pattern USED = Pattern.compile("\\$\\{?([A-Z][A-Z0-9_]*)|export ([A-Z][A-Z0-9_]*)=");
    private static final Pattern OWN = Pattern.compile("(?:^|[ \"])([A-Z]+)=", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH", "HOME", "LD_PRELOAD", "DOCKER_CONFIG", "DOCKER_HOST", "FLEET_QUEUE", "FLEET_ARTIFACTS",
                "SSH_PRIVATE_RSA_KEY", "BASH_ENV", "ENV", "IFS", "GIT_SSH_COMMAND", "GIT_SSH",
                        "KUBERNETES_SERVICE_HOST",
                "BUILDKITE_AGENT_ACCESS_TOKEN", "BUILDKITE_API_TOKEN_2", "BUILDKITE_API_URL", "GOPROXY", "RANDOM",
                        "UID", "SECONDS"
            })
    void whatSomethingElseOwnsIsReserved(String name) {
        assertThat(ReservedVariables.refusal(name)).hasValueSatisfying(reason -> assertThat(reason)
                .startsWith("must have another name, got " + name + ": it is "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NPM_TOKEN",
                "PATH_TO_KEY",
                "MY_PATH",
                "ENVIRONMENT",
                "HOMEBREW_TOKEN",
                "SSH_PRIVATE_KEY",
                "GIT_TOKEN",
                "DOCKER_PASSWORD",
                "KUBECONFIG",
                "CI_TOKEN",
                "OLD_BASH_ENV",
                "BUILDKITE_API_TOKEN",
                "SECRET_KEY"
            })
    void whatOnlyLooksLikeItIsNot(String name) {
        assertThat(ReservedVariables.refusal(name)).isEmpty();
    }

    @Test
    void theReasonNamesTheOthersOfTheOwner() {
        assertThat(ReservedVariables.refusal("DOCKER_CONFIG"))
                .hasValue("must have another name, got DOCKER_CONFIG: it is the fleet's own, as is each of FLEET_*, "
                        + "DOCKER_HOST, DOCKER_CONFIG, BUILDKIT_HOST, BUILDX_CONFIG, GOPROXY");
    }

    static Stream<String> names() {
        return ReservedVariables.names().map(name -> name.replace("*", "ANYTHING"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theHookThatOpensVariablesRefusesEachToo(String name) throws Exception {
        var opened = Hooks.run(
                Map.of("PATH", System.getenv("PATH")),
                Path.of("").toAbsolutePath(),
                List.of("sh", HOOKS.resolve("open-variable").toString(), name));

        assertThat(opened.exitCode()).isNotZero();
        assertThat(opened.output())
                .isEqualTo("fleet: SECRET_" + name + " cannot be opened: a job cannot be given " + name
                        + "; use another name\n");
    }

    /** What the step that deploys drains queues with may be an encrypted variable as well; this one is none yet. */
    @Test
    void theHookThatOpensVariablesTakesTheTokenOfBuildkitesApi() throws Exception {
        var opened = Hooks.run(
                Map.of(
                        "PATH",
                        System.getenv("PATH"),
                        "SECRET_BUILDKITE_API_TOKEN",
                        "fleet1.deploy",
                        "FLEET_QUEUE",
                        "deploy"),
                Path.of("").toAbsolutePath(),
                List.of("sh", HOOKS.resolve("open-variable").toString(), "BUILDKITE_API_TOKEN"));

        assertThat(opened.exitCode()).isNotZero();
        assertThat(opened.output())
                .startsWith("fleet: SECRET_BUILDKITE_API_TOKEN cannot be opened: ")
                .doesNotContain("cannot be given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"environment", "post-checkout", "pre-exit", "open-variable"})
    void whatAHookReadsOrHandsOnIsReserved(String hook) throws IOException {
        assertThat(used(Files.readString(HOOKS.resolve(hook))))
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(ReservedVariables.refusal(name)).as(name).isPresent());
    }

    /** The variables of a script that are not its own, nor the encrypted ones, whose names it puts together. */
    private static Set<String> used(String script) {
        var names = new TreeSet<String>();
        USED.matcher(script)
                .results()
                .forEach(found -> names.add(found.group(1) == null ? found.group(2) : found.group(1)));
        OWN.matcher(script).results().map(found -> found.group(1)).forEach(names::remove);
        names.remove("SECRET_");
        // By these a job may say itself who it is in Google Cloud.
        names.removeAll(
                Set.of("GOOGLE_APPLICATION_CREDENTIALS", "CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE", "CLOUDSDK_CONFIG"));
        return names;
    }
}
