package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.kms.CryptoKey;
import com.pulumi.gcp.kms.CryptoKeyArgs;
import com.pulumi.gcp.kms.CryptoKeyIAMMember;
import com.pulumi.gcp.kms.CryptoKeyIAMMemberArgs;
import com.pulumi.gcp.kms.KeyRing;
import com.pulumi.gcp.kms.KeyRingArgs;
import com.pulumi.gcp.projects.ServiceIdentity;
import com.pulumi.gcp.projects.ServiceIdentityArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import io.buildkitefleet.fleet.Api;
import java.util.Map;

/**
 * The keys with which Google encrypts the cluster's Secrets and the secret store, each usable by the one Google service
 * that needs it. A lost key is lost data.
 */
public final class Keys extends ComponentResource {
    private static final String TYPE = "buildkite-fleet:gcp:Keys";

    /** 90 days, CIS Google Cloud Foundation Benchmark 1.10. */
    private static final String ROTATION = "7776000s";

    private final Output<String> ring;
    private final Output<String> cluster;
    private final Output<String> secrets;

    public Keys(String name, KeysArgs args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var keyRing = new KeyRing(
                name + "-ring",
                KeyRingArgs.builder()
                        .project(args.kmsProject())
                        .location(args.region())
                        .build(),
                child().protect(args.protect()).build());
        ring = keyRing.id();
        cluster = key(name + "-cluster", keyRing, Api.CONTAINER, args.containerProject(), args);
        secrets = key(name + "-secrets", keyRing, Api.SECRET_MANAGER, args.secretProject(), args);
        registerOutputs(Map.of("cluster", cluster, "secrets", secrets));
    }

    /** The id of the key ring. */
    public Output<String> ring() {
        return ring;
    }

    /** The id of the key of the cluster's Secrets, once GKE may use it. */
    Output<String> cluster() {
        return cluster;
    }

    /** The id of the key of the secret store, once Secret Manager may use it. */
    public Output<String> secrets() {
        return secrets;
    }

    private Output<String> key(String name, KeyRing ring, Api user, Output<String> userProject, KeysArgs args) {
        var key = new CryptoKey(
                name,
                CryptoKeyArgs.builder()
                        .keyRing(ring.id())
                        .purpose("ENCRYPT_DECRYPT")
                        .rotationPeriod(ROTATION)
                        .labels(args.labels())
                        .build(),
                child().protect(args.protect()).build());
        var agent = new ServiceIdentity(
                name + "-agent",
                ServiceIdentityArgs.builder()
                        .project(userProject)
                        .service(user.service())
                        .build(),
                child().build());
        return new CryptoKeyIAMMember(
                        name + "-use",
                        CryptoKeyIAMMemberArgs.builder()
                                .cryptoKeyId(key.id())
                                .role("roles/cloudkms.cryptoKeyEncrypterDecrypter")
                                .member(Output.format("serviceAccount:%s", agent.email()))
                                .build(),
                        child().build())
                .cryptoKeyId();
    }

    private CustomResourceOptions.Builder child() {
        return CustomResourceOptions.builder().parent(this);
    }
}
