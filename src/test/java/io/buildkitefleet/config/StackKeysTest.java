package io.buildkitefleet.config;

import static io.buildkitefleet.testing.BadStack.ofKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.exceptions.RunException;
import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import io.buildkitefleet.testing.TestKeys;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands beside the fleet's own keys: the project, the secrets, and keys that are there by mistake. */
class StackKeysTest {
    private static final String AGENT_TOKEN = Stacks.NAMESPACE + "agentToken";
    private static final String IMPERSONATE = "gcp:impersonateServiceAccount";
    private static final String NPM_TOKEN = Stacks.NAMESPACE + "npmToken";

    @ParameterizedTest
    @MethodSource({"projects", "googleSettings", "serviceAccounts", "emptySettings", "fleets", "secrets", "strayKeys"})
    void aMistakeIsReportedWithTheWayOut(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> projects() {
        var minimal = Stacks.minimal();
        return Stream.of(
                ofKey(
                        "no project",
                        minimal.withoutKey(Stacks.PROJECT),
                        Stacks.PROJECT,
                        "is missing; set it with: pulumi config set gcp:project PROJECT --stack dev"),
                ofKey(
                        "empty project",
                        minimal.withKey(Stacks.PROJECT, ""),
                        Stacks.PROJECT,
                        "id of a Google",
                        "got \"\""),
                ofKey("bad project", minimal.withKey(Stacks.PROJECT, "ACME CI"), Stacks.PROJECT, "got \"ACME CI\""),
                ofKey("short project", minimal.withKey(Stacks.PROJECT, "acme"), Stacks.PROJECT, "got \"acme\""),
                ofKey("secret project", minimal.withSecret(Stacks.PROJECT, "ACME"), Stacks.PROJECT, "got a secret"));
    }

    static Stream<BadStack> googleSettings() {
        return Stream.of(
                ofKey(
                        "a setting that does not reach the provider",
                        Stacks.minimal().withKey("gcp:computeCustomEndpoint", "https://compute.example.com/"),
                        "gcp:computeCustomEndpoint",
                        "is not a setting of Google's provider that the fleet hands on",
                        "impersonateServiceAccount"),
                ofKey(
                        "credentials that the Kubernetes half does not have",
                        Stacks.minimal().withSecret("gcp:credentials", "{}"),
                        "gcp:credentials",
                        "would count for Google's half of the fleet and not in the cluster",
                        "GOOGLE_APPLICATION_CREDENTIALS"),
                ofKey(
                        "a token that the Kubernetes half does not have",
                        Stacks.minimal().withSecret("gcp:accessToken", "ya29"),
                        "gcp:accessToken",
                        "not in the cluster",
                        "gcloud auth application-default login"),
                ofKey(
                        "accounts in between that the Kubernetes half does not know",
                        Stacks.minimal().withKey("gcp:impersonateServiceAccountDelegates", "[]"),
                        "gcp:impersonateServiceAccountDelegates",
                        "act as the service account itself"),
                ofKey(
                        "a setting that is nearly one",
                        Stacks.minimal().withKey("gcp:projekt", "acme-ci-dev"),
                        "gcp:projekt",
                        "did you mean 'project'?"),
                ofKey(
                        "the project under a name that is nearly its own",
                        Stacks.minimal().withoutKey(Stacks.PROJECT).withKey("gcp:projct", "acme-ci-dev"),
                        "gcp:projct",
                        "did you mean 'project'?"));
    }

    static Stream<BadStack> serviceAccounts() {
        return Stream.of(
                        "deployer",
                        "jane@example.com",
                        "serviceAccount:up@acme-ci.iam.gserviceaccount.com",
                        "up@acme-ci.iam.gserviceaccount.com ",
                        "up@iam.gserviceaccount.com.example.com",
                        "x\"],\"command: evil@acme-ci.iam.gserviceaccount.com")
                .map(account -> ofKey(
                        account,
                        Stacks.minimal().withKey(IMPERSONATE, account),
                        IMPERSONATE,
                        "must be the address of a service account, such as ",
                        ", got \""));
    }

    static Stream<BadStack> emptySettings() {
        return Stream.of(IMPERSONATE, "gcp:billingProject", "gcp:region", "gcp:zone")
                .map(key -> ofKey(
                        "empty " + key,
                        Stacks.minimal().withKey(key, " "),
                        key,
                        "is empty; leave it out, or set it with: pulumi config set " + key + " VALUE --stack dev"));
    }

    @Test
    void whomToActAsIsNoSecret() {
        ofKey(
                        "a secret that cannot be read offline",
                        Stacks.minimal().withSecret(IMPERSONATE, Stacks.SECRET_VALUE),
                        IMPERSONATE,
                        "must be the address of a service account",
                        "got a secret")
                .isReportedOnce();
    }

    /** Those that a person made, those that Google makes, and those of a project of a domain. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fleet-up@acme-ci.iam.gserviceaccount.com",
                "acme-ci@appspot.gserviceaccount.com",
                "123456789012-compute@developer.gserviceaccount.com",
                "fleet-up@acme-ci.example.com.iam.gserviceaccount.com"
            })
    void aStackMayActAsAnyServiceAccount(String account) {
        assertThat(BadStack.problems(Stacks.minimal().withKey(IMPERSONATE, account)))
                .isEmpty();
    }

    static Stream<BadStack> fleets() {
        var minimal = Stacks.minimal();
        return Stream.of(
                ofKey(
                        "no fleet",
                        minimal.withoutKey(Stacks.FLEET),
                        Stacks.FLEET,
                        "is missing",
                        "docs/configuration.md",
                        "./fleet init STACK"),
                ofKey(
                        "a fleet under a name that is nearly its own",
                        minimal.withoutKey(Stacks.FLEET).withKey(Stacks.NAMESPACE + "flet", "{}"),
                        Stacks.NAMESPACE + "flet",
                        "is not a key here; did you mean 'fleet'?"),
                ofKey(
                        "a part of the fleet in its place",
                        minimal.withoutKey(Stacks.FLEET).withKey(Stacks.FLEET + ".extends", "Pulumi.base.yaml"),
                        Stacks.FLEET + ".extends",
                        "stands beside buildkite-fleet:fleet and is a part of it: write extends below buildkite-fleet:fleet"),
                ofKey(
                        "a part of the fleet beside it",
                        minimal.withKey(Stacks.FLEET + ".cluster.dnsEndpoint", "true"),
                        Stacks.FLEET + ".cluster.dnsEndpoint",
                        "write cluster.dnsEndpoint below buildkite-fleet:fleet",
                        "pulumi config set --path buildkite-fleet:fleet.cluster.dnsEndpoint VALUE --stack dev"),
                ofKey("text", minimal.withKey(Stacks.FLEET, "acme"), Stacks.FLEET, "must be an object", "got \"acme\""),
                ofKey("prose", minimal.withKey(Stacks.FLEET, "an acme fleet"), Stacks.FLEET, "an object", "got text"),
                ofKey("nothing", minimal.withKey(Stacks.FLEET, ""), Stacks.FLEET, "must be an object", "got nothing"),
                ofKey("a list", minimal.withKey(Stacks.FLEET, "[1]"), Stacks.FLEET, "an object", "got the list [1]"),
                ofKey("a number", minimal.withKey(Stacks.FLEET, "7"), Stacks.FLEET, "must be an object", "got 7"),
                ofKey("broken", minimal.withKey(Stacks.FLEET, "{\"a\": "), Stacks.FLEET, "an object", "got text"));
    }

    @Test
    void withoutAnOrganizationTheLinkIsThatOfWhoeverIsSignedIn() {
        var stack = Stacks.minimal().withoutKey(AGENT_TOKEN).without("organization");

        assertThat(BadStack.problems(stack))
                .extracting(Problem::message)
                .anyMatch(message -> message.contains("at https://buildkite.com/organizations/~/clusters, and"));
    }

    static Stream<BadStack> secrets() {
        var minimal = Stacks.minimal();
        var npm = minimal.with("queues.big.secrets", "{NPM_TOKEN: npmToken}");
        var fork = Stacks.full().withoutKey(Stacks.NAMESPACE + "untrustedAgentToken");
        return Stream.of(
                ofKey(
                        "no agent token",
                        minimal.withoutKey(AGENT_TOKEN),
                        AGENT_TOKEN,
                        "is missing; make one on the Agent Tokens page of a cluster at "
                                + "https://buildkite.com/organizations/acme/clusters, "
                                + "and set it with: pulumi config set --secret buildkite-fleet:agentToken --stack dev"),
                ofKey("plain", minimal.withKey(AGENT_TOKEN, "bkct-plain"), AGENT_TOKEN, "is kept in plain text"),
                ofKey("empty", minimal.withSecret(AGENT_TOKEN, "  "), AGENT_TOKEN, "is empty; set it with"),
                ofKey(
                        "a job's secret",
                        npm,
                        NPM_TOKEN,
                        "is missing; set it with: ",
                        "--secret buildkite-fleet:npmToken --stack dev"),
                ofKey(
                        "for forks",
                        fork,
                        Stacks.NAMESPACE + "untrustedAgentToken",
                        "is missing; make one on the Agent Tokens page of a cluster for the untrusted queues alone, at "
                                + "https://buildkite.com/organizations/acme/clusters, and",
                        "--stack full"),
                ofKey(
                        "the checkout's key",
                        minimal.with("checkout.sshKey", "deployKey"),
                        Stacks.NAMESPACE + "deployKey",
                        "is missing"),
                ofKey(
                        "two keys for one secret",
                        npm.with("queues.big.secrets", "{A: npmToken, B: npm-token}")
                                .withSecret("npmToken")
                                .withSecret("npm-token"),
                        NPM_TOKEN,
                        "is too like npm-token",
                        "\"bk-dev-npm-token\""));
    }

    static Stream<BadStack> strayKeys() {
        var minimal = Stacks.minimal();
        return Stream.of(
                ofKey(
                        "a typo",
                        minimal.withSecret("agentTokn"),
                        Stacks.NAMESPACE + "agentTokn",
                        "is not a key here, nor a secret that the fleet uses; did you mean 'agentToken'?"),
                ofKey(
                        "a typo in place of the key",
                        minimal.withoutKey(AGENT_TOKEN).withSecret("agentTokn"),
                        Stacks.NAMESPACE + "agentTokn",
                        "did you mean 'agentToken'?"),
                ofKey(
                        "a key of the fleet beside it",
                        minimal.withKey(Stacks.NAMESPACE + "region", "us-west1"),
                        Stacks.NAMESPACE + "region",
                        "allowed: agentToken, fleet"));
    }

    @Test
    void keysOfOtherNamespacesAreNotTheFleets() {
        assertThat(BadStack.problems(
                        Stacks.minimal().withKey("gcp:region", "us-west1").withKey("other:key", "x")))
                .isEmpty();
    }

    @Test
    void aSecretInsideTheFleetIsRefusedUnread() {
        var fleet = Stacks.minimal()
                .with("checkout.sshKey", "\"" + Stacks.SECRET_VALUE + " key\"")
                .fleet()
                .toString();

        ofKey(
                        "a secret inside the fleet",
                        Stacks.minimal().withSecret(Stacks.FLEET, fleet),
                        Stacks.FLEET,
                        "must not hold secrets",
                        "pulumi config set --secret buildkite-fleet:NAME --stack dev")
                .isReportedOnce();
    }

    /** Each writes the value of a secret where it does not belong. */
    @ParameterizedTest
    @ValueSource(strings = {"checkout.sshKey", "queues.big.secrets.NPM_TOKEN", "queues.big.secrets"})
    void theValueOfASecretIsNeverShown(String path) {
        var stack =
                Stacks.minimal().with(path, "\"" + Stacks.SECRET_VALUE + " !\"").withSecret("stray");

        assertThatThrownBy(() -> FleetResolver.resolve(stack))
                .isInstanceOf(ConfigException.class)
                .message()
                .contains(path)
                .doesNotContain(Stacks.SECRET_VALUE);
    }

    @Test
    void secretsThatAreWrongAreNotShownEither() {
        var stack = Stacks.full().withKey(AGENT_TOKEN, Stacks.SECRET_VALUE).withSecret(Stacks.PROJECT);

        assertThatThrownBy(() -> FleetResolver.resolve(stack)).message().doesNotContain(Stacks.SECRET_VALUE);
    }

    @Test
    void everyProblemIsToldAtOnceSortedByItsPlace() {
        var stack = Stacks.minimal()
                .with("zones", "[west, east]")
                .with("pools.big.max", "none")
                .with("queues.big.cpus", "2")
                .withoutKey(AGENT_TOKEN)
                .withoutKey(Stacks.PROJECT);

        assertThatThrownBy(() -> FleetResolver.resolve(stack))
                .isInstanceOf(RunException.class)
                .hasMessageMatching("""
                        Pulumi\\.dev\\.yaml: 6 problems
                          buildkite-fleet:agentToken: is missing; .*
                          buildkite-fleet:fleet\\.pools\\.big\\.max: must be .*, got "none"
                          buildkite-fleet:fleet\\.queues\\.big\\.cpus: is not a key here; .*
                          buildkite-fleet:fleet\\.zones\\[0]: must be .*, got "west"
                          buildkite-fleet:fleet\\.zones\\[1]: must be .*, got "east"
                          gcp:project: is missing; .*""");
    }

    @Test
    void itemsOfAListAreInTheOrderOfTheList() {
        var zones = "[" + "us-east1-b,"
                + IntStream.range(0, 11).mapToObj(i -> "west" + i).collect(Collectors.joining(",")) + "]";

        assertThat(BadStack.problems(Stacks.minimal().with("zones", zones)))
                .extracting(Problem::path)
                .containsExactlyElementsOf(IntStream.range(0, 12)
                        .mapToObj(i -> Stacks.FLEET + ".zones[" + i + "]")
                        .toList());
    }

    /** One that is no zone, or one twice, does not hide what is wrong with the others. */
    @Test
    void everyItemOfAListIsToldAtOnce() {
        var keys = TestKeys.publicKey();
        keys.remove("alg");
        var stack = Stacks.minimal()
                .with("zones", "[us-west1-a, us-east1-b, x, us-west1-a]")
                .with("pools.big.zones", "[us-west1-b, us-east1-c, y]")
                .with("repositories", "[git@git.example.com:acme/app.git, acme]")
                .with("queues.big.debuggers", "[jane, 'group:ci@example.com']")
                .with("queues.light", "{pool: big, can: [kubectl], namespaces: [Apps, kube-system]}")
                .with("signing", "{queues: [], publicKeys: [abc, " + keys + "]}")
                .with("queues.upload", "{pool: uploads}")
                .with("pools.uploads", "{machineType: e2-standard-2, max: 1}")
                .withSecret("signingKey");

        assertThat(BadStack.problems(stack))
                .extracting(problem -> problem.path().substring(Stacks.FLEET.length() + 1))
                .containsExactly(
                        "pools.big.zones[1]",
                        "pools.big.zones[2]",
                        "queues.big.debuggers[0]",
                        "queues.big.debuggers[1]",
                        "queues.light.namespaces[0]",
                        "queues.light.namespaces[1]",
                        "repositories[0]",
                        "repositories[1]",
                        "signing.publicKeys[0]",
                        "signing.publicKeys[1].alg",
                        "zones[1]",
                        "zones[2]",
                        "zones[3]");
    }

    @Test
    void oneProblemIsCountedAsOne() {
        assertThatThrownBy(() -> FleetResolver.resolve(Stacks.minimal().without("region")))
                .message()
                .startsWith("Pulumi.dev.yaml: 1 problem\n")
                .hasLineCount(2);
    }
}
