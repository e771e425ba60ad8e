package io.buildkitefleet.kubernetes.queue;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.ConfigMap;
import com.pulumi.kubernetes.core.v1.ConfigMapArgs;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.ServiceAccountArgs;
import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.kubernetes.helm.v3.ReleaseArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.KnownHosts;
import io.buildkitefleet.fleet.Mirror;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.SafeBuilds;
import io.buildkitefleet.kubernetes.NodeDirectory;
import io.buildkitefleet.kubernetes.admission.JobParameters;
import io.buildkitefleet.kubernetes.admission.QueueAdmission;
import io.buildkitefleet.kubernetes.agent.AgentStack;
import io.buildkitefleet.kubernetes.agent.AgentStackValues;
import io.buildkitefleet.kubernetes.agent.GitMirror;
import io.buildkitefleet.kubernetes.agent.JobEnvironment;
import io.buildkitefleet.kubernetes.agent.JobHooks;
import io.buildkitefleet.kubernetes.agent.RegistryLogin;
import io.buildkitefleet.kubernetes.agent.StepSigning;
import io.buildkitefleet.kubernetes.agent.WarmCaches;
import io.buildkitefleet.kubernetes.mirrors.QueueMirror;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A Buildkite queue: a namespace that nothing else shares, and in it the one release that watches the queue. A pod spec
 * in a pipeline can use every Secret and service account of its namespace, which is why the namespace is the border of
 * trust, and holds nothing that the queue's jobs may not have.
 */
