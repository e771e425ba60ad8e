package io.buildkitefleet.preview;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The environment of the program: what Pulumi's Java language host sets, and of this process's own only what a JVM
 * needs, so that no credential reaches it.
 *
 * @see <a
 *     href="https://github.com/pulumi/pulumi-java/blob/v1.16.0/pkg/cmd/pulumi-language-java/main.go">constructEnv</a>
 */
final class ProgramEnvironment {
    /** What a Pulumi that is logged in nowhere calls it. */
    static final String ORGANIZATION = "organization";

    private static final Pattern PASSED_ON = Pattern.compile("PATH|HOME|LANG|LC_.*|TZ|TMPDIR|JAVA_.*");

    private ProgramEnvironment() {}

    /**
     * @param address of the offline engine, which serves both halves of the protocol
     * @param own the environment of this process
     */
    static Map<String, String> of(Project project, Stack stack, String address, Map<String, String> own) {
        var environment = new TreeMap<>(own);
        environment.keySet().removeIf(name -> !PASSED_ON.matcher(name).matches());
        environment.putAll(Map.of(
                "PULUMI_MONITOR", address,
                "PULUMI_ENGINE", address,
                "PULUMI_ORGANIZATION", ORGANIZATION,
                "PULUMI_PROJECT", project.name(),
                "PULUMI_STACK", stack.name(),
                "PULUMI_PWD", project.directory().toString(),
                "PULUMI_ROOT_DIRECTORY", project.directory().toString(),
                "PULUMI_DRY_RUN", "true",
                "PULUMI_PARALLEL", String.valueOf(Runtime.getRuntime().availableProcessors())));
        environment.put("PULUMI_CONFIG", config(stack));
        environment.put("PULUMI_CONFIG_SECRET_KEYS", secretKeys(stack));
        // An Output that is put into a string fails the program instead of naming a resource with advice text.
        environment.put("PULUMI_ERROR_OUTPUT_STRING", "true");
        return environment;
    }

    private static String config(Stack stack) {
        var config = new JsonObject();
        new TreeMap<>(stack.config()).forEach(config::addProperty);
        return config.toString();
    }

    private static String secretKeys(Stack stack) {
        var keys = new JsonArray();
        new TreeSet<>(stack.secretKeys()).forEach(keys::add);
        return keys.toString();
    }
}
