package io.buildkitefleet.config;

import static io.buildkitefleet.testing.BadStack.of;
import static io.buildkitefleet.testing.BadStack.ofKey;
import static io.buildkitefleet.testing.BadStack.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a running program finds of the values that only it can read. */
class SecretValuesTest {
    private static final String AGENT_TOKEN = Stacks.NAMESPACE + "agentToken";
    private static final String KEYSTORE = Stacks.NAMESPACE + "keystore";
    private static final String DEPLOY_KEY = Stacks.NAMESPACE + "deployKey";

    private static final String KEY = """
            -----BEGIN OPENSSH PRIVATE KEY-----
            b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
            -----END OPENSSH PRIVATE KEY-----
            """;

    private static final Stacks MINIMAL = Stacks.minimal();
    private static final Stacks JOBS = MINIMAL.with("queues.big.secrets", "{KEYSTORE: keystore}");
    private static final Stacks CHECKOUT = MINIMAL.with("checkout.sshKey", "deployKey");

    @ParameterizedTest
    @MethodSource({"tokens", "sharedTokens", "sizes", "keys"})
    void aValueThatCannotBeUsedIsToldWithTheWayOut(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> tokens() {
        var forks = Stacks.full().withSecret(Stacks.NAMESPACE + "untrustedAgentToken", "bkct_abc ");
        return Stream.concat(
                Stream.of("bkct_abc\r", "bkct_abc\n", " bkct_abc", "bkct abc", "\uFEFFbkct_abc", "bkct_abc\u200b", "\0")
                        .map(value -> ofKey(
                                "a token with " + value.chars().boxed().toList(),
                                MINIMAL.withSecret(AGENT_TOKEN, value),
                                AGENT_TOKEN,
                                "must be a token and nothing else, got one with a line end, a blank or another character",
                                "set it anew with: pulumi config set --secret buildkite-fleet:agentToken --stack dev")),
                Stream.of(ofKey(
                        "the other token",
                        forks,
                        Stacks.NAMESPACE + "untrustedAgentToken",
                        "must be a token and nothing else",
                        "--secret buildkite-fleet:untrustedAgentToken --stack full")));
    }

    static Stream<BadStack> sharedTokens() {
        var full = Stacks.full();
        var untrusted = Stacks.NAMESPACE + "untrustedAgentToken";
        return Stream.of(
                ofKey(
                        "trusted and untrusted queues with one token",
                        full.withSecret(AGENT_TOKEN, "bkct_abc").withSecret(untrusted, "bkct_abc"),
                        untrusted,
                        "must not be the token of the trusted queues",
                        "make a Buildkite cluster for the untrusted queues alone at "
                                + "https://buildkite.com/organizations/acme/clusters, and",
                        "set its token with: pulumi config set --secret buildkite-fleet:untrustedAgentToken --stack full"),
                ofKey(
                        "a job with the token of the agents",
                        JOBS.withSecret(AGENT_TOKEN, "bkct_abc").withSecret(KEYSTORE, "bkct_abc\n"),
                        KEYSTORE,
                        "must not be the value of agentToken",
                        "pose as an agent"),
                ofKey(
                        "a job with the token of the untrusted agents",
                        full.withSecret(untrusted, "bkct_abc").withSecret(Stacks.NAMESPACE + "npmToken", "bkct_abc"),
                        Stacks.NAMESPACE + "npmToken",
                        "must not be the value of untrustedAgentToken"));
    }

    @Test
    void aSecretInTheNamespaceOfAProjectWithAnotherNameIsPointedAt() {
        ofKey(
                        "a project with another name",
                        MINIMAL.withoutKey(AGENT_TOKEN).withSecret("acme-fleet:agentToken", "bkct_abc"),
                        AGENT_TOKEN,
                        "is missing (acme-fleet:agentToken is another key: Pulumi puts the project's name before one "
                                + "without a namespace); make one on ",
                        "pulumi config set --secret buildkite-fleet:agentToken --stack dev")
                .isReportedOnce();
    }

    static Stream<BadStack> sizes() {
        return Stream.of(
                ofKey(
                        "more than Secret Manager takes",
                        JOBS.withSecret(KEYSTORE, "x".repeat(65_537)),
                        KEYSTORE,
                        "must have at most 65536 bytes, what Secret Manager takes, got 65537",
                        "pulumi config set --secret buildkite-fleet:keystore --stack dev"),
                ofKey(
                        "more than Secret Manager takes, in fewer characters",
                        JOBS.withSecret(KEYSTORE, "ü".repeat(40_000)),
                        KEYSTORE,
                        "got 80000"),
                ofKey("a long token", MINIMAL.withSecret(AGENT_TOKEN, "x".repeat(70_000)), AGENT_TOKEN, "got 70000"),
                of(
                        "more than a Secret of Kubernetes takes",
                        withSecretsOf(17, 65_536),
                        "queues.big.secrets",
                        "must have at most 1048576 bytes together, what Kubernetes takes, got 1114112"),
                ofKey(
                        "a byte that ends a variable",
                        JOBS.withSecret(KEYSTORE, "a\0b"),
                        KEYSTORE,
                        "must have no byte of zero",
                        "Base64"));
    }

    static Stream<BadStack> keys() {
        return Stream.of(KEY.replace("\n", "\r\n"), KEY.replaceFirst("\n", "\r\n"), "\n" + KEY, " " + KEY)
                .map(
                        value -> ofKey(
                                "the key " + value,
                                CHECKOUT.withSecret(DEPLOY_KEY, value),
                                DEPLOY_KEY,
                                "must be a private key as ssh-keygen writes it",
                                "which ssh cannot read; set it anew with: pulumi config set --secret buildkite-fleet:deployKey --stack dev"));
    }

    @Test
    void whatIsJustShortEnoughIsTaken() {
        assertThat(problems(withSecretsOf(16, 65_536))).isEmpty();
    }

    /** Whatever writes it into a file adds the newline at the end, and libcrypto reads older forms as they are. */
    @ParameterizedTest
    @ValueSource(strings = {"", "strip", "rsa"})
    void whatSshReadsIsTaken(String change) {
        var value =
                switch (change) {
                    case "strip" -> KEY.strip();
                    case "rsa" -> "\n" + KEY.replace("OPENSSH", "RSA").replace("\n", "\r\n");
                    default -> KEY;
                };

        assertThat(problems(CHECKOUT.withSecret(DEPLOY_KEY, value))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines\n", "C:\\path\r\n", " ", "-----BEGIN OPENSSH PRIVATE KEY-----\r\n", "ü"})
    void whatAJobIsGivenIsItsOwnBusiness(String value) {
        var found = problems(JOBS.withSecret(KEYSTORE, value + "."));

        assertThat(found).isEmpty();
    }

    @Test
    void placeholdersOfAnOfflinePreviewAreTaken() {
        var stack = Stacks.full();
        for (var key : new String[] {"agentToken", "untrustedAgentToken", "deployKey", "npmToken"}) {
            stack = stack.withSecret(Stacks.NAMESPACE + key, "offline-placeholder-for-" + key);
        }

        assertThat(problems(stack)).isEmpty();
    }

    @Test
    void noPartOfAValueIsShown() {
        var stack = JOBS.with("checkout.sshKey", "deployKey")
                .withSecret(AGENT_TOKEN, "hunter2 \r")
                .withSecret(KEYSTORE, "hunter2".repeat(10_000))
                .withSecret(DEPLOY_KEY, "hunter2" + KEY);

        assertThat(problems(stack)).extracting(Problem::path).containsExactly(AGENT_TOKEN, DEPLOY_KEY, KEYSTORE);
        assertThat(problems(stack)).extracting(Problem::message).noneMatch(message -> message.contains("hunter"));
    }

    private static Stacks withSecretsOf(int count, int bytes) {
        var names = IntStream.range(0, count)
                .mapToObj(number -> "V" + number + ": key" + number)
                .collect(Collectors.joining(", ", "{", "}"));
        var stack = MINIMAL.with("queues.big.secrets", names);
        for (int i = 0; i < count; i++) {
            stack = stack.withSecret(Stacks.NAMESPACE + "key" + i, "x".repeat(bytes));
        }
        return stack;
    }
}
