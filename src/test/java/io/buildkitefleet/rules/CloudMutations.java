package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.add;
import static io.buildkitefleet.rules.Mutation.drop;
import static io.buildkitefleet.rules.Mutation.dropResource;
import static io.buildkitefleet.rules.Mutation.set;

import com.google.gson.JsonPrimitive;
import io.buildkitefleet.plan.FleetSummary;
import io.buildkitefleet.plan.SharedIdentity;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Mistakes in what is made in Google Cloud. */
final class CloudMutations {
    private static final String CLUSTER = "cluster-gke";
    private static final String POOL = "pool-stable-nodes";
    private static final String BUCKET = "artifacts-bucket";
    private static final String OWN_ACCOUNT = "\"serviceAccount:ci-deploy@acme-ci-full.iam.gserviceaccount.com\"";
    private static final String PROJECT_MEMBER = "gcp:projects/iAMMember:IAMMember";

    private CloudMutations() {}

    static Stream<Mutation> all() {
        return Stream.of(
                        cluster(),
                        clusterNetwork(),
                        nodes(),
                        network(),
                        storage(),
                        access(),
                        strangers(),
                        federation(),
                        deployers())
                .flatMap(List::stream);
    }

    private static List<Mutation> cluster() {
        return List.of(
                set("cluster-logging", CLUSTER, "\"none\"", "loggingService"),
                set("cluster-monitoring", CLUSTER, "\"none\"", "monitoringService"),
                drop("cluster-secrets-encrypted", CLUSTER, "databaseEncryption"),
                set("cluster-secrets-encrypted", CLUSTER, "\"DECRYPTED\"", "databaseEncryption", "state"),
                drop("cluster-workload-identity", CLUSTER, "workloadIdentityConfig"),
                set(
                        "cluster-client-certificate",
                        CLUSTER,
                        "true",
                        "masterAuth",
                        "clientCertificateConfig",
                        "issueClientCertificate"),
                drop("cluster-client-certificate", CLUSTER, "masterAuth"),
                set("cluster-legacy-abac", CLUSTER, "true", "enableLegacyAbac"),
                drop("cluster-anonymous", CLUSTER, "anonymousAuthenticationConfig"),
                set("cluster-anonymous", CLUSTER, "\"ENABLED\"", "anonymousAuthenticationConfig", "mode"),
                drop("cluster-open-bindings", CLUSTER, "rbacBindingConfig"),
                set(
                        "cluster-open-bindings",
                        CLUSTER,
                        "true",
                        "rbacBindingConfig",
                        "enableInsecureBindingSystemAuthenticated"),
                set(
                        "cluster-open-bindings",
                        CLUSTER,
                        "true",
                        "rbacBindingConfig",
                        "enableInsecureBindingSystemUnauthenticated"),
                drop("cluster-groups", CLUSTER, "authenticatorGroupsConfig"),
                set("cluster-alpha", CLUSTER, "true", "enableKubernetesAlpha"),
                set("cluster-shielded-nodes", CLUSTER, "false", "enableShieldedNodes"),
                set("cluster-release-channel", CLUSTER, "\"UNSPECIFIED\"", "releaseChannel", "channel"),
                set("cluster-release-channel", CLUSTER, "\"RAPID\"", "releaseChannel", "channel"),
                set("cluster-image-policy", CLUSTER, "\"DISABLED\"", "binaryAuthorization", "evaluationMode"),
                drop("cluster-logging", CLUSTER, "loggingConfig"),
                set("cluster-logging", CLUSTER, "[\"SYSTEM_COMPONENTS\"]", "loggingConfig", "enableComponents"),
                set("cluster-monitoring", CLUSTER, "[]", "monitoringConfig", "enableComponents"),
                set("cluster-security-posture", CLUSTER, "\"DISABLED\"", "securityPostureConfig", "mode"),
                set("cluster-default-pool", CLUSTER, "false", "removeDefaultNodePool"),
                set("cluster-default-pool", CLUSTER, "[{}]", "nodePools"));
    }

