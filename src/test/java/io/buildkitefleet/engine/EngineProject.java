package io.buildkitefleet.engine;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.buildkitefleet.App;
import io.buildkitefleet.PluginPackages;
import io.buildkitefleet.engine.provider.Cloud;
import io.buildkitefleet.engine.provider.StandInProviders;
import io.buildkitefleet.preview.ProgramLaunch;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.testing.TestKeys;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project in a directory of its own, with one stack, whose state Pulumi keeps there, too. The program is the
 * compiled one of the tests, the providers are stand-ins.
 */
public final class EngineProject {
    /** The value of the secret {@code agentToken}, which is to be nowhere in clear. */
    public static final String AGENT_TOKEN = "the-agent-token-of-the-engine-tests";

    private static final String EXECUTOR = "run-as-mvn";

    /** A line of a stack's file that nobody but its owner can decrypt. */
    private static final Pattern SECRET = Pattern.compile("(?m)^ *buildkite-fleet:(\\w+): \\{secure: .*}\n");

    private final PulumiCli pulumi = PulumiCli.find();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<PulumiCli.Started> started = new ArrayList<>();
    private final Path directory;
    private final String stack;
    private final Cloud cloud;

    /**
     * Makes the project in an empty directory.
     *
     * @param stack has the configuration of the project's own stack of this name, or of the tests' stack {@code full},
     *     and a value of its own for each of its secrets
     */
    EngineProject(Path directory, String stack, StandInProviders providers) throws IOException, InterruptedException {
        this(directory, stack, configuration(stack), providers);
    }

    /**
     * Makes the project in an empty directory.
     *
     * @param configuration a file like {@code Pulumi.dev.yaml}; each of its secrets gets a value of its own
     */
    EngineProject(Path directory, String stack, Path configuration, StandInProviders providers)
            throws IOException, InterruptedException {
        this(providers, directory, stack, configuration);
        var written = Files.readString(configuration);
        pulumi("stack", "init", stack).succeeded();
        environment.put("PULUMI_STACK", stack);
        setSecret("agentToken", AGENT_TOKEN);
        for (var secret : SECRET.matcher(written).results().toList()) {
            if (!secret.group(1).equals("agentToken")) {
                setSecret(secret.group(1), secretOf(secret.group(1)));
            }
        }
    }

    /** The files of a project, of which Pulumi knows nothing yet. */
    private EngineProject(StandInProviders providers, Path directory, String stack, Path configuration)
            throws IOException {
        this.directory = directory.toRealPath();
        this.stack = stack;
        this.cloud = providers.cloud();
        var settings = Files.readString(Path.of("Pulumi.yaml"));
        Files.writeString(file("Pulumi.yaml"), settings.replace("./fleet", "./" + EXECUTOR));
        Files.writeString(
                file(stackFile()),
                SECRET.matcher(Files.readString(configuration)).replaceAll(""));
        Files.createDirectories(file("state"));
        takeJavaHosts();
        makeExecutor(App.class);
        environment.putAll(surroundings(providers));
    }

    /** A project as somebody has it who was never logged in to a backend: without one, and without secrets. */
    static EngineProject cloned(Path directory, String stack, StandInProviders providers) throws IOException {
        var project = new EngineProject(providers, directory, stack, configuration(stack));
        project.environment.remove("PULUMI_BACKEND_URL");
        return project;
    }

    private EngineProject(EngineProject other, Path directory, StandInProviders providers) throws IOException {
        this.directory = directory.toRealPath();
        this.stack = other.stack;
        this.cloud = providers.cloud();
        copyFiles(other.directory, this.directory);
        environment.putAll(other.environment);
        environment.putAll(surroundings(providers));
    }

