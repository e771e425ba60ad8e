package io.buildkitefleet.variables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservedVariablesTest {
    private static final Path HOOKS = Path.of("src", "main", "resources", "hooks");

    /** The patterns of the hook's {@code case}, up to the parenthesis. */
    private static final Pattern LIST = Pattern.compile("refuse_reserved\\(\\) \\{\\s+case \"\\$NAME\" in([^)]+)\\)");

    private static final Pattern USED = Pattern.compile("\\$\\{?([A-Z][A-Z0-9_]*)|export ([A-Z][A-Z0-9_]*)=");
    private static final Pattern OWN = Pattern.compile("(?:^|[ \"])([A-Z]+)=", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH", "HOME", "LD_PRELOAD", "DOCKER_CONFIG", "DOCKER_HOST", "FLEET_QUEUE", "FLEET_ARTIFACTS",
                "SSH_PRIVATE_RSA_KEY", "BASH_ENV", "ENV", "IFS", "GIT_SSH_COMMAND", "GIT_SSH",
                        "KUBERNETES_SERVICE_HOST",
                "BUILDKITE_AGENT_ACCESS_TOKEN", "GOPROXY", "RANDOM", "UID", "SECONDS"
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

    @Test
    void theHookThatOpensVariablesHasTheSameList() throws IOException {
        var list = LIST.matcher(Files.readString(HOOKS.resolve("open-variable")));

        assertThat(list.find()).isTrue();
        assertThat(Arrays.stream(list.group(1).split("[|\\\\\\s]+")).filter(name -> !name.isEmpty()))
                .containsExactlyElementsOf(ReservedVariables.names().toList());
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
        return names;
    }
}