    private static List<Mutation> clusterNetwork() {
        return List.of(
                set("cluster-external-ips", CLUSTER, "true", "serviceExternalIpsConfig", "enabled"),
                set("cluster-private-nodes", CLUSTER, "false", "privateClusterConfig", "enablePrivateNodes"),
                set("cluster-private-endpoint", CLUSTER, "false", "privateClusterConfig", "enablePrivateEndpoint"),
                set(
                        "cluster-dns-endpoint",
                        CLUSTER,
                        "{\"dnsEndpointConfig\": {\"enableK8sTokensViaDns\": true}}",
                        "controlPlaneEndpointsConfig"),
                set(
                        "cluster-dns-endpoint",
                        CLUSTER,
                        "{\"dnsEndpointConfig\": {\"enableK8sCertsViaDns\": true}}",
                        "controlPlaneEndpointsConfig"),
                set(
                        "cluster-authorized-networks",
                        CLUSTER,
                        "\"0.0.0.0/0\"",
                        "masterAuthorizedNetworksConfig",
                        "cidrBlocks",
                        0,
                        "cidrBlock"),
                set(
                        "cluster-authorized-networks",
                        CLUSTER,
                        "\"128.0.0.0/1\"",
                        "masterAuthorizedNetworksConfig",
                        "cidrBlocks",
                        1,
                        "cidrBlock"),
                set(
                        "cluster-authorized-networks",
                        CLUSTER,
                        "true",
                        "masterAuthorizedNetworksConfig",
                        "gcpPublicCidrsAccessEnabled"),
                drop("cluster-authorized-networks", CLUSTER, "masterAuthorizedNetworksConfig"),
                drop("cluster-vpc-native", CLUSTER, "ipAllocationPolicy"),
                set("cluster-pod-traffic", CLUSTER, "false", "enableIntranodeVisibility"),
                set("cluster-network-policy", CLUSTER, "\"LEGACY_DATAPATH\"", "datapathProvider"));
    }

    private static List<Mutation> nodes() {
        return List.of(
                drop("node-account", POOL, "nodeConfig", "serviceAccount"),
                set(
                        "node-account",
                        POOL,
                        "\"1234-compute@developer.gserviceaccount.com\"",
                        "nodeConfig",
                        "serviceAccount"),
                drop("node-account", CLUSTER, "nodeConfig", "serviceAccount"),
                set("node-metadata-server", POOL, "\"GCE_METADATA\"", "nodeConfig", "workloadMetadataConfig", "mode"),
                set("node-metadata-server", POOL, "\"false\"", "nodeConfig", "metadata", "disable-legacy-endpoints"),
                set(
                                "node-own-account",
                                "pool-stable-nodes",
                                "\"ci-deploy@acme-ci-full.iam.gserviceaccount.com\"",
                                "nodeConfig",
                                "serviceAccount")
                        .seenBy("node-role"),
                set(
                        "node-software",
                        "pool-stable-nodes",
                        "{\"registryHosts\":[{\"server\":\"docker.io\"}]}",
                        "nodeConfig",
                        "containerdConfig"),
                set("node-software", "pool-stable-nodes", "\"id\"", "nodeConfig", "metadata", "startup-script"),
                set(
                        "node-software",
                        "pool-stable-nodes",
                        "[\"kernel.*\"]",
                        "nodeConfig",
                        "kubeletConfig",
                        "allowedUnsafeSysctls"),
                set(
                        "node-software",
                        "pool-stable-nodes",
                        "[{\"diskImage\":\"projects/else/global/images/a\"}]",
                        "nodeConfig",
                        "secondaryBootDisks"),
                set(
                        "node-network",
                        "pool-stable-nodes",
                        "[{\"network\":\"a\"}]",
                        "networkConfig",
                        "additionalNodeNetworkConfigs"),
                set("node-metadata-keys", POOL, "\"true\"", "nodeConfig", "metadata", "serial-port-enable"),
                set("node-metadata-keys", POOL, "\"me:ssh-ed25519 AAAA\"", "nodeConfig", "metadata", "ssh-keys"),
                set("node-metadata-keys", POOL, "\"FALSE\"", "nodeConfig", "metadata", "enable-oslogin"),
                set(
                        "node-kubelet",
                        POOL,
                        "\"TRUE\"",
                        "nodeConfig",
                        "kubeletConfig",
                        "insecureKubeletReadonlyPortEnabled"),
                set(
                        "node-kubelet",
                        CLUSTER,
                        "\"TRUE\"",
                        "nodePoolDefaults",
                        "nodeConfigDefaults",
                        "insecureKubeletReadonlyPortEnabled"),
                set(
                        "node-kubelet",
                        CLUSTER,
                        "\"TRUE\"",
                        "nodePoolAutoConfig",
                        "nodeKubeletConfig",
                        "insecureKubeletReadonlyPortEnabled"),
                set("cluster-private-nodes", POOL, "false", "networkConfig", "enablePrivateNodes"),
                set("node-image", POOL, "\"UBUNTU_CONTAINERD\"", "nodeConfig", "imageType"),
                set("node-repair", POOL, "false", "management", "autoRepair"),
                set("node-upgrade", POOL, "false", "management", "autoUpgrade"),
                set(
                        "node-integrity",
                        POOL,
                        "false",
                        "nodeConfig",
                        "shieldedInstanceConfig",
                        "enableIntegrityMonitoring"),
                set("node-secure-boot", POOL, "false", "nodeConfig", "shieldedInstanceConfig", "enableSecureBoot"),
                drop("node-secure-boot", POOL, "nodeConfig", "shieldedInstanceConfig"),
                drop("node-disk-key", POOL, "nodeConfig", "bootDiskKmsKey"),
                drop("node-taint", POOL, "nodeConfig", "taints"));
    }

