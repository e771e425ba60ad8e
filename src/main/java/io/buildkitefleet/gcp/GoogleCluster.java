package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.CustomType;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.gcp.container.ClusterArgs;
import com.pulumi.gcp.container.inputs.ClusterAddonsConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterAuthenticatorGroupsConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterBinaryAuthorizationArgs;
import com.pulumi.gcp.container.inputs.ClusterClusterAutoscalingArgs;
import com.pulumi.gcp.container.inputs.ClusterClusterTelemetryArgs;
import com.pulumi.gcp.container.inputs.ClusterConfidentialNodesArgs;
import com.pulumi.gcp.container.inputs.ClusterCostManagementConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterDatabaseEncryptionArgs;
import com.pulumi.gcp.container.inputs.ClusterDefaultSnatStatusArgs;
import com.pulumi.gcp.container.inputs.ClusterDnsConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterEnableK8sBetaApisArgs;
import com.pulumi.gcp.container.inputs.ClusterGatewayApiConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterIdentityServiceConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterIpAllocationPolicyArgs;
import com.pulumi.gcp.container.inputs.ClusterLoggingConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterMaintenancePolicyArgs;
import com.pulumi.gcp.container.inputs.ClusterMasterAuthArgs;
import com.pulumi.gcp.container.inputs.ClusterMasterAuthorizedNetworksConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterMeshCertificatesArgs;
import com.pulumi.gcp.container.inputs.ClusterMonitoringConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterNetworkPolicyArgs;
import com.pulumi.gcp.container.inputs.ClusterNodeConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterNodePoolArgs;
import com.pulumi.gcp.container.inputs.ClusterNodePoolAutoConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterNodePoolDefaultsArgs;
import com.pulumi.gcp.container.inputs.ClusterNotificationConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterPodSecurityPolicyConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterPrivateClusterConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterProtectConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterReleaseChannelArgs;
import com.pulumi.gcp.container.inputs.ClusterResourceUsageExportConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterSecurityPostureConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterServiceExternalIpsConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterTpuConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterVerticalPodAutoscalingArgs;
import com.pulumi.gcp.container.inputs.ClusterWorkloadIdentityConfigArgs;
import com.pulumi.gcp.container.outputs.ClusterMasterAuth;
import com.pulumi.gcp.container.outputs.ClusterWorkloadIdentityConfig;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Map;

/**
 * A GKE cluster, which may have what the SDK's class of one lacks. Its type is Google's own, and what that class knows
 * is taken from there.
 */
final class GoogleCluster extends CustomResource {
    private static final String TYPE = "gcp:container/cluster:Cluster";

    @Export(
            name = "controlPlaneEndpointsConfig",
            refs = {Endpoints.class},
            tree = "[0]")
    private Output<Endpoints> controlPlaneEndpointsConfig;

    @Export(
            name = "endpoint",
            refs = {String.class},
            tree = "[0]")
    private Output<String> endpoint;

    @Export(
            name = "location",
            refs = {String.class},
            tree = "[0]")
    private Output<String> location;

    @Export(
            name = "masterAuth",
            refs = {ClusterMasterAuth.class},
            tree = "[0]")
    private Output<ClusterMasterAuth> masterAuth;

    @Export(
            name = "name",
            refs = {String.class},
            tree = "[0]")
    private Output<String> name;

    @Export(
            name = "project",
            refs = {String.class},
            tree = "[0]")
    private Output<String> project;

    @Export(
            name = "workloadIdentityConfig",
            refs = {ClusterWorkloadIdentityConfig.class},
            tree = "[0]")
    private Output<ClusterWorkloadIdentityConfig> workloadIdentityConfig;

    GoogleCluster(String resourceName, Inputs inputs, CustomResourceOptions options) {
        super(TYPE, resourceName, inputs, options);
    }

    Output<String> name() {
        return name;
    }

    Output<String> project() {
        return project;
    }

    Output<String> location() {
        return location;
    }

    /** The address of the Kubernetes API. */
    Output<String> endpoint() {
        return endpoint;
    }

    /** The name of the Kubernetes API, which only who may {@code container.clusters.connect} gets past. */
    Output<String> dnsEndpoint() {
        return controlPlaneEndpointsConfig.applyValue(Endpoints::dns);
    }