    /**
     * The same project, with all that Pulumi knows of it, in another directory.
     *
     * @param directory an empty one
     * @param providers of a cloud in which there is the same
     */
    EngineProject copy(Path directory, StandInProviders providers) throws IOException {
        return new EngineProject(this, directory, providers);
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(found -> !found.equals(from)).toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private Map<String, String> surroundings(StandInProviders providers) {
        var variables = new TreeMap<>(providers.environment());
        variables.putAll(Map.of(
                "PATH",
                // First, so that Pulumi finds its own Java host.
                pulumi.executable().getParent() + File.pathSeparator + System.getenv("PATH"),
                "HOME",
                file("home").toString(),
                "PULUMI_HOME",
                file("home").toString(),
                "PULUMI_BACKEND_URL",
                "file://" + file("state"),
                "PULUMI_CONFIG_PASSPHRASE",
                "engine-tests",
                "PULUMI_SKIP_UPDATE_CHECK",
                "true"));
        return variables;
    }

    /** A Java host among the person's plugins is one of the project's, too; nothing else of theirs is. */
    private void takeJavaHosts() throws IOException {
        var home = System.getenv("PULUMI_HOME");
        var plugins =
                (home == null ? Path.of(System.getProperty("user.home"), ".pulumi") : Path.of(home)).resolve("plugins");
        if (!Files.isDirectory(plugins)) {
            return;
        }
        try (var hosts = Files.newDirectoryStream(plugins, "language-java-v*")) {
            for (var host : hosts) {
                var name = "home/plugins/" + host.getFileName() + "/pulumi-language-java";
                Files.createDirectories(file(name).getParent());
                script(name, "#!/bin/sh\nexec '" + host.resolve("pulumi-language-java") + "' \"$@\"\n");
            }
        }
    }

    private static Path configuration(String stack) {
        var own = Path.of("Pulumi." + stack + ".yaml");
        return Files.exists(own)
                ? own
                : Path.of("src", "test", "resources", "stacks").resolve(own);
    }

    private static String secretOf(String key) {
        var value = "the-" + key + "-of-the-engine-tests";
        return key.equals("signingKey") ? TestKeys.privateSet(value) : value;
    }

    private void setSecret(String key, String value) throws InterruptedException {
        pulumi("config", "set", "--secret", key, value).succeeded();
    }

    String stack() {
        return stack;
    }

    /** Lets what Pulumi starts find the programs of a directory before all others. */
    public void addToPath(Path programs) {
        environment.put("PATH", programs + File.pathSeparator + environment.get("PATH"));
    }

    /** Puts a script beside Pulumi's own files where what Pulumi starts finds it. */
    public void program(String name, String text) throws IOException {
        Files.createDirectories(file("programs"));
        script("programs/" + name, text);
        addToPath(file("programs"));
    }

    /** What the stack's providers made, and were asked for. */
    public Cloud cloud() {
        return cloud;
    }

    /** Runs a command. */
    public PulumiCli.Run pulumi(String... arguments) throws InterruptedException {
        return start(arguments).end();
    }

    /** Starts a command, which asks nothing. */
    public PulumiCli.Started start(String... arguments) {
        var all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--non-interactive", "--color", "never"));
        var command = pulumi.start(directory, environment, all);
        started.add(command);
        return command;
    }

    /** Ends what was started and waits for something that will not come. */
    public void stop() {
        started.stream().filter(command -> command.process().isAlive()).forEach(PulumiCli.Started::kill);
    }

    /** Runs the lines of a shell as a person would who says yes to whatever Pulumi asks. */
    public PulumiCli.Run runShell(String lines) throws InterruptedException {
        var variables = new TreeMap<>(environment);
        variables.put("PULUMI_SKIP_CONFIRMATIONS", "true");
        return PulumiCli.startShell(directory, variables, lines).end();
    }

    /** The variables of what is run. */
    public Map<String, String> variables() {
        return Map.copyOf(environment);
    }

    /** The same, for lines that read something. */
    public PulumiCli.Run runShell(String lines, String input) throws IOException, InterruptedException {
        Files.writeString(file(".input"), input);
        return runShell("exec <.input\n" + lines);
    }

    /** Sets a variable for what is run. */
    public void set(String variable, String value) {
        environment.put(variable, value);
    }

    public void unset(String variable) {
        environment.remove(variable);
    }

    /** Starts a command of {@code ./fleet} on a terminal of its own; see {@link #makeLauncher()}. */
    PulumiCli.Started startFleetOnTerminal(String arguments) {
        var variables = new TreeMap<>(environment);
        variables.put("PATH", directory + File.pathSeparator + environment.get("PATH"));
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("TERM", "xterm");
        return PulumiCli.startOnTerminal(directory, variables, "./fleet " + arguments);
    }

    /** What {@code pulumi preview --json} prints. */
    JsonObject preview() throws InterruptedException {
        return JsonParser.parseString(pulumi("preview", "--json").succeeded().out())
                .getAsJsonObject();
    }

    /** Updates without a preview, which would run the program once more. */
    public PulumiCli.Run up() throws InterruptedException {
        return pulumi("up", "--yes", "--skip-preview");
    }

    /** Destroys after a preview: without one, Pulumi deletes what it can before it sees that something is protected. */
    public PulumiCli.Run destroy() throws InterruptedException {
        return pulumi("destroy", "--yes");
    }

    /** The state, as Pulumi has it on the disk. */
    public String state() throws IOException {
        return Files.readString(file("state/.pulumi/stacks/buildkite-fleet/" + stack + ".json"));
    }

    /** The resources in the state. Until there is one, it has no list of them. */
    public List<JsonObject> resources() throws IOException {
        var resources = JsonParser.parseString(state())
                .getAsJsonObject()
                .getAsJsonObject("checkpoint")
                .getAsJsonObject("latest")
                .getAsJsonArray("resources");
        return Stream.ofNullable(resources)
                .flatMap(array -> array.asList().stream())
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** The URNs of what Pulumi refuses to delete. */
    public List<String> protectedUrns() throws IOException {
        return resources().stream()
                .filter(resource ->
                        resource.has("protect") && resource.get("protect").getAsBoolean())
                .map(resource -> resource.get("urn").getAsString())
                .toList();
    }

    /** Adds lines to {@code Pulumi.yaml}. */
    void addSettings(String lines) throws IOException {
        Files.writeString(file("Pulumi.yaml"), Files.readString(file("Pulumi.yaml")) + lines);
    }

    /** Replaces text in the stack's configuration, which must be there. */
    public void edit(String from, String to) throws IOException {
        var text = Files.readString(file(stackFile()));
        if (!text.contains(from)) {
            throw new AssertionError(stackFile() + " has no \"" + from + "\":\n" + text);
        }
        Files.writeString(file(stackFile()), text.replace(from, to));
    }

    /** The project as the offline engine reads it. */
    public Project asOfflineProject() {
        return Project.read(directory);
    }

    /** A file of the project. */
    public Path file(String path) {
        return directory.resolve(path);
    }

    private String stackFile() {
        return "Pulumi." + stack + ".yaml";
    }

    /**
     * Puts the launcher into the project, for people and for Pulumi. It finds a Maven that makes, of no sources, a jar
     * which is the compiled program of the tests. Pulumi may ask it for its version, which must make nothing.
     */
    public void makeLauncher() throws IOException {
        Files.copy(Path.of("Pulumi.yaml"), file("Pulumi.yaml"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(Path.of("fleet"), file("fleet"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(file("launcher"));
        try (var parts = Files.list(Path.of("launcher"))) {
            for (var part : parts.toList()) {
                Files.copy(part, file("launcher").resolve(part.getFileName()));
            }
        }
        for (var source : List.of(".mvn", "src/main")) {
            Files.createDirectories(file(source));
        }
        Files.writeString(file("pom.xml"), "<project/>");
        try (var jar = Files.newOutputStream(file("program.jar"))) {
            writeJarOfClassPath(jar);
        }
        script("mvn", """
                #!/bin/sh
                set -eu
                case " $* " in *' package '*) cp program.jar target/buildkite-fleet.jar ;; esac
                for argument in "$@"; do
                  case "$argument" in -Dmdep.outputFile=*) : >"${argument#*=}" ;; esac
                done
                """);
    }

    private static void writeJarOfClassPath(OutputStream to) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                                .splitAsStream(System.getProperty("java.class.path"))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(to, manifest).finish();
    }

    /** Lets Pulumi run another program instead of the fleet's. */
    void runs(Class<?> program) throws IOException {
        makeExecutor(program);
    }

    /** Pulumi's language host takes a script with mvn in its name for Maven, which compiles, lists plugins and runs. */
    private void makeExecutor(Class<?> program) throws IOException {
        var script = String.format(Locale.ROOT, """
                #!/bin/sh
                set -eu
                case "$*" in
                  *-DmainArgs=packages)
                    [ -s packages.json ] || %s >packages.json
                    cat packages.json
                    ;;
                  *exec:java) exec %s ;;
                esac
                """, shell(PluginPackages.class.getName()), shell(program.getName()));
        script(EXECUTOR, script);
    }

    private void script(String name, String text) throws IOException {
        var file = Files.writeString(file(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String shell(String mainClass) {
        return ProgramLaunch.ofMainClass(mainClass).command().stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
    }
}