    private static List<Mutation> network() {
        return List.of(
                set("network-own-subnets", "network-vpc", "true", "autoCreateSubnetworks"),
                dropResource("network-deny-baseline", "network-deny-ingress"),
                drop("network-deny-baseline", "network-deny-ingress", "logConfig"),
                add(
                        "network-open-ingress",
                        "gcp:compute/firewall:Firewall",
                        "{\"allows\":[{\"protocol\":\"tcp\",\"ports\":[\"22\"]}],\"sourceRanges\":[\"0.0.0.0/0\"]}"),
                add(
                        "network-open-ingress",
                        "gcp:compute/firewall:Firewall",
                        "{\"allows\":[{\"protocol\":\"tcp\"}],\"sourceRanges\":[\"0.0.0.0/1\",\"128.0.0.0/1\"]}"),
                add(
                        "network-open-ingress",
                        "gcp:compute/firewall:Firewall",
                        "{\"allows\":[{\"protocol\":\"tcp\"}],\"sourceRanges\":[\"2000::/3\"]}"),
                add(
                        "network-open-ingress",
                        "gcp:compute/firewall:Firewall",
                        "{\"allows\":[{\"protocol\":\"tcp\"}],\"sourceRanges\":["
                                + IntStream.range(0, 128)
                                        .mapToObj(i -> "\"" + i + ".0.0.0/8\"")
                                        .collect(Collectors.joining(","))
                                + "]}"),
                drop("nat-log", "network-nat", "logConfig"),
                set("nat-log", "network-nat", "false", "logConfig", "enable"),
                drop("subnet-flow-logs", "network-subnet", "logConfig"),
                set("subnet-google-access", "network-subnet", "false", "privateIpGoogleAccess"));
    }

    /** Of a queue's grant to write into a bucket that others share. */
    private static Mutation condition(String expression) {
        return set(
                "bucket-grants",
                "artifacts-big-write",
                new JsonPrimitive(expression).toString(),
                "condition",
                "expression");
    }