    /** The certificate of the authority that vouches for {@link #endpoint}, as base64 of PEM. */
    Output<String> authority() {
        return masterAuth.applyValue(auth -> auth.clusterCaCertificate().orElse(""));
    }

    /** The pool of Workload Identity. */
    Output<String> workloadPool() {
        return workloadIdentityConfig.applyValue(config -> config.workloadPool().orElse(""));
    }

    /** By what the Kubernetes API is reached. */
    @CustomType
    static final class Endpoints {
        private final Dns dns;

        private Endpoints(Dns dns) {
            this.dns = dns;
        }

        private String dns() {
            return dns.endpoint;
        }

        /** As the SDK reads a type. */
        @CustomType.Builder
        static final class Builder {
            private Dns dns;

            @CustomType.Setter
            Builder dnsEndpointConfig(Dns dnsEndpointConfig) {
                dns = dnsEndpointConfig;
                return this;
            }

            Endpoints build() {
                return new Endpoints(dns);
            }
        }
    }

    /** The name. */
    @CustomType
    static final class Dns {
        private final String endpoint;

        private Dns(String endpoint) {
            this.endpoint = endpoint;
        }

        /** As the SDK reads a type. */
        @CustomType.Builder
        static final class Builder {
            private String endpoint;

            @CustomType.Setter("endpoint")
            Builder endpoint(String endpoint) {
                this.endpoint = endpoint;
                return this;
            }

            Dns build() {
                return new Dns(endpoint);
            }
        }
    }

    /** What a cluster is made of. */
    static final class Inputs extends ResourceArgs {
        @Import(name = "addonsConfig")
        private final Output<ClusterAddonsConfigArgs> addonsConfig;

        @Import(name = "allowNetAdmin")
        private final Output<Boolean> allowNetAdmin;

        @Import(name = "authenticatorGroupsConfig")
        private final Output<ClusterAuthenticatorGroupsConfigArgs> authenticatorGroupsConfig;

        @Import(name = "binaryAuthorization")
        private final Output<ClusterBinaryAuthorizationArgs> binaryAuthorization;

        @Import(name = "clusterAutoscaling")
        private final Output<ClusterClusterAutoscalingArgs> clusterAutoscaling;

        @Import(name = "clusterIpv4Cidr")
        private final Output<String> clusterIpv4Cidr;

        @Import(name = "clusterTelemetry")
        private final Output<ClusterClusterTelemetryArgs> clusterTelemetry;

        @Import(name = "confidentialNodes")
        private final Output<ClusterConfidentialNodesArgs> confidentialNodes;

        @Import(name = "costManagementConfig")
        private final Output<ClusterCostManagementConfigArgs> costManagementConfig;

        @Import(name = "databaseEncryption")
        private final Output<ClusterDatabaseEncryptionArgs> databaseEncryption;

        @Import(name = "datapathProvider")
        private final Output<String> datapathProvider;

        @Import(name = "defaultMaxPodsPerNode")
        private final Output<Integer> defaultMaxPodsPerNode;

        @Import(name = "defaultSnatStatus")
        private final Output<ClusterDefaultSnatStatusArgs> defaultSnatStatus;

        @Import(name = "deletionProtection")
        private final Output<Boolean> deletionProtection;

        @Import(name = "description")
        private final Output<String> description;

        @Import(name = "dnsConfig")
        private final Output<ClusterDnsConfigArgs> dnsConfig;

        @Import(name = "enableAutopilot")
        private final Output<Boolean> enableAutopilot;

        @Import(name = "enableFqdnNetworkPolicy")
        private final Output<Boolean> enableFqdnNetworkPolicy;

        @Import(name = "enableIntranodeVisibility")
        private final Output<Boolean> enableIntranodeVisibility;

        @Import(name = "enableK8sBetaApis")
        private final Output<ClusterEnableK8sBetaApisArgs> enableK8sBetaApis;

        @Import(name = "enableKubernetesAlpha")
        private final Output<Boolean> enableKubernetesAlpha;

        @Import(name = "enableL4IlbSubsetting")
        private final Output<Boolean> enableL4IlbSubsetting;

