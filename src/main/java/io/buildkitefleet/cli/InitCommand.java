package io.buildkitefleet.cli;

import io.buildkitefleet.cloud.Regions;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.HostKey;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.KnownHosts;
import io.buildkitefleet.operate.FirstSteps;
import io.buildkitefleet.output.NewFile;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.SharedIdentity;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.report.text.CostLine;
import io.buildkitefleet.report.text.FloorLine;
import io.buildkitefleet.scaffold.Example;
import io.buildkitefleet.scaffold.Scaffold;
import io.buildkitefleet.text.Listing;
import io.buildkitefleet.text.ShellWord;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Makes the file of a new stack. */
@Command(
        name = "init",
        description = {
            "Write Pulumi.STACK.yaml, a stack that can be previewed at once, and say what it costs and what comes next.",
            "What is there already stays as it is. On a terminal, what is missing is asked for."
        })
final class InitCommand implements Callable<Integer> {
    static final String PROJECT = "--project";
    static final String REGION = "--region";
    static final String ORGANIZATION = "--organization";
    static final String REPOSITORY = "--repository";
    static final String KNOWN_HOST = "--known-host";

    private final Clock clock;
    private final Dialogue dialogue;

    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STACK", description = "The environment that is to be: dev for Pulumi.dev.yaml.")
    private String stackName;

    @Option(names = PROJECT, paramLabel = "ID", description = "Google Cloud project.")
    private Optional<String> project = Optional.empty();

    @Option(
            names = REGION,
            paramLabel = "REGION",
            completionCandidates = KnownRegions.class,
            description = "Google Cloud region, such as us-west1.")
    private Optional<String> region = Optional.empty();

    @Option(
            names = ORGANIZATION,
            paramLabel = "SLUG",
            description = "Buildkite organization, as in buildkite.com/SLUG.")
    private Optional<String> organization = Optional.empty();

    @Option(
            names = REPOSITORY,
            paramLabel = "URL",
            description = "Git repository whose builds run there, as Buildkite clones it. May be repeated.")
    private List<String> repositories = new ArrayList<>();

    @Option(
            names = KNOWN_HOST,
            paramLabel = "LINE",
            description =
                    "Key of a server of your own that is reached over ssh, as a line of known_hosts. May be repeated.")
    private List<String> knownHosts = new ArrayList<>();

    @Option(
            names = "--like",
            paramLabel = "EXAMPLE",
            defaultValue = "small",
            description =
                    "small: one queue in one zone, for little money; prod: queues for builds, deployments and code "
                            + "from outside, in a whole region. Default: ${DEFAULT-VALUE}.")
    private Example like;

    @Option(
            names = "--buildkite-cluster",
            paramLabel = "NAME",
            description = "Cluster at Buildkite that has the queues, for the notes in the file.")
    private Optional<String> buildkiteCluster = Optional.empty();