    private static List<Mutation> storage() {
        var own = "resource.name.startsWith(\"projects/_/buckets/acme-ci-full-ci-artifacts/objects/big/\")";
        return List.of(
                set("bucket-uniform-access", BUCKET, "false", "uniformBucketLevelAccess"),
                set("bucket-not-public", BUCKET, "\"inherited\"", "publicAccessPrevention"),
                set("bucket-versions", BUCKET, "false", "versioning", "enabled"),
                drop("bucket-lifecycle", BUCKET, "lifecycleRules"),
                drop("bucket-access-log", BUCKET, "logging"),
                drop("bucket-key", BUCKET, "encryption"),
                set("bucket-grants", "artifacts-big-read", "\"roles/storage.admin\"", "role"),
                drop("bucket-grants", "artifacts-big-write", "condition"),
                condition("true || " + own),
                condition("!" + own),
                condition(own + " || true"),
                condition("resource.name.startsWith(\"\")"),
                condition(own.replace("big/", "")),
                condition(own.replace("big/", "deploy/")),
                condition(own.replace("ci-artifacts", "ci-cache")),
                set("key-rotation", "keys-cluster", "\"31536000s\"", "rotationPeriod"),
                drop("key-rotation", "keys-cluster", "rotationPeriod"),
                drop("secret-store-key", "secrets-ci-agent-token", "replication", "userManaged"),
                drop("disk-key", "mirror", "diskEncryptionKey"),
                add(
                        "disk-key",
                        "kubernetes:storage.k8s.io/v1:StorageClass",
                        "{\"metadata\":{\"name\":\"fast\"},\"parameters\":{\"type\":\"pd-ssd\"}}"),
                drop("image-store-key", "images-repository", "kmsKeyName"),
                new Mutation("state-protected", "an unprotected key", plan -> plan.protectedAs("keys-cluster", false)),
                set("state-protected", BUCKET, "true", "forceDestroy"),
                set("state-protected", CLUSTER, "false", "deletionProtection"));
    }

    private static Mutation grantToNodes(String rule, String role) {
        return add(
                rule,
                PROJECT_MEMBER,
                "{\"project\":\"acme-ci-full\",\"role\":\"" + role + "\","
                        + "\"member\":\"serviceAccount:ci-node@acme-ci-full.iam.gserviceaccount.com\"}");
    }

    private static List<Mutation> access() {
        return List.of(
                add(
                        "audit-log",
                        "gcp:projects/iAMAuditConfig:IAMAuditConfig",
                        "{\"auditLogConfigs\":[{\"logType\":\"DATA_READ\",\"exemptedMembers\":[\"user:me@example.com\"]}]}"),
                set("iam-public", "artifacts-big-read", "\"allUsers\"", "member"),
                add(
                        "iam-public",
                        "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
                        "{\"role\":\"roles/cloudkms.viewer\",\"member\":\"allAuthenticatedUsers\"}"),
                set(
                        "iam-project-roles",
                        "deployer-up-role-use",
                        "\"serviceAccount:ci-big@acme-ci-full.iam.gserviceaccount.com\"",
                        "member"),
                set(
                        "iam-project-roles",
                        "deployer-preview-cluster",
                        "\"serviceAccount:ci-big@acme-ci-full.iam.gserviceaccount.com\"",
                        "member"),
                grantToNodes("iam-project-roles", "roles/editor"),
                add(
                        "iam-project-roles",
                        PROJECT_MEMBER,
                        "{\"project\":\"acme-ci-full\",\"role\":\"roles/container.clusterViewer\","
                                + "\"member\":\"serviceAccount:a@example.com\"}"),
                add(
                        "iam-project-roles",
                        PROJECT_MEMBER,
                        "{\"role\":\"roles/serviceusage.serviceUsageConsumer\","
                                + "\"member\":\"serviceAccount:a@example.com\"}"),
                add(
                        "iam-project-roles",
                        PROJECT_MEMBER,
                        "{\"role\":\"roles/storage.admin\",\"member\":\"serviceAccount:a@example.com\"}"),
                add(
                        "iam-additive",
                        "gcp:storage/bucketIAMBinding:BucketIAMBinding",
                        "{\"bucket\":\"acme-ci-full-ci-artifacts\",\"role\":\"roles/storage.objectViewer\","
                                + "\"members\":[\"serviceAccount:ci-big@acme-ci-full.iam.gserviceaccount.com\"]}"),
                add("iam-keys", "gcp:serviceaccount/key:Key", "{}"),
                new Mutation(
                        "iam-other-stacks",
                        "a stack of the same names beside it",
                        plan -> plan.withFleet(plan.fleet()
                                .map(fleet -> new FleetSummary(
                                        fleet.queues(),
                                        fleet.quotas(),
                                        List.of(new SharedIdentity("buildkite-big/job", "dev")),
                                        fleet.secretReaders(),
                                        fleet.accountRoles(),
                                        fleet.hooks(),
                                        fleet.admission(),
                                        fleet.tokens(),
                                        fleet.images(),
                                        fleet.debuggers())))),
                set("iam-image-writers", "images-big", "\"user:jane@example.com\"", "member"),
                set("iam-image-readers", "images-nodes", "\"roles/artifactregistry.writer\"", "role"),
                dropResource("image-scanning", "scanning"),
                set("image-policy", "policy", "\"ALWAYS_ALLOW\"", "defaultAdmissionRule", "evaluationMode"),
                set("image-policy", "policy", "\"DRYRUN_AUDIT_LOG_ONLY\"", "defaultAdmissionRule", "enforcementMode"));
    }

