package io.buildkitefleet.operate;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.buildkitefleet.pulumi.VersionRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Pulumi on a machine, and the language host with which it runs Java programs. */
final class PulumiInstallation {
    private static final String JAVA_SUPPORT = "Pulumi's Java support";
    private static final String HOST = "pulumi-language-java";
    private static final String INSTALL_HOST = "pulumi plugin install language java";
    private static final Version OLDEST = Version.parse("3");
    private static final Version TOO_NEW = Version.parse("4");

    /**
     * From here on the host is not beside Pulumi, which fetches it at first use.
     *
     * @see <a href="https://github.com/pulumi/pulumi/blob/sdk/v3.270.0/sdk/go/common/workspace/plugins.go">
     *     IsPluginBundled</a>
     */
    private static final Version FETCHING = Version.parse("3.270.0");

    /**
     * From here on Pulumi starts the host without the options of {@code Pulumi.yaml}, and sends them in each request.
     *
     * @see <a
     *     href="https://github.com/pulumi/pulumi/blob/sdk/v3.209.0/sdk/go/common/resource/plugin/langruntime_plugin.go">
     *     buildArgsForNewPlugin</a>
     */
    private static final Version SENDING_OPTIONS = Version.parse("3.209.0");

    /**
     * From here on the host reads the options from the requests.
     *
     * @see <a href="https://github.com/pulumi/pulumi-java/pull/1947">pulumi-java #1947</a>
     */
    private static final Version READING_OPTIONS = Version.parse("1.19.0");

    /**
     * From here on Ctrl-C on a terminal reaches Pulumi when it does not lead its processes; before, it is lost.
     *
     * @see <a href="https://github.com/pulumi/pulumi/blob/sdk/v3.207.0/CHANGELOG.md">3.207.0</a>
     */
    private static final Version STOPPING_AS_CHILD = Version.parse("3.207.0");

    private static final Pattern VERSION = Pattern.compile("v?(\\d+\\.\\d+\\.\\d+\\S*)");

    /** A project whose host has nothing to build. */
    private static final String EMPTY_PROJECT = """
            name: host
            runtime: {name: java, options: {binary: none.jar}}
            """;

    private final Machine machine;
    private final VersionRange required;

    /** @param required the versions that may run the project's program */
    PulumiInstallation(Machine machine, VersionRange required) {
        this.machine = machine;
        this.required = required;
    }

    /** A language host; its version is empty if it does not say. */
    private record Host(Path path, Optional<Version> version) {
        boolean isOlderThan(Version other) {
            return version.filter(own -> own.compareTo(other) < 0).isPresent();
        }

        @Override
        public String toString() {
            return version.map(own -> "host " + own).orElse("the host") + " at " + path;
        }
    }

    List<Prerequisite> examine() {
        var path = machine.find("pulumi");
        if (path.isEmpty()) {
            return List.of(
                    Prerequisite.missing(
                            "pulumi",
                            "install it (or build the pinned one: tools/install pulumi)",
                            "https://www.pulumi.com/docs/install/"),
                    Prerequisite.unknown(JAVA_SUPPORT, "there is no pulumi to look for it"));
        }
        return examine(path.get());
    }

    private List<Prerequisite> examine(Path pulumi) {
        var version = askForVersion(pulumi);
        if (version.isEmpty()) {
            return List.of(
                    Prerequisite.missing(
                            "pulumi",
                            pulumi + " can't be used: it does not say its version; see: " + pulumi + " version"),
                    Prerequisite.unknown(JAVA_SUPPORT, "there is no pulumi to look for it"));
        }
        var cli = version.get();
        if (cli.compareTo(OLDEST) < 0 || cli.compareTo(TOO_NEW) >= 0) {
            return List.of(
                    Prerequisite.missing("pulumi", pulumi + " can't be used: it is version " + cli + ", not 3"),
                    Prerequisite.unknown(JAVA_SUPPORT, "there is no Pulumi 3 to look for it"));
        }
        return List.of(
                refusal(pulumi, cli)
                        .map(reason -> Prerequisite.missing("pulumi", reason))
                        .orElseGet(() -> Prerequisite.good("pulumi", cli + " at " + pulumi)),
                javaSupport(pulumi, cli));
    }

    /**
     * Why the project does not take a Pulumi, if it does not. One of before 2026 does not know the key, and would run
     * it.
     *
     * @see <a href="https://github.com/pulumi/pulumi/pull/21627">pulumi #21627</a>
     */
    Optional<String> refusal(Path pulumi) {
        return askForVersion(pulumi).flatMap(version -> refusal(pulumi, version));
    }

    /** Why a Pulumi can't be a child of this program, if it can't. */
    Optional<String> refusalAsChild(Path pulumi) {
        return askForVersion(pulumi)
                .filter(version -> version.compareTo(STOPPING_AS_CHILD) < 0)
                .map(version ->
                        "Pulumi CLI version " + version + " at " + pulumi + " loses Ctrl-C as a child of ./fleet, "
                                + "and with it the way to stop; " + STOPPING_AS_CHILD + " or newer is needed: "
                                + "https://www.pulumi.com/docs/install/");
    }

