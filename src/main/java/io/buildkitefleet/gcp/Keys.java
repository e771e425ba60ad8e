package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.deployment.InvokeOptions;
import com.pulumi.gcp.kms.CryptoKey;
import com.pulumi.gcp.kms.CryptoKeyArgs;
import com.pulumi.gcp.kms.CryptoKeyIAMMember;
import com.pulumi.gcp.kms.CryptoKeyIAMMemberArgs;
import com.pulumi.gcp.kms.KeyRing;
import com.pulumi.gcp.kms.KeyRingArgs;
import com.pulumi.gcp.projects.ServiceIdentity;
import com.pulumi.gcp.projects.ServiceIdentityArgs;
import com.pulumi.gcp.storage.StorageFunctions;
import com.pulumi.gcp.storage.inputs.GetProjectServiceAccountArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.Api;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys with which Google encrypts the cluster's Secrets, the nodes' disks, the images, the secret store and
 * buckets, each usable by the one Google service that needs it. A lost key is lost data.
 */
public final class Keys extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:Keys";

    /** 90 days, CIS Google Cloud Foundation Benchmark 1.10. */
    private static final String ROTATION = "7776000s";

    /** https://cloud.google.com/iam/docs/service-agents */
    private static final String COMPUTE_AGENT = "@compute-system.iam.gserviceaccount.com";

    /**
     * What the keys are made of.
     *
     * @param kmsProject the project, once Cloud KMS is on
     * @param computeProject the project, once Compute Engine is on
     * @param containerProject the project, once GKE is on
     * @param registryProject the project, once Artifact Registry is on
     * @param secretProject the project, once Secret Manager is on
     * @param storageProject the project, known only once Cloud Storage is on
     * @param bucketLocations of keys for buckets
     */
    public record Args(
            Output<String> kmsProject,
            Output<String> computeProject,
            Output<String> containerProject,
            Output<String> registryProject,
            Output<String> secretProject,
            Output<String> storageProject,
            SortedSet<String> bucketLocations,
            CommonArgs common) {
        public Args {
            bucketLocations = Collections.unmodifiableSortedSet(new TreeSet<>(bucketLocations));
        }
    }

    private final Output<String> ring;
    private final Output<String> cluster;
    private final Output<String> disks;
    private final Output<String> images;
    private final Output<String> secrets;
    private final Map<String, Output<String>> buckets = new TreeMap<>();

    public Keys(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var keyRing = ring(name + "-ring", args.common().region(), args);
        ring = keyRing.id();
        var gke = agent(name + "-cluster-agent", Api.CONTAINER, args.containerProject());
        var registry = agent(name + "-images-agent", Api.ARTIFACT_REGISTRY, args.registryProject());
        var secretManager = agent(name + "-secrets-agent", Api.SECRET_MANAGER, args.secretProject());
        cluster = key(name + "-cluster", keyRing, gke, args);
        disks = key(name + "-disks", keyRing, computeAgent(args.computeProject(), gke), args);
        images = key(name + "-images", keyRing, registry, args);
        secrets = key(name + "-secrets", keyRing, secretManager, args);
        buckets(name, keyRing, storageAgent(args.storageProject(), registry), args);
        registerOutputs(Map.of("cluster", cluster, "disks", disks, "images", images, "secrets", secrets));
    }

    /** The id of the key ring. */
    public Output<String> ring() {
        return ring;
    }

    /** The id of the key of the cluster's Secrets, once GKE may use it. */
    Output<String> cluster() {
        return cluster;
    }

    /** The id of the key of the nodes' disks, once Compute Engine may use it. */
    public Output<String> disks() {
        return disks;
    }

    /** The id of the key of the images, once Artifact Registry may use it. */
    public Output<String> images() {
        return images;
    }

    /** The id of the key of the secret store, once Secret Manager may use it. */
    public Output<String> secrets() {
        return secrets;
    }

    /** The id of the key of buckets whose keys are in a location, once Cloud Storage may use it. */
    public Output<String> buckets(String location) {
        return buckets.get(location);
    }

    /** A key is where its bucket is, and where its ring is. */
    private void buckets(String name, KeyRing regional, Output<String> agent, Args args) {
        for (var location : args.bucketLocations()) {
            var isRegional = location.equals(args.common().region());
            buckets.put(
                    location,
                    key(
                            name + "-buckets" + (isRegional ? "" : "-" + location),
                            isRegional ? regional : ring(name + "-ring-" + location, location, args),
                            agent,
                            args));
        }
    }

    private KeyRing ring(String name, String location, Args args) {
        return new KeyRing(
                name,
                KeyRingArgs.builder()
                        .project(args.kmsProject())
                        .location(location)
                        .build(),
                child().protect(args.common().protect()).build());
    }

    private Output<String> key(String name, KeyRing ring, Output<String> agent, Args args) {
        var key = new CryptoKey(
                name,
                CryptoKeyArgs.builder()
                        .keyRing(ring.id())
                        .purpose("ENCRYPT_DECRYPT")
                        .rotationPeriod(ROTATION)
                        .labels(args.common().labels())
                        .build(),
                child().protect(args.common().protect()).build());
        return new CryptoKeyIAMMember(
                        name + "-use",
                        CryptoKeyIAMMemberArgs.builder()
                                .cryptoKeyId(key.id())
                                .role("roles/cloudkms.cryptoKeyEncrypterDecrypter")
                                .member(Output.format("serviceAccount:%s", agent))
                                .build(),
                        child().build())
                .cryptoKeyId();
    }

    /** The address of the account that a Google service acts as in the project. */
    private Output<String> agent(String name, Api user, Output<String> project) {
        return new ServiceIdentity(
                        name,
                        ServiceIdentityArgs.builder()
                                .project(project)
                                .service(user.service())
                                .build(),
                        child().build())
                .email();
    }

    /**
     * The one of Cloud Storage, which is there once somebody has asked for it:
     * https://www.terraform.io/docs/providers/google/d/storage_project_service_account.html. It stands beside another
     * agent, by which a plan shows that it is the project's own.
     */
    private Output<String> storageAgent(Output<String> projectWithStorage, Output<String> otherAgent) {
        var asked = StorageFunctions.getProjectServiceAccount(
                GetProjectServiceAccountArgs.builder()
                        .project(projectWithStorage)
                        .build(),
                InvokeOptions.builder().parent(this).build());
        // The project as well: what is not asked in a preview does not say what it depends on.
        return Output.tuple(asked, otherAgent, projectWithStorage).applyValue(known -> known.t1.emailAddress());
    }

    /**
     * The one of Compute Engine, which comes with its API and cannot be asked for:
     * https://github.com/terraform-google-modules/terraform-google-project-factory/pull/628. The project's number in it
     * is that of any other agent.
     */
    private static Output<String> computeAgent(Output<String> projectWithCompute, Output<String> otherAgent) {
        return Output.tuple(projectWithCompute, otherAgent)
                .applyValue(known -> known.t2.replaceFirst("@.*", COMPUTE_AGENT));
    }
}
