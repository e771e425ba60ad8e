package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.config.GoogleSettings;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.resources.ProviderType;
import io.buildkitefleet.resources.ResourceType;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whom Pulumi asks to make what the plan says, where, and whether it does as the plan says. */
public final class ProviderRules {
    /**
     * What a stack may set, and what Pulumi adds. Other inputs say where requests go, or with whose credentials; so
     * does the universe, which a stack may set and has to waive.
     *
     * @see <a href="https://www.pulumi.com/registry/packages/gcp/installation-configuration/">all of them</a>
     */
    private static final Set<String> OF_GOOGLE = Stream.concat(
                    Stream.of("__internal", "version"),
                    GoogleSettings.NAMES.stream().filter(name -> !name.equals("universeDomain")))
            .collect(Collectors.toUnmodifiableSet());

    /** Without these, each change of a ConfigMap or Secret deletes it first. */
    private static final List<String> ON =
            List.of("enableServerSideApply", "enableConfigMapMutable", "enableSecretMutable");

    /**
     * What the program sets, and what Pulumi adds. Others write objects to a directory instead of the cluster, forget
     * them, put them into another namespace, take another cluster or run programs on what a chart makes.
     *
     * @see <a href="https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/">all of them</a>
     */
    private static final Set<String> OF_KUBERNETES = Stream.concat(
                    Stream.of("__internal", "clusterIdentifier", "context", "kubeconfig", "version"), ON.stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final String KUBECONFIG = "kubeconfig";

    /** What no kubeconfig of the fleet has, by what is wrong with it. */
    private static final Map<Pattern, String> SPOILING = Map.of(
            Pattern.compile("insecure-skip-tls-verify|tls-server-name"), "kubeconfig does not verify its server",
            Pattern.compile("\\bserver[\"']?: *[\"']?(?!https://)[^\\s\"']"), "kubeconfig has a server without TLS",
            Pattern.compile("proxy-url"), "kubeconfig goes through a proxy",
            Pattern.compile(
                            "(?m)^\\s*[\"']?(token|tokenFile|password|client-key|client-key-data|auth-provider)[\"']?:"),
                    "kubeconfig has credentials in it",
            Pattern.compile("\\bcommand[\"']?: *[\"']?(?!gke-gcloud-auth-plugin[\"']?\\s)[^\\s\"']"),
                    "kubeconfig runs another program than gke-gcloud-auth-plugin");

    /** Which inputs the program leaves to others once they are made: the autoscaler, or a script of the fleet's. */
    private static final Map<String, Set<String>> IGNORED = Map.of(
            GoogleType.CLUSTER.token(), Set.of("initialNodeCount", "nodeConfig"),
            GoogleType.NODE_POOL.token(), Set.of("initialNodeCount"));

    /** In it a script of the fleet's keeps which mirrors are in use. */
    private static final String MIRRORS_IN_USE = "-in-use";

    private ProviderRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("provider-google", HIGH, "Pulumi asks Google itself, as whoever runs it")
                        .why(
                                "another endpoint gets the token of whoever deploys, and every secret that is stored; credentials in"
                                        + " the program are in its source and in the state")
                        .mend("leave endpoints, universeDomain, credentials, accessToken and plugins to Pulumi")
                        .check(Check.each(
                                ProviderType.GOOGLE, provider -> unknown(provider, OF_GOOGLE, "universeDomain"))),
                Rule.named(
                                "provider-cluster",
                                HIGH,
                                "Pulumi makes objects in the cluster of the plan, and changes them there")
                        .why(
                                "another cluster gets the tokens of agents; what is written to files runs nowhere, and what is"
                                        + " forgotten stays as it was")
                        .mend(
                                "take the kubeconfig of the plan's cluster, and set nothing else that the program does not")
                        .check(stack -> Check.each(ProviderType.KUBERNETES, provider -> elsewhere(stack, provider))
                                .of(stack)),
                Rule.named(
                                "provider-own",
                                HIGH,
                                "One provider makes what is in Google Cloud, and one what is in the cluster")
                        .why("a second one may have other credentials, or make things in another project or cluster")
                        .mend("give each component the provider of its parent, and make no other")
                        .check(stack -> {
                            var own = own(stack);
                            return Check.each(ProviderRules::provided, subject -> otherProvider(own, subject))
                                    .of(stack);
                        }),
                Rule.named("project-own", HIGH, "What the plan makes is in one project")
                        .why("who owns another project reads and changes what is in it, or turns it off")
                        .mend("leave project to the program: it is gcp:project of the stack")
                        .check(stack -> {
                            var project = project(stack);
                            return Check.each(ProviderRules::made, subject -> otherProject(project, subject))
                                    .of(stack);
                        }),
                Rule.named("resource-options", HIGH, "Pulumi changes and deletes each resource as the plan says")
                        .why(
                                "what it ignores stays as somebody made it by hand, and what it only forgets stays: a grant that the"
                                        + " plan takes away still holds")
                        .mend("leave out ignoreChanges, retainOnDelete and deletedWith")
                        .source("https://www.pulumi.com/docs/iac/concepts/options/")
                        .check(Check.each(ProviderRules::provided, ProviderRules::disobeyed)));
    }

    private static Optional<String> unknown(Subject provider, Set<String> known, String... alsoSet) {
        return provider.value().keys().stream()
                .filter(input -> !known.contains(input) || List.of(alsoSet).contains(input))
                .sorted()
                .findFirst()
                .map(input -> input + " is set");
    }

    private static Optional<String> elsewhere(PlannedStack stack, Subject provider) {
        return unknown(provider, OF_KUBERNETES)
                .or(() -> ON.stream()
                        .filter(input -> !provider.at(input).isTrue())
                        .findFirst()
                        .map(input -> input + " is " + provider.at(input).described() + ", not true"))
                .or(() -> foreign(stack, provider))
                .or(() -> spoiled(provider));
    }

    /** As far as the plan knows it, what is in the kubeconfig: it asks for a token, of a server that it knows. */
    private static Optional<String> spoiled(Subject provider) {
        var input = provider.resource().inputs().get(KUBECONFIG);
        if (input == null || PropertyValues.isUnknown(input) || PropertyValues.isMask(input)) {
            return Optional.empty();
        }
        if (!PropertyValues.isSecret(input)) {
            return Optional.of("kubeconfig is not secret");
        }
        var text = provider.at(KUBECONFIG).text();
        return SPOILING.entrySet().stream()
                .filter(spoiling -> spoiling.getKey().matcher(text).find())
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst();
    }

    /** What a kubeconfig says is secret; the plan says what it follows from. */
    private static Optional<String> foreign(PlannedStack stack, Subject provider) {
        var clusters = stack.ofType(GoogleType.CLUSTER);
        // Of a fleet without the cluster, fleet-whole speaks.
        if (clusters.isEmpty()) {
            return Optional.empty();
        }
        if (!provider.value().keys().contains(KUBECONFIG)) {
            return Optional.of("kubeconfig is not set: it is that of whoever runs Pulumi");
        }
        var origins = provider.resource().propertyDependencies().getOrDefault(KUBECONFIG, List.of());
        return flawIf(
                !(origins.isEmpty() && stack.isPulumis())
                        && clusters.stream()
                                .noneMatch(cluster ->
                                        origins.contains(cluster.resource().urn())),
                "kubeconfig does not follow from the cluster of the plan");
    }

    private static boolean isOf(Subject subject, ProviderType provider) {
        var name = provider.token().replaceFirst(".*:", "");
        return subject.resource().type().startsWith(name + ":");
    }

    /** All that is in Google Cloud or in the cluster, and all providers. */
    private static List<Subject> provided(PlannedStack stack) {
        return stack.subjects().stream()
                .filter(subject -> subject.resource().isProvider()
                        || Stream.of(ProviderType.values()).anyMatch(provider -> isOf(subject, provider)))
                .toList();
    }

    /** The URN of the provider that makes the most of each kind, by the type of the provider. */
    private static Map<String, String> own(PlannedStack stack) {
        return Stream.of(ProviderType.values())
                .flatMap(type -> most(stack.subjects().stream()
                                .filter(subject -> isOf(subject, type))
                                .map(subject -> subject.resource().providerUrn())
                                .toList())
                        .map(urn -> Map.entry(type.token(), urn))
                        .stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Optional<String> most(Collection<String> texts) {
        return texts.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
    }

    private static Optional<String> otherProvider(Map<String, String> own, Subject subject) {
        var resource = subject.resource();
        if (resource.isProvider()) {
            return flawIf(
                    own.containsKey(resource.type()) && !own.containsValue(resource.urn()),
                    "is another provider than the one that makes the rest");
        }
        var urn = resource.providerUrn();
        return flawIf(
                !own.containsValue(urn),
                urn.isEmpty()
                        ? "is made by a provider that the plan does not show"
                        : "is made by " + urn.replaceFirst(".*::", "") + ", which does not make the rest");
    }

    /** What is no grant: whom a grant on something of another project is for, rules about grants say. */
    private static List<Subject> made(PlannedStack stack) {
        return stack.subjects().stream()
                .filter(subject -> subject.resource().isProvider() || isOf(subject, ProviderType.GOOGLE))
                .filter(subject -> !subject.resource().type().contains("IAM")
                        || subject.resource().type().equals(GoogleType.PROJECT_ROLE.token()))
                .filter(subject -> !subject.resource().type().contains("Iam"))
                .filter(subject ->
                        subject.at("project").exists() && !subject.at("project").isUnknown())
                .toList();
    }

    /** That of the cluster; where there is none, the one in which the plan makes the most. */
    private static String project(PlannedStack stack) {
        return most(made(stack).stream()
                        .map(subject -> subject.at("project").text())
                        .toList())
                .orElse("");
    }

    private static Optional<String> otherProject(String own, Subject subject) {
        var project = subject.at("project");
        return flawIf(!project.is(own), "project is " + project.described() + ", and the rest is in " + own);
    }

    private static Optional<String> disobeyed(Subject subject) {
        var resource = subject.resource();
        var options = resource.options();
        var known = IGNORED.getOrDefault(resource.type(), isMirrorsInUse(subject) ? Set.of("data") : Set.of());
        return options.ignoreChanges().stream()
                .filter(input -> !known.contains(input))
                .findFirst()
                .map(input -> "ignores changes of " + input)
                .or(() -> flawIf(options.retainOnDelete(), "is only forgotten when it is taken away"))
                .or(() -> flawIf(
                        !options.deletedWith().isEmpty(),
                        "is thought to go with " + options.deletedWith().replaceFirst(".*::", "")));
    }

    private static boolean isMirrorsInUse(Subject subject) {
        return is(subject, KubernetesType.CONFIG_MAP)
                && subject.resource().name().endsWith(MIRRORS_IN_USE);
    }

    private static boolean is(Subject subject, ResourceType type) {
        return subject.resource().type().equals(type.token());
    }
}
