package io.buildkitefleet.operate;

import io.buildkitefleet.pulumi.SecretsProvider;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.text.ShellWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where Pulumi keeps the stack's state, whether the stack is there, and whether its secrets can be read. */
final class PulumiState {
    private static final String BACKEND = "Pulumi's backend";
    private static final String STACK = "stack";
    private static final String PROVIDER = "secrets provider";
    private static final String BUCKET_SCHEME = "gs://";

    /** What Pulumi 3.207.0 says where it would ask to log in. */
    private static final Pattern NO_LOGIN = Pattern.compile("PULUMI_ACCESS_TOKEN must be set");

    /** What Go, in which Pulumi is written, calls a network that is not there: https://pkg.go.dev/net */
    private static final Pattern NO_NETWORK =
            Pattern.compile("dial tcp|no such host|i/o timeout|connection refused|network is unreachable");

    private static final List<String> PASSPHRASE = List.of("PULUMI_CONFIG_PASSPHRASE", "PULUMI_CONFIG_PASSPHRASE_FILE");

    private final Machine machine;
    private final Gcloud gcloud;
    private final Path project;
    private final Stack stack;
    private final SecretsProvider provider;

    /** @param project the directory with {@code Pulumi.yaml} */
    PulumiState(Machine machine, Gcloud gcloud, Path project, Stack stack) {
        this.machine = machine;
        this.gcloud = gcloud;
        this.project = project;
        this.stack = stack;
        this.provider = SecretsProvider.of(stack.file());
    }

    /**
     * @param pulumiRuns whether there is a Pulumi to ask
     * @param canAskGoogle whether somebody is logged in with gcloud
     */
    List<Prerequisite> examine(boolean pulumiRuns, boolean canAskGoogle) {
        if (!pulumiRuns) {
            return Stream.of(BACKEND, STACK, PROVIDER)
                    .map(what -> Prerequisite.unknown(what, "not asked, that takes pulumi"))
                    .toList();
        }
        var who = pulumi(List.of("whoami", "--verbose", "--json"));
        var url = who.text()
                .flatMap(JsonAnswer::parse)
                .flatMap(answer -> answer.text("url"))
                .orElse("");
        var checks = new ArrayList<Prerequisite>();
        checks.add(backend(who, url));
        if (url.startsWith(BUCKET_SCHEME) && canAskGoogle) {
            checks.add(bucket(url));
        }
        checks.addAll(
                url.isEmpty()
                        ? List.of(
                                Prerequisite.unknown(STACK, "not asked, that takes a backend"),
                                Prerequisite.unknown(PROVIDER, "not asked, that takes a backend"))
                        : stackAndSecrets(url));
        return checks;
    }

    private Prerequisite backend(Reply who, String url) {
        if (!url.isEmpty()) {
            return url.startsWith("file:")
                    ? Prerequisite.warning(
                            BACKEND,
                            url + " is on this machine alone: nobody else can deploy, and it goes with the disk")
                    : Prerequisite.good(BACKEND, url);
        }
        var reason = who.reason().isEmpty() ? "Pulumi does not say where it is" : who.reason();
        if (NO_LOGIN.matcher(reason).find()) {
            return Prerequisite.missing(
                    BACKEND,
                    "Pulumi keeps its state nowhere yet; log in, to a bucket of yours or to another backend",
                    "pulumi login gs://BUCKET");
        }
        return who instanceof Reply.Refused && !NO_NETWORK.matcher(reason).find()
                ? Prerequisite.missing(BACKEND, "it does not open (" + reason + "); see", "pulumi whoami --verbose")
                : Prerequisite.unknown(BACKEND, reason + "; look yourself", "pulumi whoami --verbose");
    }

