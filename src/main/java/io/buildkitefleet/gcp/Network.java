package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.compute.Address;
import com.pulumi.gcp.compute.AddressArgs;
import com.pulumi.gcp.compute.Firewall;
import com.pulumi.gcp.compute.FirewallArgs;
import com.pulumi.gcp.compute.NetworkArgs;
import com.pulumi.gcp.compute.Router;
import com.pulumi.gcp.compute.RouterArgs;
import com.pulumi.gcp.compute.RouterNat;
import com.pulumi.gcp.compute.RouterNatArgs;
import com.pulumi.gcp.compute.Subnetwork;
import com.pulumi.gcp.compute.SubnetworkArgs;
import com.pulumi.gcp.compute.inputs.FirewallDenyArgs;
import com.pulumi.gcp.compute.inputs.FirewallLogConfigArgs;
import com.pulumi.gcp.compute.inputs.RouterNatLogConfigArgs;
import com.pulumi.gcp.compute.inputs.SubnetworkLogConfigArgs;
import com.pulumi.gcp.compute.inputs.SubnetworkSecondaryIpRangeArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.config.NetworkConfig;
import io.buildkitefleet.fleet.Fleet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The fleet's own network: private nodes that reach the internet from static addresses, which others can allow-list,
 * and that nobody reaches.
 */
public final class Network extends FleetComponent {
    /** The subnet's secondary range of pods. */
    static final String POD_RANGE = "pods";

    /** The subnet's secondary range of services. */
    static final String SERVICE_RANGE = "services";

    private static final int MOST_PORTS = 8192;

    private static final String TYPE = "buildkite-fleet:gcp:Network";

    /**
     * What a network is made of.
     *
     * @param addresses its address plan
     */
    public record Args(Output<String> project, NetworkConfig addresses, CommonArgs common) {}

    private final Output<String> link;
    private final Subnetwork subnet;
    private final List<Address> addresses;

    public Network(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        link = vpc(name, args);
        subnet = subnet(name, args);
        denyIngress(name, args);
        addresses = IntStream.rangeClosed(1, args.addresses().natAddresses())
                .mapToObj(number -> address(name + "-nat-" + number, args))
                .toList();
        nat(name, args);
        registerOutputs(Map.of("natAddresses", natAddresses()));
    }

    Output<String> networkLink() {
        return link;
    }

    Output<String> subnetLink() {
        return subnet.selfLink();
    }

    /** The addresses from which the fleet reaches the internet. */
    public Output<List<String>> natAddresses() {
        return Output.all(addresses.stream().map(Address::address).toList());
    }

    private Output<String> vpc(String name, Args args) {
        return new com.pulumi.gcp.compute.Network(
                        name + "-vpc",
                        NetworkArgs.builder()
                                .project(args.project())
                                .autoCreateSubnetworks(false)
                                .routingMode("REGIONAL")
                                .build(),
                        child().protect(args.common().protect()).build())
                .selfLink();
    }

    private Subnetwork subnet(String name, Args args) {
        var addressPlan = args.addresses();
        return new Subnetwork(
                name + "-subnet",
                SubnetworkArgs.builder()
                        .project(args.project())
                        .region(args.common().region())
                        .network(link)
                        .ipCidrRange(addressPlan.nodes().toString())
                        .secondaryIpRanges(
                                range(POD_RANGE, addressPlan.pods().toString()),
                                range(SERVICE_RANGE, addressPlan.services().toString()))
                        // Google's own APIs are reached without the NAT, which charges by the gigabyte.
                        .privateIpGoogleAccess(true)
                        .logConfig(SubnetworkLogConfigArgs.builder()
                                .aggregationInterval("INTERVAL_10_MIN")
                                .flowSampling(0.5)
                                .metadata("INCLUDE_ALL_METADATA")
                                .build())
                        .build(),
                child().protect(args.common().protect()).build());
    }

    private static SubnetworkSecondaryIpRangeArgs range(String name, String cidr) {
        return SubnetworkSecondaryIpRangeArgs.builder()
                .rangeName(name)
                .ipCidrRange(cidr)
                .build();
    }

    /** What a VPC does anyway, but with a log; GKE adds what its control plane needs, at a higher priority. */
    private void denyIngress(String name, Args args) {
        new Firewall(
                name + "-deny-ingress",
                FirewallArgs.builder()
                        .project(args.project())
                        .network(link)
                        .description("Nobody reaches the fleet from outside; what is refused is logged.")
                        .direction("INGRESS")
                        .priority(65_000)
                        .sourceRanges("0.0.0.0/0")
                        .denies(FirewallDenyArgs.builder().protocol("all").build())
                        .logConfig(FirewallLogConfigArgs.builder()
                                .metadata("INCLUDE_ALL_METADATA")
                                .build())
                        .build(),
                child().build());
    }

    private Address address(String name, Args args) {
        return new Address(
                name,
                AddressArgs.builder()
                        .project(args.project())
                        .region(args.common().region())
                        .addressType("EXTERNAL")
                        .labels(args.common().labels())
                        .build(),
                child().protect(args.common().protect()).build());
    }

    private void nat(String name, Args args) {
        var router = new Router(
                name + "-router",
                RouterArgs.builder()
                        .project(args.project())
                        .region(args.common().region())
                        .network(link)
                        .build(),
                child().build());
        new RouterNat(
                name + "-nat",
                RouterNatArgs.builder()
                        .project(args.project())
                        .region(args.common().region())
                        .router(router.name())
                        .natIpAllocateOption("MANUAL_ONLY")
                        .natIps(Output.all(
                                addresses.stream().map(Address::selfLink).toList()))
                        .sourceSubnetworkIpRangesToNat("ALL_SUBNETWORKS_ALL_IP_RANGES")
                        .enableDynamicPortAllocation(true)
                        .enableEndpointIndependentMapping(false)
                        .minPortsPerVm(Fleet.LEAST_NAT_PORTS)
                        .maxPortsPerVm(MOST_PORTS)
                        .logConfig(RouterNatLogConfigArgs.builder()
                                .enable(true)
                                .filter("ERRORS_ONLY")
                                .build())
                        .build(),
                child().build());
    }
}