        @Import(name = "enableLegacyAbac")
        private final Output<Boolean> enableLegacyAbac;

        @Import(name = "enableMultiNetworking")
        private final Output<Boolean> enableMultiNetworking;

        @Import(name = "enableShieldedNodes")
        private final Output<Boolean> enableShieldedNodes;

        @Import(name = "enableTpu")
        private final Output<Boolean> enableTpu;

        @Import(name = "gatewayApiConfig")
        private final Output<ClusterGatewayApiConfigArgs> gatewayApiConfig;

        @Import(name = "identityServiceConfig")
        private final Output<ClusterIdentityServiceConfigArgs> identityServiceConfig;

        @Import(name = "initialNodeCount")
        private final Output<Integer> initialNodeCount;

        @Import(name = "ipAllocationPolicy")
        private final Output<ClusterIpAllocationPolicyArgs> ipAllocationPolicy;

        @Import(name = "location")
        private final Output<String> location;

        @Import(name = "loggingConfig")
        private final Output<ClusterLoggingConfigArgs> loggingConfig;

        @Import(name = "loggingService")
        private final Output<String> loggingService;

        @Import(name = "maintenancePolicy")
        private final Output<ClusterMaintenancePolicyArgs> maintenancePolicy;

        @Import(name = "masterAuth")
        private final Output<ClusterMasterAuthArgs> masterAuth;

        @Import(name = "masterAuthorizedNetworksConfig")
        private final Output<ClusterMasterAuthorizedNetworksConfigArgs> masterAuthorizedNetworksConfig;

        @Import(name = "meshCertificates")
        private final Output<ClusterMeshCertificatesArgs> meshCertificates;

        @Import(name = "minMasterVersion")
        private final Output<String> minMasterVersion;

        @Import(name = "monitoringConfig")
        private final Output<ClusterMonitoringConfigArgs> monitoringConfig;

        @Import(name = "monitoringService")
        private final Output<String> monitoringService;

        @Import(name = "name")
        private final Output<String> name;

        @Import(name = "network")
        private final Output<String> network;

        @Import(name = "networkPolicy")
        private final Output<ClusterNetworkPolicyArgs> networkPolicy;

        @Import(name = "networkingMode")
        private final Output<String> networkingMode;

        @Import(name = "nodeConfig")
        private final Output<ClusterNodeConfigArgs> nodeConfig;

        @Import(name = "nodeLocations")
        private final Output<List<String>> nodeLocations;

        @Import(name = "nodePoolAutoConfig")
        private final Output<ClusterNodePoolAutoConfigArgs> nodePoolAutoConfig;

        @Import(name = "nodePoolDefaults")
        private final Output<ClusterNodePoolDefaultsArgs> nodePoolDefaults;

        @Import(name = "nodePools")
        private final Output<List<ClusterNodePoolArgs>> nodePools;

        @Import(name = "nodeVersion")
        private final Output<String> nodeVersion;

        @Import(name = "notificationConfig")
        private final Output<ClusterNotificationConfigArgs> notificationConfig;

        @Import(name = "podSecurityPolicyConfig")
        private final Output<ClusterPodSecurityPolicyConfigArgs> podSecurityPolicyConfig;

        @Import(name = "privateClusterConfig")
        private final Output<ClusterPrivateClusterConfigArgs> privateClusterConfig;

        @Import(name = "privateIpv6GoogleAccess")
        private final Output<String> privateIpv6GoogleAccess;

        @Import(name = "project")
        private final Output<String> project;

        @Import(name = "protectConfig")
        private final Output<ClusterProtectConfigArgs> protectConfig;

        @Import(name = "releaseChannel")
        private final Output<ClusterReleaseChannelArgs> releaseChannel;

        @Import(name = "removeDefaultNodePool")
        private final Output<Boolean> removeDefaultNodePool;

        @Import(name = "resourceLabels")
        private final Output<Map<String, String>> resourceLabels;

        @Import(name = "resourceUsageExportConfig")
        private final Output<ClusterResourceUsageExportConfigArgs> resourceUsageExportConfig;

        @Import(name = "securityPostureConfig")
        private final Output<ClusterSecurityPostureConfigArgs> securityPostureConfig;

