package io.buildkitefleet.config.value;

/**
 * A repository of Artifact Registry.
 *
 * @param location a region, or a multi-region such as {@code us}
 * @param project the Google Cloud project that it is in, which may be a domain's: {@code example.com:project}
 * @param id its name there
 */
public record ArtifactRepository(String location, String project, String id) {
    /**
     * What the names of its images begin with: https://docs.cloud.google.com/artifact-registry/docs/docker/names#domain
     */
    public String address() {
        return location + "-docker.pkg.dev/" + project.replace(':', '/') + "/" + id;
    }
}
