package io.buildkitefleet.operate;

import io.buildkitefleet.pulumi.Project;
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
    private static final String BUCKET = "bucket of the state";

    /** What comes before the name of a stack where a backend that is no service has it. */
    private static final String OWN_ORGANIZATION = "organization";

    private static final String LOGIN = "pulumi login " + StateStore.ANY_BUCKET;

    /** What Pulumi 3.207.0 says where it would ask to log in. */
    private static final Pattern NO_LOGIN = Pattern.compile("PULUMI_ACCESS_TOKEN must be set");

    /**
     * What Pulumi says of a bucket that is not there: {@code ErrBucketNotExist} of
     * https://pkg.go.dev/cloud.google.com/go/storage
     */
    private static final Pattern NO_BUCKET = Pattern.compile("storage: bucket doesn't exist");

    /** What gcloud says of it: the number is that of https://cloud.google.com/storage/docs/json_api/v1/status-codes */
    private static final Pattern NOT_FOUND = Pattern.compile("\\b404\\b|not found");

    /** What Go, in which Pulumi is written, calls a network that is not there: https://pkg.go.dev/net */
    private static final Pattern NO_NETWORK =
            Pattern.compile("dial tcp|no such host|i/o timeout|connection refused|network is unreachable");

    /**
     * An empty one is a passphrase, too; an empty file name is none.
     *
     * @see <a
     *     href="https://github.com/pulumi/pulumi/blob/v3.207.0/pkg/secrets/passphrase/manager.go">readPassphrase</a>
     */
    private static final String PASSPHRASE = "PULUMI_CONFIG_PASSPHRASE";

    private static final String PASSPHRASE_FILE = "PULUMI_CONFIG_PASSPHRASE_FILE";

    private final Machine machine;
    private final Gcloud gcloud;
    private final Path project;
    private final String projectName;
    private final Stack stack;
    private final StateStore store;
    private final boolean isForOneMachine;
    private final SecretsProvider provider;

    PulumiState(Machine machine, Gcloud gcloud, Project project, Stack stack, StateStore store) {
        this(machine, gcloud, project, stack, store, false);
    }

    /**
     * @param store where a bucket would be made
     * @param isForOneMachine whether nobody else is to deploy the stack
     */
    PulumiState(
            Machine machine, Gcloud gcloud, Project project, Stack stack, StateStore store, boolean isForOneMachine) {
        this.machine = machine;
        this.gcloud = gcloud;
        this.project = project.directory();
        this.projectName = project.name();
        this.stack = stack;
        this.store = store;
        this.provider = SecretsProvider.of(stack.file());
        this.isForOneMachine = isForOneMachine;
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
            return url.startsWith("file:") && !isForOneMachine
                    ? Prerequisite.warning(
                            BACKEND,
                            url + " is on this machine alone: nobody else can deploy, and it goes with the disk")
                    : Prerequisite.good(BACKEND, url);
        }
        var reason = who.reason().isEmpty() ? "Pulumi does not say where it is" : who.reason();
        if (NO_LOGIN.matcher(reason).find() && isForOneMachine) {
            return Prerequisite.missing(
                    BACKEND, "Pulumi keeps its state nowhere yet; keep it on this machine", "pulumi login --local");
        }
        if (NO_LOGIN.matcher(reason).find()) {
            return Prerequisite.missing(
                    BACKEND,
                    "Pulumi keeps its state nowhere yet; log in, to a bucket that you have made (gcloud storage buckets create"
                            + " gs://BUCKET, as docs/first-deploy.md says) or to another backend",
                    LOGIN);
        }
        if (NO_BUCKET.matcher(reason).find()) {
            return Prerequisite.missing(
                    BACKEND,
                    "its bucket is not there (" + reason + "); make it, as docs/first-deploy.md says",
                    store.bucketCommand(machine.variable("PULUMI_BACKEND_URL")
                            .filter(named -> named.startsWith(BUCKET_SCHEME))
                            .map(PulumiState::bucketOf)
                            .orElse(StateStore.ANY_BUCKET)));
        }
        return who instanceof Reply.Refused && !NO_NETWORK.matcher(reason).find()
                ? Prerequisite.missing(BACKEND, "it does not open (" + reason + "); see", "pulumi whoami --verbose")
                : Prerequisite.unknown(BACKEND, reason + "; look yourself", "pulumi whoami --verbose");
    }

    /** Older versions of the state are what is left of a state that was lost. */
    private Prerequisite bucket(String url) {
        var bucket = bucketOf(url);
        var reply = gcloud.ask("storage", "buckets", "describe", bucket, "--format=json(name,versioning_enabled)");
        var answer = reply.text().flatMap(JsonAnswer::parse);
        if (reply instanceof Reply.Refused refused
                && NOT_FOUND.matcher(refused.reason()).find()) {
            return Prerequisite.missing(
                    BUCKET,
                    bucket + " is not there; make it, as docs/first-deploy.md says",
                    store.bucketCommand(bucket));
        }
        if (answer.isEmpty()) {
            return Prerequisite.unknown(
                    BUCKET, reply.reason() + "; look yourself", "gcloud storage buckets describe " + bucket);
        }
        return answer.get().isTrue("versioning_enabled")
                ? Prerequisite.good(BUCKET, bucket + " keeps older versions")
                : Prerequisite.warning(
                        BUCKET,
                        bucket + " keeps no older versions, so a state that is lost is lost; turn them on",
                        StateStore.versioningCommand(bucket));
    }

    private static String bucketOf(String url) {
        return url.replaceFirst("^(gs://[^/?]+).*", "$1");
    }

    private List<Prerequisite> stackAndSecrets(String url) {
        var reply = pulumi(List.of("stack", "ls", "--json"));
        var stacks = reply.text().flatMap(JsonAnswer::parse);
        if (stacks.isEmpty()) {
            return List.of(
                    Prerequisite.unknown(STACK, reply.reason() + "; look yourself", "pulumi stack ls"),
                    secretsProvider(url));
        }
        var names = stacks.get().items().stream()
                .flatMap(found -> found.text("name").stream())
                .toList();
        if (names.stream().noneMatch(this::isMeant)) {
            return List.of(missingStack(names, url), Prerequisite.unknown(PROVIDER, "what the stack is made with"));
        }
        return List.of(Prerequisite.good(STACK, stack.name() + " is in the backend"), secretsProvider(url));
    }

    private Prerequisite missingStack(List<String> names, String url) {
        var elsewhere =
                names.stream().filter(name -> name.endsWith("/" + stack.name())).toList();
        return Prerequisite.missing(
                STACK,
                "the backend has no stack " + stack.reference()
                        + (elsewhere.isEmpty()
                                ? ""
                                : ", and " + String.join(", ", elsewhere)
                                        + " is another one; name that, if it is meant, or")
                        + (elsewhere.isEmpty() ? "; make it" : " make it"),
                init(url));
    }

    /**
     * Whether a stack as Pulumi lists it is this one. It leaves out an organization that is the default one, and the
     * project; a backend that is no service has one organization.
     *
     * @see <a
     *     href="https://github.com/pulumi/pulumi/blob/v3.207.0/pkg/backend/httpstate/stack.go">cloudBackendReference in
     *     String</a>
     */
    private boolean isMeant(String listed) {
        var found = parts(listed);
        var wanted = parts(stack.reference());
        return found.name().equals(wanted.name())
                && (found.project().isEmpty() || found.project().equals(projectName))
                && (found.organization().isEmpty()
                        || found.organization()
                                .equals(wanted.organization().isEmpty() ? OWN_ORGANIZATION : wanted.organization()));
    }

    /** A stack's name, with what stands before it; empty where nothing does. */
    private record Parts(String organization, String project, String name) {}

    private static Parts parts(String text) {
        var words = text.split("/", -1);
        return new Parts(words.length > 1 ? words[0] : "", words.length > 2 ? words[1] : "", words[words.length - 1]);
    }

    /** What makes a place for the state and for the key of its secrets, and the stack there. */
    static List<String> commands(Stack stack, StateStore store) {
        var known = SecretsProvider.of(stack.file()).url();
        var commands = new ArrayList<String>();
        commands.add(store.bucketCommand(StateStore.ANY_BUCKET));
        commands.add(StateStore.versioningCommand(StateStore.ANY_BUCKET));
        if (known.isEmpty()) {
            commands.addAll(store.keyCommands());
        }
        commands.add(LOGIN);
        commands.add(init(stack, Optional.of(known.orElseGet(store::provider))));
        return commands;
    }

    private String init(String url) {
        return init(
                stack,
                provider.url()
                        .or(() -> url.startsWith(BUCKET_SCHEME) ? Optional.of(store.provider()) : Optional.empty()));
    }

    private static String init(Stack stack, Optional<String> provider) {
        return "pulumi stack init " + stack.reference()
                + provider.map(key -> " --secrets-provider " + key).orElse("");
    }

    private Prerequisite secretsProvider(String url) {
        var name = provider.url()
                .or(() -> provider.isPassphrase() ? Optional.of("a passphrase") : Optional.empty())
                .orElse(url.startsWith("http") ? "Pulumi Cloud" : "not said yet");
        if (provider.isPassphrase()
                && !machine.isSet(PASSPHRASE)
                && machine.variable(PASSPHRASE_FILE).isEmpty()) {
            return Prerequisite.missing(
                    PROVIDER,
                    "it is a passphrase, and neither " + PASSPHRASE + " nor " + PASSPHRASE_FILE + " is set; set one",
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