        @Import(name = "serviceExternalIpsConfig")
        private final Output<ClusterServiceExternalIpsConfigArgs> serviceExternalIpsConfig;

        @Import(name = "subnetwork")
        private final Output<String> subnetwork;

        @Import(name = "tpuConfig")
        private final Output<ClusterTpuConfigArgs> tpuConfig;

        @Import(name = "verticalPodAutoscaling")
        private final Output<ClusterVerticalPodAutoscalingArgs> verticalPodAutoscaling;

        @Import(name = "workloadIdentityConfig")
        private final Output<ClusterWorkloadIdentityConfigArgs> workloadIdentityConfig;

        @Import(name = "controlPlaneEndpointsConfig")
        private final Output<EndpointsArgs> controlPlaneEndpointsConfig;

        @Import(name = "anonymousAuthenticationConfig")
        private final Output<AnonymousArgs> anonymousAuthenticationConfig = Output.of(new AnonymousArgs());

        @Import(name = "rbacBindingConfig")
        private final Output<BindingsArgs> rbacBindingConfig = Output.of(new BindingsArgs());

        private Inputs(ClusterArgs sdk, Output<EndpointsArgs> endpoints) {
            addonsConfig = sdk.addonsConfig().orElse(null);
            allowNetAdmin = sdk.allowNetAdmin().orElse(null);
            authenticatorGroupsConfig = sdk.authenticatorGroupsConfig().orElse(null);
            binaryAuthorization = sdk.binaryAuthorization().orElse(null);
            clusterAutoscaling = sdk.clusterAutoscaling().orElse(null);
            clusterIpv4Cidr = sdk.clusterIpv4Cidr().orElse(null);
            clusterTelemetry = sdk.clusterTelemetry().orElse(null);
            confidentialNodes = sdk.confidentialNodes().orElse(null);
            costManagementConfig = sdk.costManagementConfig().orElse(null);
            databaseEncryption = sdk.databaseEncryption().orElse(null);
            datapathProvider = sdk.datapathProvider().orElse(null);
            defaultMaxPodsPerNode = sdk.defaultMaxPodsPerNode().orElse(null);
            defaultSnatStatus = sdk.defaultSnatStatus().orElse(null);
            deletionProtection = sdk.deletionProtection().orElse(null);
            description = sdk.description().orElse(null);
            dnsConfig = sdk.dnsConfig().orElse(null);
            enableAutopilot = sdk.enableAutopilot().orElse(null);
            enableFqdnNetworkPolicy = sdk.enableFqdnNetworkPolicy().orElse(null);
            enableIntranodeVisibility = sdk.enableIntranodeVisibility().orElse(null);
            enableK8sBetaApis = sdk.enableK8sBetaApis().orElse(null);
            enableKubernetesAlpha = sdk.enableKubernetesAlpha().orElse(null);
            enableL4IlbSubsetting = sdk.enableL4IlbSubsetting().orElse(null);
            enableLegacyAbac = sdk.enableLegacyAbac().orElse(null);
            enableMultiNetworking = sdk.enableMultiNetworking().orElse(null);
            enableShieldedNodes = sdk.enableShieldedNodes().orElse(null);
            enableTpu = sdk.enableTpu().orElse(null);
            gatewayApiConfig = sdk.gatewayApiConfig().orElse(null);
            identityServiceConfig = sdk.identityServiceConfig().orElse(null);
            initialNodeCount = sdk.initialNodeCount().orElse(null);
            ipAllocationPolicy = sdk.ipAllocationPolicy().orElse(null);
            location = sdk.location().orElse(null);
            loggingConfig = sdk.loggingConfig().orElse(null);
            loggingService = sdk.loggingService().orElse(null);
            maintenancePolicy = sdk.maintenancePolicy().orElse(null);
            masterAuth = sdk.masterAuth().orElse(null);
            masterAuthorizedNetworksConfig =
                    sdk.masterAuthorizedNetworksConfig().orElse(null);
            meshCertificates = sdk.meshCertificates().orElse(null);
            minMasterVersion = sdk.minMasterVersion().orElse(null);
            monitoringConfig = sdk.monitoringConfig().orElse(null);
            monitoringService = sdk.monitoringService().orElse(null);
            name = sdk.name().orElse(null);
            network = sdk.network().orElse(null);
            networkPolicy = sdk.networkPolicy().orElse(null);
            networkingMode = sdk.networkingMode().orElse(null);
            nodeConfig = sdk.nodeConfig().orElse(null);
            nodeLocations = sdk.nodeLocations().orElse(null);
            nodePoolAutoConfig = sdk.nodePoolAutoConfig().orElse(null);
            nodePoolDefaults = sdk.nodePoolDefaults().orElse(null);
            nodePools = sdk.nodePools().orElse(null);
            nodeVersion = sdk.nodeVersion().orElse(null);
            notificationConfig = sdk.notificationConfig().orElse(null);
            podSecurityPolicyConfig = sdk.podSecurityPolicyConfig().orElse(null);
            privateClusterConfig = sdk.privateClusterConfig().orElse(null);
            privateIpv6GoogleAccess = sdk.privateIpv6GoogleAccess().orElse(null);
            project = sdk.project().orElse(null);
            protectConfig = sdk.protectConfig().orElse(null);
            releaseChannel = sdk.releaseChannel().orElse(null);
            removeDefaultNodePool = sdk.removeDefaultNodePool().orElse(null);
            resourceLabels = sdk.resourceLabels().orElse(null);
            resourceUsageExportConfig = sdk.resourceUsageExportConfig().orElse(null);
            securityPostureConfig = sdk.securityPostureConfig().orElse(null);
            serviceExternalIpsConfig = sdk.serviceExternalIpsConfig().orElse(null);
            subnetwork = sdk.subnetwork().orElse(null);
            tpuConfig = sdk.tpuConfig().orElse(null);
            verticalPodAutoscaling = sdk.verticalPodAutoscaling().orElse(null);
            workloadIdentityConfig = sdk.workloadIdentityConfig().orElse(null);
            controlPlaneEndpointsConfig = endpoints;
        }

