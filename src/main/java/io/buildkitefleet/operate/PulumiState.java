package io.buildkitefleet.operate;

import io.buildkitefleet.pulumi.SecretsProvider;
import io.buildkitefleet.pulumi.Stack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where Pulumi keeps the stack's state, whether the stack is there, and whether its secrets can be read. */
final class PulumiState {
    private static final String BACKEND = "Pulumi's backend";
    private static final String STACK = "stack";
    private static final String PROVIDER = "secrets provider";
    private static final String BUCKET_SCHEME = "gs://";
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
        if (url.isEmpty()) {
            var reason = who.reason().isEmpty() ? "it does not say where" : who.reason();
            return Prerequisite.missing(
                    BACKEND,
                    "Pulumi keeps its state nowhere yet, or cannot get there (" + reason
                            + "); log in, to a bucket of yours or to another backend",
                    "pulumi login gs://BUCKET");
        }
        return url.startsWith("file:")
                ? Prerequisite.warning(
                        BACKEND, url + " is on this machine alone: nobody else can deploy, and it goes with the disk")
                : Prerequisite.good(BACKEND, url);
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
        var command = List.of("config", "get", secret.get());
        var reply = pulumi(
                Stream.of(command, stack.selectionWords()).flatMap(List::stream).toList());
        return reply instanceof Reply.Said
                ? Prerequisite.good(PROVIDER, name + ", and it opens the stack's secrets")
                : Prerequisite.missing(
                        PROVIDER,
                        name + " does not open " + secret.get() + " (" + reply.reason() + "); try it yourself",
                        "pulumi " + String.join(" ", command) + " " + stack.selection() + " >/dev/null");
    }

    private Reply pulumi(List<String> words) {
        var pulumi = machine.find("pulumi").map(Path::toString).orElse("pulumi");
        return machine.ask(Stream.of(List.of(pulumi), words, List.of("--non-interactive", "--cwd", project.toString()))
                .flatMap(List::stream)
                .toList());
    }
}