    private static List<Mutation> strangers() {
        var token = "secrets-ci-agent-token-mac-user-jane-example-com";
        return List.of(
                set("iam-own-roles", "variables-big-use", OWN_ACCOUNT, "member"),
                set("iam-own-roles", "variables-big-use", "\"roles/cloudkms.admin\"", "role"),
                set("iam-own-roles", "images-big", "\"roles/artifactregistry.admin\"", "role"),
                add(
                        "iam-own-roles",
                        PROJECT_MEMBER,
                        "{\"project\":\"acme-ci-full\",\"role\":\"roles/container.defaultNodeServiceAccount\","
                                + "\"member\":" + OWN_ACCOUNT + "}"),
                add(
                        "iam-own-roles",
                        "gcp:billing/accountIamMember:AccountIamMember",
                        "{\"role\":\"roles/billing.admin\",\"member\":" + OWN_ACCOUNT + "}"),
                set("secret-readers", token, "\"user:joe@example.com\"", "member"),
                set("secret-readers", token, "\"roles/secretmanager.admin\"", "role"),
                set("secret-readers", token, "\"ci-npm-token\"", "secretId"),
                set(
                        "secret-readers",
                        "secrets-ci-npm-token-big",
                        "\"serviceAccount:ci-small@acme-ci-full.iam.gserviceaccount.com\"",
                        "member"),
                set("iam-strangers", "variables-big-use", "\"domain:example.com\"", "member"),
                set(
                        "iam-strangers",
                        "keys-cluster-use",
                        "\"serviceAccount:ci@else.iam.gserviceaccount.com\"",
                        "member"),
                set("iam-strangers", "artifacts-big-read", "\"group:all@example.com\"", "member"),
                set("iam-strangers", "images-nodes", "\"user:joe@example.com\"", "member"),
                set("iam-image-writers", "images-big", "\"serviceAccount:ci@else.iam.gserviceaccount.com\"", "member"));
    }

    private static Mutation strangeRole(String permission) {
        return add(
                "iam-custom-roles",
                "gcp:projects/iAMCustomRole:IAMCustomRole",
                "{\"roleId\":\"ci\",\"permissions\":[\"storage.objects.get\",\"" + permission + "\"]}");
    }

