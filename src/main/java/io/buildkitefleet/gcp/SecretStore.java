package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.secretmanager.Secret;
import com.pulumi.gcp.secretmanager.SecretArgs;
import com.pulumi.gcp.secretmanager.SecretIamMember;
import com.pulumi.gcp.secretmanager.SecretIamMemberArgs;
import com.pulumi.gcp.secretmanager.SecretVersion;
import com.pulumi.gcp.secretmanager.SecretVersionArgs;
import com.pulumi.gcp.secretmanager.inputs.SecretReplicationArgs;
import com.pulumi.gcp.secretmanager.inputs.SecretReplicationUserManagedArgs;
import com.pulumi.gcp.secretmanager.inputs.SecretReplicationUserManagedReplicaArgs;
import com.pulumi.gcp.secretmanager.inputs.SecretReplicationUserManagedReplicaCustomerManagedEncryptionArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fleet's secrets in Secret Manager, in its region, under its own key; each is readable by whom it is for. */
public final class SecretStore extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:SecretStore";

    /**
     * What a secret store is made of.
     *
     * @param key the id of the KMS key that encrypts the secrets
     */
    public record Args(Output<String> project, Output<String> key, List<Entry> entries, CommonArgs common) {}

    /**
     * One secret.
     *
     * @param configKey the key of its value in the stack's configuration
     * @param secretId its name in Secret Manager
     * @param value its value, which Pulumi keeps encrypted
     * @param readers who may read it: a name for the grant, to the IAM member
     */
    public record Entry(String configKey, String secretId, Output<String> value, Map<String, Output<String>> readers) {}

    private final Map<String, SecretVersion> versions = new HashMap<>();

    public SecretStore(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        for (var entry : args.entries()) {
            versions.put(entry.configKey(), secret(name + "-" + entry.secretId(), entry, args));
        }
        registerOutputs(Map.of());
    }

    /** The number of a secret's version: it changes with the value and says nothing of it. */
    public Output<String> version(String configKey) {
        return versions.get(configKey).version();
    }

    private SecretVersion secret(String name, Entry entry, Args args) {
        var secret = new Secret(
                name,
                SecretArgs.builder()
                        .project(args.project())
                        .secretId(entry.secretId())
                        .labels(args.common().labels())
                        .replication(inRegion(args))
                        .build(),
                child().protect(args.common().protect()).build());
        entry.readers()
                .forEach((reader, member) -> new SecretIamMember(
                        name + "-" + reader,
                        SecretIamMemberArgs.builder()
                                .project(secret.project())
                                .secretId(secret.secretId())
                                .role("roles/secretmanager.secretAccessor")
                                .member(member)
                                .build(),
                        child().build()));
        return new SecretVersion(
                name + "-version",
                SecretVersionArgs.builder()
                        .secret(secret.id())
                        .secretData(entry.value().asSecret())
                        .build(),
                child().build());
    }

    private static SecretReplicationArgs inRegion(Args args) {
        return SecretReplicationArgs.builder()
                .userManaged(SecretReplicationUserManagedArgs.builder()
                        .replicas(SecretReplicationUserManagedReplicaArgs.builder()
                                .location(args.common().region())
                                .customerManagedEncryption(
                                        SecretReplicationUserManagedReplicaCustomerManagedEncryptionArgs.builder()
                                                .kmsKeyName(args.key())
                                                .build())
                                .build())
                        .build())
                .build();
    }
}
