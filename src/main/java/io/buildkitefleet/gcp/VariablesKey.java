package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.deployment.InvokeOptions;
import com.pulumi.gcp.kms.CryptoKey;
import com.pulumi.gcp.kms.CryptoKeyArgs;
import com.pulumi.gcp.kms.CryptoKeyIAMMember;
import com.pulumi.gcp.kms.CryptoKeyIAMMemberArgs;
import com.pulumi.gcp.kms.CryptoKeyVersion;
import com.pulumi.gcp.kms.CryptoKeyVersionArgs;
import com.pulumi.gcp.kms.KmsFunctions;
import com.pulumi.gcp.kms.inputs.CryptoKeyVersionTemplateArgs;
import com.pulumi.gcp.kms.inputs.GetKMSCryptoKeyVersionArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import java.util.Map;

/**
 * The key of a queue's encrypted variables: anybody may encrypt with its public half, only the queue's jobs can have
 * Cloud KMS decrypt, and the private half never leaves Cloud KMS. Earlier versions still decrypt.
 */
public final class VariablesKey extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:VariablesKey";

    /** https://cloud.google.com/kms/docs/algorithms#asymmetric_encryption_algorithms */
    private static final String ALGORITHM = "RSA_DECRYPT_OAEP_4096_SHA256";

    /**
     * What a key of variables is made of.
     *
     * @param ring the id of the key ring
     * @param version the version that variables are encrypted for, from 1
     * @param reader the IAM member that may decrypt
     */
    public record Args(Output<String> ring, int version, Output<String> reader, CommonArgs common) {}

    private final Output<String> id;
    private final Output<String> publicKey;

    public VariablesKey(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var key = new CryptoKey(
                name + "-key",
                CryptoKeyArgs.builder()
                        .keyRing(args.ring())
                        .purpose("ASYMMETRIC_DECRYPT")
                        .versionTemplate(CryptoKeyVersionTemplateArgs.builder()
                                .algorithm(ALGORITHM)
                                .protectionLevel("SOFTWARE")
                                .build())
                        .labels(args.common().labels())
                        .build(),
                child().protect(args.common().protect()).build());
        id = new CryptoKeyIAMMember(
                        name + "-use",
                        CryptoKeyIAMMemberArgs.builder()
                                .cryptoKeyId(key.id())
                                .role("roles/cloudkms.cryptoKeyDecrypter")
                                .member(args.reader())
                                .build(),
                        child().build())
                .cryptoKeyId();
        publicKey = KmsFunctions.getKMSCryptoKeyVersion(
                        GetKMSCryptoKeyVersionArgs.builder()
                                .cryptoKey(withVersions(name, key, args))
                                .version(args.version())
                                .build(),
                        InvokeOptions.builder().parent(this).build())
                .applyValue(version -> version.publicKeys().get(0).pem());
        registerOutputs(Map.of("id", id, "publicKey", publicKey));
    }

    /** The id of the key. */
    public Output<String> id() {
        return id;
    }

    /** The public half of the version that variables are encrypted for, in PEM. */
    public Output<String> publicKey() {
        return publicKey;
    }

    /**
     * Makes the versions after the first, which the key is born with. Cloud KMS numbers them as they come, hence one
     * after the other.
     *
     * @return the id of the key, known once all of its versions are there
     */
    private Output<String> withVersions(String name, CryptoKey key, Args args) {
        var ready = key.id();
        for (var number = 2; number <= args.version(); number++) {
            var version = new CryptoKeyVersion(
                    name + "-version-" + number,
                    CryptoKeyVersionArgs.builder().cryptoKey(ready).build(),
                    child().protect(args.common().protect()).build());
            ready = Output.tuple(version.cryptoKey(), version.name()).applyValue(made -> made.t1);
        }
        return ready;
    }
}