public final class AgentQueue extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:AgentQueue";

    /** Seconds for a release to become ready: the first one of a new cluster waits until there is a node. */
    private static final int RELEASE_SECONDS = 15 * 60;

    /**
     * What a queue is made of.
     *
     * @param safeBuilds which builds may run on it, if it is a trusted one
     * @param knownHosts the git servers that it may talk to over ssh
     * @param google what it has in Google Cloud, if the fleet is there
     * @param agentToken the Buildkite agent token
     * @param agentTokenVersion changes with the token and says nothing of it
     * @param checkoutKey the private ssh key for checkouts
     * @param signingKey the set with the private key that signs steps, for the queue that does
     * @param secrets environment variable to its value
     * @param deployNamespaces the names of its deploy namespaces, each known once the namespace exists
     * @param caches the cache servers that its jobs may use
     * @param mirrorDisks what its disk of git mirrors is like, if it has one
     * @param admission the policies that its pods are held to
     */
    public record Args(
            Queue queue,
            SafeBuilds safeBuilds,
            KnownHosts knownHosts,
            Optional<InGoogleCloud> google,
            Output<String> agentToken,
            Output<String> agentTokenVersion,
            Optional<Output<String>> checkoutKey,
            Optional<Output<String>> signingKey,
            Map<String, Output<String>> secrets,
            Map<String, Output<String>> deployNamespaces,
            List<CacheServer> caches,
            Optional<MirrorDisks> mirrorDisks,
            QueueAdmission admission) {}

    /**
     * What a queue has outside of its cluster.
     *
     * @param controlPlane the range of the control plane's addresses
     * @param artifactBucket the bucket of artifacts, for queues with an identity
     * @param imageRegistry what names of the fleet's own images begin with, for queues that can push
     * @param identity the address of the queue's Google service account; none for an untrusted queue
     * @param variablesKey the id of its key for encrypted variables
     * @param cache where its own cache entries are kept, as {@code gs://bucket/queue/}
     */
    public record InGoogleCloud(
            String controlPlane,
            Output<String> artifactBucket,
            Output<String> imageRegistry,
            Optional<Output<String>> identity,
            Optional<Output<String>> variablesKey,
            Optional<Output<String>> cache) {}

    public AgentQueue(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var queue = args.queue();
        var border = new QueueNamespace(
                name + "-namespace", queue, args.google().map(InGoogleCloud::controlPlane), args.caches(), component());
        var namespace = border.name();
        var needed = new ArrayList<Resource>(args.admission().bindings());
        needed.add(border);
        var values = AgentStack.values(
                queue, args.agentTokenVersion(), args.checkoutKey().isPresent());
        needed.add(admission(name, namespace, args, values));
        needed.add(serviceAccount(name, namespace, args));
        needed.addAll(configMaps(name, namespace, args));
        needed.addAll(secrets(name, namespace, args));
        if (!args.deployNamespaces().isEmpty()) {
            needed.add(new DeployAccess(name + "-deploy", queue, namespace, args.deployNamespaces(), component()));
        }
        needed.addAll(directories(name, namespace, queue, List.copyOf(needed)));
        args.mirrorDisks().ifPresent(disks -> mirror(name, namespace, args, disks));
        if (queue.isDebuggable()) {
            new DebugAccess(name + "-debug", queue, namespace, component());
        }
        release(name, namespace, args, values, needed);
        registerOutputs(Map.of("namespace", namespace));
    }

    private List<Resource> configMaps(String name, Output<String> namespace, Args args) {
        var queue = args.queue();
        var google = args.google();
        var maps = new ArrayList<Resource>();
        maps.add(configMap(
                name + "-environment",
                namespace,
                AgentStack.ENVIRONMENT,
                flatten(JobEnvironment.of(
                        queue,
                        google.map(InGoogleCloud::artifactBucket),
                        google.map(InGoogleCloud::imageRegistry),
                        google.flatMap(InGoogleCloud::cache),
                        args.caches()))));
        // Apart from the rest, of which a preview would show nothing while this is not known.
        google.flatMap(InGoogleCloud::variablesKey)
                .ifPresent(key -> maps.add(configMap(
                        name + "-variables",
                        namespace,
                        AgentStack.VARIABLES,
                        flatten(Map.of(AgentStack.VARIABLES_KEY, key)))));
        if (queue.isTrusted()) {
            maps.add(configMap(
                    name + "-hooks",
                    namespace,
                    JobHooks.NAME,
                    Output.of(JobHooks.files(args.safeBuilds(), args.knownHosts(), queue))));
        }
        queue.signatures()
                .ifPresent(signatures -> maps.add(configMap(
                        name + "-" + StepSigning.VERIFICATION_KEYS,
                        namespace,
                        StepSigning.VERIFICATION_KEYS,
                        Output.of(Map.of(StepSigning.FILE, signatures.publicKeys())))));
        google.map(InGoogleCloud::imageRegistry)
                .filter(unused -> queue.pushesImages())
                .ifPresent(registry -> maps.add(configMap(
                        name + "-" + RegistryLogin.CONFIG_MAP,
                        namespace,
                        RegistryLogin.CONFIG_MAP,
                        flatten(RegistryLogin.files(registry)))));
        return maps;
    }

    private List<Resource> secrets(String name, Output<String> namespace, Args args) {
        var secrets = new ArrayList<Resource>();
        secrets.add(secret(
                name + "-token", namespace, AgentStack.TOKEN_SECRET, Map.of(AgentStack.TOKEN_KEY, args.agentToken())));
        if (!args.secrets().isEmpty()) {
            secrets.add(secret(name + "-secrets", namespace, AgentStack.ENVIRONMENT_SECRET, args.secrets()));
        }
        args.checkoutKey()
                .ifPresent(key -> secrets.add(secret(
                        name + "-checkout",
                        namespace,
                        AgentStack.CHECKOUT_SECRET,
                        Map.of(AgentStack.CHECKOUT_KEY, key))));
        args.signingKey()
                .ifPresent(key -> secrets.add(secret(
                        name + "-" + StepSigning.SIGNING_KEY,
                        namespace,
                        StepSigning.SIGNING_KEY,
                        Map.of(StepSigning.FILE, key))));
        return secrets;
    }

    /** The claims without which no job starts. */
    private List<Resource> directories(String name, Output<String> namespace, Queue queue, List<Resource> border) {
        var claims = new ArrayList<Resource>();
        if (queue.gitMirror().orElse(null) instanceof Mirror.OnNode node) {
            claims.add(new NodeDirectory(
                            name + "-mirror", queue, GitMirror.NAME, node.directory(), namespace, border, component())
                    .claim());
        }
        if (!queue.config().warm().isEmpty()) {
            claims.add(new NodeDirectory(
                            name + "-warm",
                            queue,
                            WarmCaches.NAME,
                            queue.warmDirectory(),
                            namespace,
                            border,
                            component())
                    .claim());
        }
        return claims;
    }

    /** Jobs do not wait for a disk: without one they are only slower. */
    private void mirror(String name, Output<String> namespace, Args args, MirrorDisks disks) {
        new QueueMirror(
                name + "-mirror",
                args.queue(),
                disks,
                args.checkoutKey().isPresent(),
                args.knownHosts(),
                namespace,
                component());
    }

    private ServiceAccount serviceAccount(String name, Output<String> namespace, Args args) {
        var annotations = new HashMap<String, Output<String>>();
        args.google()
                .flatMap(InGoogleCloud::identity)
                .ifPresent(email -> annotations.put("iam.gke.io/gcp-service-account", email));
        return new ServiceAccount(
                name + "-account",
                ServiceAccountArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(Queue.SERVICE_ACCOUNT)
                                .namespace(namespace)
                                .annotations(flatten(annotations))
                                .build())
                        .automountServiceAccountToken(false)
                        .build(),
                child().build());
    }

    /** Variables or files of every job, none of them secret. */
    private ConfigMap configMap(
            String childName, Output<String> namespace, String mapName, Output<Map<String, String>> data) {
        return new ConfigMap(
                childName,
                ConfigMapArgs.builder()
                        .metadata(metadata(namespace, mapName))
                        .data(data)
                        .build(),
                child().build());
    }

    private Secret secret(
            String childName, Output<String> namespace, String secretName, Map<String, Output<String>> values) {
        return new Secret(
                childName,
                SecretArgs.builder()
                        .metadata(metadata(namespace, secretName))
                        .type("Opaque")
                        .stringData(flatten(values).asSecret())
                        .build(),
                child().build());
    }

    /** From the same values as the release, so that what is admitted is what its controller makes. */
    private ConfigMap admission(String name, Output<String> namespace, Args args, AgentStackValues values) {
        var queue = args.queue();
        var data = new TreeMap<>(JobParameters.of(
                values.controllerConfig(),
                AgentStack.TOKEN_SECRET,
                queue.config().imageRegistries()));
        data.put("controller.deployment", queue.release());
        data.put("controller", queue.controllerUser());
        args.mirrorDisks()
                .ifPresent(disks -> data.putAll(
                        QueueMirror.parameters(queue, disks, args.checkoutKey().isPresent())));
        return configMap(name + "-admission", namespace, QueueAdmission.PARAMETERS, Output.of(data));
    }

    private void release(
            String name, Output<String> namespace, Args args, AgentStackValues values, List<Resource> needed) {
        new Release(
                name + "-release",
                ReleaseArgs.builder()
                        .name(args.queue().release())
                        .namespace(namespace)
                        .chart(args.queue().images().chart())
                        .version(args.queue().images().chartVersion())
                        .values(values.asMap())
                        .atomic(true)
                        .timeout(RELEASE_SECONDS)
                        .build(),
                // A controller that starts before what its jobs mount would fail their first pods.
                child().dependsOn(needed).build());
    }

    private static ObjectMetaArgs metadata(Output<String> namespace, String objectName) {
        return ObjectMetaArgs.builder().name(objectName).namespace(namespace).build();
    }

    private static Output<Map<String, String>> flatten(Map<String, Output<String>> values) {
        var keys = List.copyOf(values.keySet());
        return Output.all(keys.stream().map(values::get).toList()).applyValue(list -> {
            var map = new HashMap<String, String>();
            for (int i = 0; i < keys.size(); i++) {
                map.put(keys.get(i), list.get(i));
            }
            return map;
        });
    }
}