    private Optional<String> refusal(Path pulumi, Version version) {
        return required.includes(version)
                ? Optional.empty()
                : Optional.of("Pulumi CLI version " + version + " at " + pulumi
                        + " does not satisfy the version range \"" + required
                        + "\" (requiredPulumiVersion in Pulumi.yaml); install one that does: "
                        + "https://www.pulumi.com/docs/install/, or build it: tools/install pulumi");
    }

    /** None if it does not say. */
    private Optional<Version> askForVersion(Path pulumi) {
        return machine.output(List.of(pulumi.toString(), "version"))
                .map(String::strip)
                .flatMap(PulumiInstallation::version);
    }

    private Prerequisite javaSupport(Path pulumi, Version cli) {
        var host = installed(pulumi, cli).map(path -> new Host(path, askForHost(pulumi)));
        if (host.isEmpty()) {
            host = newestPlugin();
        }
        if (host.isEmpty()) {
            return fetches(cli)
                    ? Prerequisite.good(JAVA_SUPPORT, "pulumi " + cli + " fetches its host at first use")
                    : Prerequisite.missing(JAVA_SUPPORT, "pulumi " + cli + " finds no host; " + wayToHost(cli));
        }
        var pair = "pulumi " + cli + " with " + host.get();
        return cli.compareTo(SENDING_OPTIONS) >= 0 && host.get().isOlderThan(READING_OPTIONS)
                ? Prerequisite.warning(
                        JAVA_SUPPORT,
                        pair + ": this host does not get the options of Pulumi.yaml, so that Maven runs in place of "
                                + "./fleet; remove it, and " + wayToHost(cli))
                : Prerequisite.good(JAVA_SUPPORT, pair);
    }

    /** A Pulumi that comes with its host refuses to install one. */
    private static String wayToHost(Version cli) {
        return cli.compareTo(FETCHING) >= 0
                ? "run: " + INSTALL_HOST
                : "put the whole installation of Pulumi on PATH, with the " + HOST + " that comes with it";
    }

    /** The host that is not a plugin: on PATH, else beside a Pulumi that still comes with one. */
    private Optional<Path> installed(Path pulumi, Version cli) {
        var onPath = isTrue("PULUMI_IGNORE_AMBIENT_PLUGINS") ? Optional.<Path>empty() : machine.find(HOST);
        return cli.compareTo(FETCHING) >= 0 ? onPath : onPath.or(() -> machine.findBeside(pulumi, HOST));
    }

    private Optional<Host> newestPlugin() {
        var home = machine.variable("PULUMI_HOME").map(Path::of).or(() -> machine.variable("HOME")
                .map(directory -> Path.of(directory, ".pulumi")));
        return home.stream()
                .flatMap(directory -> machine.list(directory.resolve("plugins")).stream())
                .flatMap(directory -> plugin(directory).stream())
                .max(Comparator.comparing(host -> host.version().orElseThrow()));
    }

    private Optional<Host> plugin(Path directory) {
        var name = directory.getFileName().toString();
        var prefix = "language-java-v";
        if (!name.startsWith(prefix) || !machine.canRead(directory.resolve(HOST))) {
            return Optional.empty();
        }
        return version(name.substring(prefix.length())).map(version -> new Host(directory, Optional.of(version)));
    }

    private boolean fetches(Version cli) {
        return cli.compareTo(FETCHING) >= 0 && !isTrue("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION");
    }

    /** As Pulumi reads a variable. */
    private boolean isTrue(String variable) {
        return machine.variable(variable)
                .filter(value -> value.equals("1") || value.equalsIgnoreCase("true"))
                .isPresent();
    }

    /** A host has no option that prints its version: Pulumi asks it, in a project. */
    private Optional<Version> askForHost(Path pulumi) {
        try {
            var project = Files.createTempDirectory("fleet-host");
            try {
                Files.writeString(project.resolve("Pulumi.yaml"), EMPTY_PROJECT);
                return machine.output(List.of(
                                pulumi.toString(), "about", "--json", "--non-interactive", "--cwd", project.toString()))
                        .flatMap(PulumiInstallation::versionOfHost);
            } finally {
                Files.deleteIfExists(project.resolve("Pulumi.yaml"));
                Files.deleteIfExists(project);
            }
        } catch (IOException reason) {
            throw new UncheckedIOException(reason);
        }
    }

    private static Optional<Version> versionOfHost(String about) {
        try {
            var plugins = JsonParser.parseString(about).getAsJsonObject().get("plugins");
            return (plugins == null || plugins.isJsonNull()
                            ? Stream.<JsonElement>empty()
                            : plugins.getAsJsonArray().asList().stream())
                    .map(JsonElement::getAsJsonObject)
                    .filter(plugin -> text(plugin, "kind").equals("language")
                            && text(plugin, "name").equals("java"))
                    .findFirst()
                    .flatMap(plugin -> version(text(plugin, "version")));
        } catch (JsonParseException | IllegalStateException notWhatPulumiPrints) {
            return Optional.empty();
        }
    }

    private static String text(JsonObject object, String key) {
        var value = object.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    private static Optional<Version> version(String text) {
        var matcher = VERSION.matcher(text);
        return matcher.matches() ? Optional.of(Version.parse(matcher.group(1))) : Optional.empty();
    }
}
