package io.buildkitefleet.kubernetes.agent;

import com.pulumi.core.Output;
import io.buildkitefleet.text.BundledFile;
import java.util.List;
import java.util.Map;

/**
 * How the docker of a job logs in to the fleet's registry: its configuration names a helper for that one host, which
 * asks the metadata server for a token of the job's own identity. Nothing of it is secret, and no such login is ever
 * stored. A job works on a copy, which the environment hook makes, so that it can log in elsewhere too.
 */
public final class RegistryLogin {
    public static final String CONFIG_MAP = "registry-login";

    private static final String HELPER = "docker-credential-fleet";
    private static final String VOLUME = "registry-login";
    private static final String DIRECTORY = "/fleet/docker";

    /**
     * The agent puts its own directory at the end of every command's PATH, which in a command container is this one:
     * https://github.com/buildkite/agent/blob/v3.136.2/clicommand/kubernetes_bootstrap.go
     */
    private static final String ON_PATH = "/workspace/" + HELPER;

    private static final int READ_AND_EXECUTE = 0555;

    private RegistryLogin() {}

    /** The files of the ConfigMap, for a registry whose image names begin like this. */
    public static Map<String, Output<String>> files(Output<String> registry) {
        return Map.of("config.json", registry.applyValue(RegistryLogin::dockerConfig), HELPER, Output.of(helper()));
    }

    /**
     * This configuration cannot be written; where there is no copy of it, docker's builders have a place all the same.
     */
    static Map<String, String> environment() {
        return Map.of("DOCKER_CONFIG", DIRECTORY, "FLEET_DOCKER_CONFIG", DIRECTORY, "BUILDX_CONFIG", "/tmp/buildx");
    }

    static List<Map<String, Object>> mounts() {
        return List.of(
                Map.of("name", VOLUME, "mountPath", DIRECTORY, "readOnly", true),
                Map.of("name", VOLUME, "mountPath", ON_PATH, "subPath", HELPER, "readOnly", true));
    }

    static Map<String, Object> volume() {
        return Map.of("name", VOLUME, "configMap", Map.of("name", CONFIG_MAP, "defaultMode", READ_AND_EXECUTE));
    }

    private static String dockerConfig(String registry) {
        var host = registry.substring(0, registry.indexOf('/'));
        return "{\"credHelpers\":{\"" + host + "\":\"fleet\"}}\n";
    }

    private static String helper() {
        return BundledFile.text("/docker/" + HELPER);
    }
}