    /** Older versions of the state are what is left of a state that was lost. */
    private Prerequisite bucket(String url) {
        var bucket = url.replaceFirst("^(gs://[^/?]+).*", "$1");
        var what = "bucket of the state";
        var reply = gcloud.ask("storage", "buckets", "describe", bucket, "--format=json(name,versioning_enabled)");
        var answer = reply.text().flatMap(JsonAnswer::parse);
        if (answer.isEmpty()) {
            return Prerequisite.unknown(
                    what, reply.reason() + "; look yourself", "gcloud storage buckets describe " + bucket);
        }
        return answer.get().isTrue("versioning_enabled")
                ? Prerequisite.good(what, bucket + " keeps older versions")
                : Prerequisite.warning(
                        what,
                        bucket + " keeps no older versions, so a state that is lost is lost; turn them on",
                        "gcloud storage buckets update " + bucket + " --versioning");
    }

    private List<Prerequisite> stackAndSecrets(String url) {
        var reply = pulumi(List.of("stack", "ls", "--json"));
        var stacks = reply.text().flatMap(JsonAnswer::parse);
        if (stacks.isEmpty()) {
            return List.of(
                    Prerequisite.unknown(STACK, reply.reason() + "; look yourself", "pulumi stack ls"),
                    secretsProvider(url));
        }
        var isThere = stacks.get().items().stream()
                .flatMap(found -> found.text("name").stream())
                .anyMatch(name -> name.equals(stack.name()) || name.endsWith("/" + stack.name()));
        if (!isThere) {
            return List.of(
                    Prerequisite.missing(STACK, "the backend has no stack " + stack.name() + "; make it", init(url)),
                    Prerequisite.unknown(PROVIDER, "what the stack is made with"));
        }
        return List.of(Prerequisite.good(STACK, stack.name() + " is in the backend"), secretsProvider(url));
    }

    private String init(String url) {
        return "pulumi stack init " + stack.name()
                + (url.startsWith(BUCKET_SCHEME) && provider.url().isEmpty()
                        ? " --secrets-provider gcpkms://projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY"
                        : provider.url()
                                .map(key -> " --secrets-provider " + key)
                                .orElse(""));
    }

    private Prerequisite secretsProvider(String url) {
        var name = provider.url()
                .or(() -> provider.isPassphrase() ? Optional.of("a passphrase") : Optional.empty())
                .orElse(url.startsWith("http") ? "Pulumi Cloud" : "not said yet");
        if (provider.isPassphrase()
                && PASSPHRASE.stream()
                        .allMatch(variable -> machine.variable(variable).isEmpty())) {
            return Prerequisite.missing(
                    PROVIDER,
                    "it is a passphrase, and neither " + String.join(" nor ", PASSPHRASE) + " is set; set one",
                    "export PULUMI_CONFIG_PASSPHRASE_FILE=FILE");
        }
        var secret = stack.secretKeys().stream()
                .filter(key -> !stack.placeholders().contains(key))
                .filter(key -> stack.config().containsKey(key))
                .sorted()
                .findFirst();
        if (secret.isEmpty()) {
            return Prerequisite.unknown(PROVIDER, name + "; not tried, no secret is set yet");
        }
        return opens(name, secret.get());
    }

    private Prerequisite opens(String name, String secret) {
        var words = Stream.of(List.of("config", "get", secret), stack.selectionWords())
                .flatMap(List::stream)
                .toList();
        var reply = pulumi(words);
        if (reply instanceof Reply.Said) {
            return Prerequisite.good(PROVIDER, name + ", and it opens the stack's secrets");
        }
        var detail = name + " does not open " + secret + " (" + reply.reason() + "); try it yourself";
        var command = "pulumi " + ShellWord.line(words) + " >/dev/null";
        return reply instanceof Reply.Refused refused
                        && !NO_NETWORK.matcher(refused.reason()).find()
                ? Prerequisite.missing(PROVIDER, detail, command)
                : Prerequisite.unknown(PROVIDER, detail, command);
    }

    private Reply pulumi(List<String> words) {
        var pulumi = machine.find("pulumi").map(Path::toString).orElse("pulumi");
        return machine.ask(Stream.of(List.of(pulumi), words, List.of("--non-interactive", "--cwd", project.toString()))
                .flatMap(List::stream)
                .toList());
    }
}