        /** The Kubernetes API is reached by its address alone. */
        static Inputs reachedByAddress(ClusterArgs sdk) {
            return new Inputs(sdk, null);
        }

        /** The Kubernetes API is reached by its name as well. */
        static Inputs reachedByName(ClusterArgs sdk) {
            return new Inputs(sdk, Output.of(new EndpointsArgs(new DnsEndpointArgs())));
        }
    }

    /**
     * https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters#ControlPlaneEndpointsConfig
     */
    private static final class EndpointsArgs extends ResourceArgs {
        @Import(name = "dnsEndpointConfig")
        private final Output<DnsEndpointArgs> dnsEndpointConfig;

        private EndpointsArgs(DnsEndpointArgs dns) {
            dnsEndpointConfig = Output.of(dns);
        }
    }

    /** Whom the name lets in: who IAM knows, by no credential that the cluster itself gave away. */
    private static final class DnsEndpointArgs extends ResourceArgs {
        @Import(name = "allowExternalTraffic")
        private final Output<Boolean> allowExternalTraffic = Output.of(true);

        @Import(name = "enableK8sCertsViaDns")
        private final Output<Boolean> enableK8sCertsViaDns = Output.of(false);

        @Import(name = "enableK8sTokensViaDns")
        private final Output<Boolean> enableK8sTokensViaDns = Output.of(false);
    }

    /**
     * What the Kubernetes API says to whoever says no name: whether it is well, and nothing else.
     * https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#restrict-anon-access
     */
    private static final class AnonymousArgs extends ResourceArgs {
        @Import(name = "mode")
        private final Output<String> mode = Output.of("LIMITED");
    }

    /**
     * Which bindings the Kubernetes API refuses beside Kubernetes' own: those to everybody, with a name or without.
     * https://cloud.google.com/kubernetes-engine/docs/best-practices/rbac#prevent-default-group-usage
     */
    private static final class BindingsArgs extends ResourceArgs {
        @Import(name = "enableInsecureBindingSystemAuthenticated")
        private final Output<Boolean> enableInsecureBindingSystemAuthenticated = Output.of(false);

        @Import(name = "enableInsecureBindingSystemUnauthenticated")
        private final Output<Boolean> enableInsecureBindingSystemUnauthenticated = Output.of(false);
    }
}
