package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What has to stand beside something in Google Cloud, or it is of no use. */
public final class ProvisionRules {
    static final String ENCRYPTER = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

    /** Other subnets than those of machines: https://cloud.google.com/vpc/docs/subnets#purpose */
    private static final Set<String> OF_MACHINES = Set.of("", "PRIVATE");

    private ProvisionRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("node-egress", HIGH, "Nodes reach the internet by a NAT of the plan")
                        .why("they have no public address: without it no job fetches code or talks to Buildkite")
                        .mend("put the NAT back, for all ranges of all subnets of the region")
                        .check(stack -> Check.each(GoogleType.SUBNET, subnet -> withoutNat(stack, subnet))
                                .of(stack)),
                Rule.named("node-role", HIGH, "Nodes have the role that Google wants them to have")
                        .why("without it they send no logs and no metrics, and may not become ready")
                        .mend("grant the nodes' account " + Grants.NODE_ROLE + " on the project")
                        .source("https://cloud.google.com/kubernetes-engine/docs/how-to/service-accounts")
                        .check(stack -> Check.each(ProvisionRules::nodeAccounts, account -> withoutRole(stack, account))
                                .of(stack)),
                Rule.named("key-use", HIGH, "Somebody may use each key")
                        .why(
                                "Google makes nothing with a key that its service may not use, and reads nothing of it any more")
                        .mend("grant the service's own account " + ENCRYPTER + " on the key")
                        .source("https://cloud.google.com/kms/docs/cmek")
                        .check(stack -> Check.each(GoogleType.CRYPTO_KEY, key -> unusable(stack, key))
                                .of(stack)),
                Rule.named("secret-value", HIGH, "Each secret in Secret Manager has a value")
                        .why("who asks for it gets none: no agent registers, no job has its secret")
                        .mend("add a SecretVersion of the secret")
                        .check(stack -> Check.each(GoogleType.SECRET, secret -> valueless(stack, secret))
                                .of(stack)));
    }

    private static Optional<String> withoutNat(PlannedStack stack, Subject subnet) {
        if (!OF_MACHINES.contains(subnet.at("purpose").text())) {
            return Optional.empty();
        }
        var region = subnet.at("region");
        var nats = stack.ofType(GoogleType.ROUTER_NAT).stream()
                .filter(nat -> region.isUnknown()
                        || nat.at("region").isUnknown()
                        || nat.at("region").is(region.text()))
                .toList();
        if (nats.isEmpty()) {
            return Optional.of("region " + region.described() + " has no NAT");
        }
        return flawIf(
                nats.stream().noneMatch(ProvisionRules::isForAll),
                "no NAT of region " + region.described()
                        + " is for the nodes and pods of every subnet, with addresses");
    }

    private static boolean isForAll(Subject nat) {
        var ranges = nat.at("sourceSubnetworkIpRangesToNat");
        return !nat.at("type").is("PRIVATE")
                && (ranges.isUnknown() || ranges.is("ALL_SUBNETWORKS_ALL_IP_RANGES"))
                && (!nat.at("natIpAllocateOption").is("MANUAL_ONLY")
                        || nat.at("natIps").isUnknown()
                        || !nat.at("natIps").items().isEmpty());
    }

    /** Of accounts that the plan does not make, it cannot say what they have. */
    private static List<Subject> nodeAccounts(PlannedStack stack) {
        var members = NodeRules.nodes(stack).stream().map(Nodes::member).toList();
        return stack.ofType(GoogleType.ACCOUNT).stream()
                .filter(account -> members.contains("serviceAccount:" + Grants.address(account)))
                .toList();
    }

    private static Optional<String> withoutRole(PlannedStack stack, Subject account) {
        var member = "serviceAccount:" + Grants.address(account);
        return flawIf(
                Grants.wide(stack).stream()
                        .flatMap(Grants::given)
                        .filter(given -> given.role().equals(Grants.NODE_ROLE)
                                && given.condition().isEmpty())
                        .noneMatch(given -> given.member().equals(member) || given.isToUnknown()),
                "nodes run as it, and it has no " + Grants.NODE_ROLE + " on the project");
    }

    private static Optional<String> unusable(PlannedStack stack, Subject key) {
        var encrypts = !key.at("purpose").exists() || key.at("purpose").is("ENCRYPT_DECRYPT");
        var usable = Grants.on(stack, "grant on a key", "kms/cryptoKeyI").stream()
                .filter(grant -> isOf(grant, "cryptoKeyId", key, key.at("name")))
                .flatMap(Grants::given)
                .anyMatch(given -> !encrypts || given.role().equals(ENCRYPTER));
        return flawIf(!usable, encrypts ? "nobody has " + ENCRYPTER + " on it" : "nobody has a role on it");
    }

    private static Optional<String> valueless(PlannedStack stack, Subject secret) {
        return flawIf(
                stack.ofType(GoogleType.SECRET_VERSION).stream()
                        .noneMatch(version -> isOf(version, "secret", secret, secret.at("secretId"))),
                "has no version");
    }

    /**
     * Whether an input is the name of a resource. Before that is made, the plan says what the input follows from; not
     * all that Pulumi writes does.
     */
    static boolean isOf(Subject subject, String input, Subject resource, InputValue name) {
        var reference = subject.at(input);
        if (reference.isUnknown()) {
            var origins = subject.resource().propertyDependencies().getOrDefault(input, List.of());
            return origins.isEmpty() || origins.contains(resource.resource().urn());
        }
        var last = reference.text().replaceFirst(".*/", "");
        return name.is(last)
                || !name.exists() && last.startsWith(resource.resource().name() + "-");
    }
}