    /** What a shell completes. */
    static final class KnownRegions implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Regions.names().iterator();
        }
    }

    /** @param clock says until when waivers run */
    InitCommand(Clock clock, Dialogue dialogue) {
        this.clock = clock;
        this.dialogue = dialogue;
    }

    @Override
    public Integer call() {
        var all = fleetCommand.project();
        var file = all.fileOfNewStack(stackName);
        refuseWhatNoAnswerMends(all.stackName(stackName));
        var answers = answers();
        answers.complete(so -> wrong(all, so));
        var fleet = resolved(all, answers);
        var text = scaffold(answers, notes(all, file, fleet, answers)).text();
        // What is written is what was read, so that the first preview finds nothing.
        var stack = all.stackOf(stackName, text);
        Previews.fleetOf(all, stack);
        NewFile.write(file, text);
        FleetCommand.warn(spec, fleet);
        warnOfNeighbours(SharedIdentity.of(all, fleet.config()), fleet);
        tell(new FirstSteps(stack, fleet, buildkiteCluster));
        return 0;
    }

    /** What is wrong already is said before anything is asked. */
    private void refuseWhatNoAnswerMends(String name) {
        FleetConfig.flawOfDefaultName(name).ifPresent(flaw -> {
            throw new ProjectException("STACK: " + flaw);
        });
        if (buildkiteCluster.filter(String::isBlank).isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--buildkite-cluster must be the name of a cluster at Buildkite; leave it out");
        }
    }

    /** What was said by options. Without a terminal that must be all. */
    private StackAnswers answers() {
        var given = new EnumMap<StackQuestion, List<String>>(StackQuestion.class);
        given.put(StackQuestion.PROJECT, project.stream().toList());
        given.put(StackQuestion.REGION, region.stream().toList());
        given.put(StackQuestion.ORGANIZATION, organization.stream().toList());
        given.put(StackQuestion.REPOSITORY, repositories);
        given.put(StackQuestion.KNOWN_HOST, knownHosts);
        var answers = new StackAnswers(given, dialogue);
        var missing = answers.missing();
        if (!missing.isEmpty() && !dialogue.isPossible()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "init needs "
                            + missing.stream().map(StackQuestion::option).collect(Collectors.joining(", "))
                            + ", which it asks for on a terminal alone");
        }
        return answers;
    }

    private List<Problem> wrong(Project all, StackAnswers answers) {
        var wrong = new ArrayList<>(misspeltRegion(answers.one(StackQuestion.REGION)));
        var unknown = answers.unknownServers();
        unknown.forEach(server -> wrong.add(new Problem(
                StackQuestion.KNOWN_HOST.path(),
                "is missing for " + server + ", a server that the fleet does not know; " + KnownHosts.scan(server)
                        + ". An address that begins with https:// needs none")));
        try {
            // Of these servers all is told already.
            resolved(all, answers, unknown.stream().map(InitCommand::anyKey).toList());
        } catch (ConfigException refused) {
            refused.problems().forEach(problem -> wrong.add(ofStack(problem)));
        }
        return wrong;
    }

    private static String anyKey(String server) {
        var key = KnownHosts.of(List.of()).keys().get(0);
        return new HostKey(server, key.type(), key.key()).line();
    }

    /** The name of the stack is no question, since its file is called so. */
    private static Problem ofStack(Problem problem) {
        return problem.path().equals(ConfigSource.FLEET + ".name") ? new Problem("STACK", problem.message()) : problem;
    }

    private Fleet resolved(Project all, StackAnswers answers) {
        return resolved(all, answers, List.of());
    }

    private Fleet resolved(Project all, StackAnswers answers, List<String> moreHosts) {
        var text = scaffold(answers, moreHosts, List.of()).text();
        return Previews.fleetOf(all, all.stackOf(stackName, text));
    }

    /**
     * A reader only warns of a region that it does not know, since Google has new ones. Here nobody has one yet, and a
     * word that is nearly another is a slip; another number behind a known word may well be new.
     */
    private static List<Problem> misspeltRegion(String region) {
        var words = new TreeSet<String>();
        Regions.names().forEach(name -> words.add(withoutNumber(name)));
        if (Regions.zonesOf(region).isPresent() || words.contains(withoutNumber(region))) {
            return List.of();
        }
        var near = Section.near(region, Regions.names());
        return near.isEmpty()
                ? List.of()
                : List.of(new Problem(
                        ConfigSource.FLEET + ".region",
                        "is not a region that the fleet knows, got \"" + region + "\"; did you mean "
                                + String.join(" or ", near)
                                + "? For a region that is new at Google, begin with a known one and change it in the file; "
                                + Regions.asOf()));
    }

    private static String withoutNumber(String region) {
        return region.replaceFirst("[0-9]+$", "");
    }

    private Scaffold scaffold(StackAnswers answers, List<String> notes) {
        return scaffold(answers, List.of(), notes);
    }

    private Scaffold scaffold(StackAnswers answers, List<String> moreHosts, List<String> notes) {
        return new Scaffold(
                like,
                answers.one(StackQuestion.PROJECT),
                answers.one(StackQuestion.REGION),
                answers.one(StackQuestion.ORGANIZATION),
                answers.all(StackQuestion.REPOSITORY),
                Stream.concat(answers.all(StackQuestion.KNOWN_HOST).stream(), moreHosts.stream())
                        .toList(),
                FleetCommand.today(clock).plusYears(1),
                notes);
    }

    private List<String> notes(Project all, Path file, Fleet fleet, StackAnswers answers) {
        var stack = all.stackOf(stackName, scaffold(answers, List.of()).text());
        var notes = new ArrayList<>(schema(all, file));
        notes.add("Buildkite:");
        new FirstSteps(stack, fleet, buildkiteCluster).atBuildkite().forEach(step -> notes.add("  " + step));
        return notes;
    }

    /** Where editors find what may stand in a stack, as in the stacks of this repository. */
    private static List<String> schema(Project all, Path file) {
        var schema = all.directory().resolve("docs/schema/pulumi-stack.json");
        if (!Files.isRegularFile(schema)) {
            return List.of();
        }
        var path = file.getParent().relativize(schema).toString();
        return List.of("yaml-language-server: $schema=" + path, "$schema: " + path);
    }

    /** A check finds it too, but by then the file has been worked on. */
    private void warnOfNeighbours(List<SharedIdentity> shared, Fleet fleet) {
        shared.stream()
                .collect(Collectors.groupingBy(
                        SharedIdentity::stack,
                        TreeMap::new,
                        Collectors.mapping(SharedIdentity::account, Listing.joining())))
                .forEach((other, accounts) -> FleetCommand.warn(
                        spec,
                        List.of(new Problem(
                                "gcp:project",
                                fleet.config().project() + " is that of stack " + other + ", too, and there " + accounts
                                        + " of either stack may act as that of the other; give each stack a project of "
                                        + "its own"))));
    }

    private void tell(FirstSteps next) {
        var out = spec.commandLine().getOut();
        out.println("Wrote " + next.stack().file() + ". Edit it, and look: ./fleet preview "
                + new ShellWord(next.stack().name()));
        out.print(new CostLine(next.fleet()));
        out.print(new FloorLine(next.fleet()));
        out.println();
        out.println("Before ./fleet up, unless it is there already (docs/first-deploy.md has more of each step, and "
                + next.look() + " looks at them):");
        next.groups().forEach(group -> tell(out, group));
        out.flush();
    }

    private static void tell(PrintWriter out, FirstSteps.Group group) {
        out.println("  " + group.place());
        group.lines().forEach(line -> out.println("    " + line));
    }
}
