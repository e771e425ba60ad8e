package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.resources.ProviderType;
import io.buildkitefleet.resources.ResourceType;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import io.buildkitefleet.text.Listing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where secrets may be. */
public final class SecretRules {
    /** The inputs that are made for secrets, by type. */
    private static final Map<String, Set<String>> PLACES = Map.of(
            KubernetesType.SECRET.token(),
            Set.of("stringData", "data"),
            GoogleType.SECRET_VERSION.token(),
            Set.of("secretData"),
            ProviderType.KUBERNETES.token(),
            Set.of("kubeconfig"),
            ProviderType.GOOGLE.token(),
            Set.of("accessToken", "credentials"));

    /** Those of which nothing may be in clear. */
    private static final List<ResourceType> HOLDERS = List.of(KubernetesType.SECRET, GoogleType.SECRET_VERSION);

    /** https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets */
    private static final String ACCOUNT_TOKEN = "kubernetes.io/service-account-token";

    private SecretRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("secret-places", HIGH, "Secrets are in Secrets and in Secret Manager, nowhere else")
                        .why("anywhere else they are in clear: in an object that many may read, or in a pod's spec")
                        .mend("give the job the secret by a Secret that it refers to")
                        .check(SecretRules::misplaced),
                Rule.named("secret-marked", HIGH, "What is put into a Secret is kept secret on the way")
                        .why("Pulumi would write it into its state and its output in clear")
                        .mend("make the value an Output.ofSecret")
                        .check(Check.each(SecretRules::holders, SecretRules::inClear)),
                Rule.named("account-token-secret", HIGH, "No Secret holds the token of a service account")
                        .why(
                                "such a token never ends, and whoever may read the Secret acts as the account from anywhere")
                        .mend(
                                "leave the Secret out: a pod that asks for its account's token gets one that ends with it")
                        .source("https://kubernetes.io/docs/concepts/security/service-accounts/")
                        .check(Check.each(
                                KubernetesType.SECRET,
                                secret -> flawIf(
                                        secret.at("type").is(ACCOUNT_TOKEN),
                                        "holds the token of account "
                                                + secret.at("metadata.annotations")
                                                        .key("kubernetes.io/service-account.name")
                                                        .described()))),
                Rule.named("secret-store", MEDIUM, "What is in the cluster's Secrets is in Secret Manager too")
                        .why("there its readers are named, logged and changed without the cluster")
                        .mend("add the secret to the SecretStore")
                        .source(CIS + "4.4.2")
                        .check(SecretRules::stored));
    }

    private static Outcome stored(PlannedStack stack) {
        if (stack.isLocal()) {
            return new Outcome.NotApplicable("a local fleet has no store of secrets but the stack's own");
        }
        return Check.each(
                        KubernetesType.SECRET,
                        secret -> flawIf(
                                stack.ofType(GoogleType.SECRET).isEmpty(), "the plan has no secret in Secret Manager"))
                .of(stack);
    }

    private static Outcome misplaced(PlannedStack stack) {
        var holding = stack.subjects().stream()
                .filter(subject -> isSecretAnywhere(subject.resource().inputs()))
                .toList();
        return Check.each(unused -> holding, SecretRules::misplaced).of(stack);
    }

    private static Optional<String> misplaced(Subject subject) {
        var places = PLACES.getOrDefault(subject.resource().type(), Set.of());
        return subject.resource().inputs().entrySet().stream()
                .filter(input -> !places.contains(input.getKey()) && isSecretAnywhere(input.getValue()))
                .map(input -> "a secret is in " + input.getKey())
                .findFirst();
    }

    private static boolean isSecretAnywhere(JsonElement json) {
        if (PropertyValues.isSecret(json) || PropertyValues.isMask(json)) {
            return true;
        }
        if (json instanceof JsonObject object) {
            return object.asMap().values().stream().anyMatch(SecretRules::isSecretAnywhere);
        }
        return json.isJsonArray() && json.getAsJsonArray().asList().stream().anyMatch(SecretRules::isSecretAnywhere);
    }

    private static List<Subject> holders(PlannedStack stack) {
        return HOLDERS.stream().flatMap(type -> stack.ofType(type).stream()).toList();
    }

    private static Optional<String> inClear(Subject subject) {
        var inputs = subject.resource().inputs();
        var clear = PLACES.get(subject.resource().type()).stream()
                .sorted()
                .filter(inputs::has)
                .flatMap(place -> inClear(place, inputs.get(place)))
                .toList();
        return flawIf(!clear.isEmpty(), Listing.of(clear) + (clear.size() == 1 ? " is" : " are") + " in clear");
    }

    private static Stream<String> inClear(String path, JsonElement json) {
        if (PropertyValues.isSecret(json) || PropertyValues.isMask(json) || json.isJsonNull()) {
            return Stream.empty();
        }
        if (json instanceof JsonObject object) {
            return object.entrySet().stream().flatMap(entry -> inClear(path + "." + entry.getKey(), entry.getValue()));
        }
        return Stream.of(path);
    }

    /** Whether this input is one whose values must be marked as secrets. */
    static boolean isHeld(Subject subject, String input) {
        var type = subject.resource().type();
        return HOLDERS.stream().anyMatch(holder -> holder.token().equals(type))
                && PLACES.get(type).contains(input);
    }
}