    private static List<Mutation> deployers() {
        var role = "deployer-up-role";
        var preview = "deployer-preview-role";
        var grants = "deployer-up-grants-use";
        var github = "deployer-up-github-provider";
        var jobs = "deployer-preview-buildkite-provider";
        var condition = "attributeCondition";
        var ours = "assertion.repository_id == '1' && assertion.repository_owner_id == '2' && ";
        return List.of(
                set("iam-custom-roles", role, "[\"iam.roles.update\"]", "permissions"),
                set("iam-custom-roles", role, "[\"iam.workloadIdentityPoolProviders.update\"]", "permissions"),
                set("iam-custom-roles", role, "[\"iam.serviceAccountKeys.create\"]", "permissions"),
                set("iam-custom-roles", role, "[\"resourcemanager.projects.setIamPolicy\"]", "permissions"),
                set(
                        "iam-custom-roles",
                        role,
                        "[\"secretmanager.versions.destroy\",\"compute.instances.create\"]",
                        "permissions"),
                set("iam-custom-roles", preview, "[\"secretmanager.versions.access\"]", "permissions"),
                set("iam-custom-roles", preview, "[\"iam.serviceAccounts.actAs\"]", "permissions"),
                set("iam-custom-roles", preview, "[\"container.secrets.get\"]", "permissions"),
                set("iam-custom-roles", "deployer-up-grants", "[\"storage.buckets.create\"]", "permissions"),
                strangeRole("container.clusterRoleBindings.create"),
                strangeRole("container.clusterRoles.escalate"),
                strangeRole("container.secrets.get"),
                strangeRole("container.users.impersonate"),
                strangeRole("iam.serviceAccounts.actAs"),
                strangeRole("compute.instances.setMetadata"),
                strangeRole("cloudbuild.builds.create"),
                strangeRole("orgpolicy.policy.set"),
                strangeRole("storage.buckets.setIamPolicy"),
                strangeRole("secretmanager.versions.access"),
                drop("iam-custom-roles", grants, "condition"),
                set("iam-custom-roles", grants, "\"true\"", "condition", "expression"),
                set(
                        "iam-custom-roles",
                        grants,
                        "\"api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/owner'])\"",
                        "condition",
                        "expression"),
                set("iam-project-roles", "deployer-up-cluster", "\"roles/owner\"", "role"),
                set("iam-project-roles", "deployer-up-cluster", "\"user:jane@example.com\"", "member"),
                set("iam-project-roles", "deployer-up-role-use", "\"user:jane@example.com\"", "member"),
                grantToNodes("iam-project-roles", "roles/container.admin"),
                set("iam-impersonation", "deployer-up-identity-github", "\"user:jane@example.com\"", "member"),
                set(
                        "iam-job-tokens",
                        github,
                        "\"assertion.repository_owner_id\"",
                        "attributeMapping",
                        "attribute.repository"),
                drop("iam-job-tokens", github, condition),
                set("iam-job-tokens", github, "\"" + ours + "assertion.event_name == 'push'\"", condition),
                set("iam-job-tokens", github, "\"" + ours + "assertion.ref == 'refs/heads/main'\"", condition),
                set(
                        "iam-job-tokens",
                        github,
                        "\"" + ours
                                + "assertion.ref == 'refs/heads/main' && assertion.event_name == 'pull_request_target'\"",
                        condition),
                set(
                        "iam-job-tokens",
                        github,
                        "\"assertion.repository == 'acme/app' && assertion.repository_owner_id == '2' && "
                                + "assertion.event_name == 'push' && assertion.ref == 'refs/heads/main'\"",
                        condition),
                set("iam-job-tokens", jobs, "\"!assertion.build_branch.contains(':')\"", condition));
    }

