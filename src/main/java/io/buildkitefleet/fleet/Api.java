package io.buildkitefleet.fleet;

/** The Google APIs that the fleet needs. */
public enum Api {
    ARTIFACT_REGISTRY("artifactregistry"),
    BINARY_AUTHORIZATION("binaryauthorization"),
    CLOUD_KMS("cloudkms"),
    COMPUTE("compute"),
    CONTAINER("container"),
    CONTAINER_FILE_SYSTEM("containerfilesystem"),
    CONTAINER_SECURITY("containersecurity"),
    IAM("iam"),
    IAM_CREDENTIALS("iamcredentials"),
    LOGGING("logging"),
    MONITORING("monitoring"),
    RESOURCE_MANAGER("cloudresourcemanager"),
    SECRET_MANAGER("secretmanager"),
    STORAGE("storage"),
    /** It exchanges tokens of jobs outside the cluster: https://google.aip.dev/auth/4117 */
    SECURITY_TOKEN("sts");

    private final String id;

    Api(String id) {
        this.id = id;
    }

    /** Its short name, such as {@code container}. */
    public String id() {
        return id;
    }

    /** Its full name, such as {@code container.googleapis.com}. */
    public String service() {
        return id + ".googleapis.com";
    }
}