    private static List<Mutation> federation() {
        var provider = "mac-tokens-provider";
        var workload = "identity-big-workload";
        var condition = "attributeCondition";
        return List.of(
                set("iam-impersonation", "mac-identity-jobs", "\"group:mac-owners@example.com\"", "member"),
                set("iam-impersonation", "mac-identity-jobs", "\"roles/iam.serviceAccountTokenCreator\"", "role"),
                set(
                        "iam-impersonation",
                        "mac-identity-jobs",
                        "\"principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/agents-ci/*\"",
                        "member"),
                set(
                        "iam-impersonation",
                        "mac-identity-jobs",
                        "\"principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/other/attribute.queue/macos\"",
                        "member"),
                set("iam-impersonation", workload, "\"serviceAccount:else.svc.id.goog[buildkite-big/job]\"", "member"),
                set(
                        "iam-impersonation",
                        workload,
                        "\"serviceAccount:acme-ci-full.svc.id.goog[buildkite-deploy/job]\"",
                        "member"),
                set(
                        "iam-impersonation",
                        workload,
                        "\"serviceAccount:acme-ci-full.svc.id.goog[buildkite-big/default]\"",
                        "member"),
                add(
                        "iam-impersonation",
                        "gcp:serviceaccount/iAMMember:IAMMember",
                        "{\"role\":\"roles/iam.workloadIdentityUser\",\"member\":\"user:jane@example.com\"}"),
                set("iam-job-tokens", provider, "\"https://token.example.com\"", "oidc", "issuerUri"),
                set("iam-job-tokens", provider, "\"https://agent.buildkite.com/\"", "oidc", "issuerUri"),
                drop("iam-job-tokens", provider, "oidc"),
                set("iam-job-tokens", provider, "\"{}\"", "oidc", "jwksJson"),
                set("iam-job-tokens", provider, "{\"accountId\":\"1\"}", "aws"),
                set("iam-job-tokens", provider, "{\"idpMetadataXml\":\"x\"}", "saml"),
                set("iam-job-tokens", provider, "{\"trustStore\":{\"trustAnchors\":[]}}", "x509"),
                set("iam-job-tokens", provider, "\"'macos'\"", "attributeMapping", "attribute.queue"),
                drop("iam-job-tokens", provider, "attributeMapping", "attribute.queue"),
                drop("iam-job-tokens", provider, condition),
                set("iam-job-tokens", provider, "\"assertion.organization_slug == 'acme'\"", condition),
                set(
                        "iam-job-tokens",
                        provider,
                        "\"assertion.organization_id == 'x' && assertion.queue_key == 'macos'\"",
                        condition),
                set(
                        "iam-job-tokens",
                        provider,
                        "\"assertion.organization_id == 'x' && assertion.pipeline_slug in ['app']\"",
                        condition),
                set(
                        "iam-job-tokens",
                        provider,
                        "\"assertion.organization_id == 'x' && assertion.queue_key == 'macos' "
                                + "&& assertion.pipeline_slug in ['app'] || true\"",
                        condition),
                set(
                        "iam-job-tokens",
                        provider,
                        "\"assertion.organization_id == 'x' && assertion.queue_key == 'macos' "
                                + "&& (assertion.pipeline_slug in ['app'] || assertion.build_branch == 'main')\"",
                        condition),
                set("iam-job-tokens", provider, "[\"https://example.com\"]", "oidc", "allowedAudiences"),
                otherTokens(provider, "organization_id == '[^']+'", "organization_id == 'x'"),
                otherTokens(provider, "queue_key == '[^']+'", "queue_key == 'big'"),
                otherTokens(provider, "pipeline_slug in \\[", "pipeline_slug in ['anything', "),
                otherTokens(
                        "deployer-preview-buildkite-provider", "organization_id == '[^']+'", "organization_id == 'x'"),
                otherTokens("deployer-preview-buildkite-provider", " && !assertion.build_branch.contains\\(':'\\)", ""),
                otherTokens("deployer-up-github-provider", "repository_id == '[^']+'", "repository_id == '7'"),
                otherTokens("deployer-up-github-provider", "refs/heads/[a-z]+", "refs/heads/other"),
                set("iam-job-tokens", provider, "\"bk-big\"", "workloadIdentityPoolProviderId"));
    }

    /** A condition of the form that it should have, but on others. */
    private static Mutation otherTokens(String provider, String part, String other) {
        return new Mutation(
                "iam-job-tokens",
                provider + " with " + other + " for " + part,
                plan -> plan.rewritten(provider, part, other, "attributeCondition"));
    }
}
