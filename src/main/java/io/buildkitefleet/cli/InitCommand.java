package io.buildkitefleet.cli;

import io.buildkitefleet.cloud.Regions;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.fleet.Fleet;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    private static final String PROJECT = "--project";
    private static final String REGION = "--region";
    private static final String ORGANIZATION = "--organization";
    private static final String REPOSITORY = "--repository";

    /** What a person has to say, and how one is asked for it. */
    private static final Map<String, String> QUESTIONS = questions();

    /** The option that a part of the file comes from. */
    private static final Map<String, String> OPTIONS = Map.of(
            "gcp:project",
            PROJECT,
            ConfigSource.FLEET + ".region",
            REGION,
            ConfigSource.FLEET + ".organization",
            ORGANIZATION,
            ConfigSource.FLEET + ".repositories",
            REPOSITORY,
            ConfigSource.FLEET + ".name",
            "STACK");

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

    @Option(names = REGION, paramLabel = "REGION", description = "Google Cloud region, such as us-west1.")
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

    /** @param clock says until when waivers run */
    InitCommand(Clock clock, Dialogue dialogue) {
        this.clock = clock;
        this.dialogue = dialogue;
    }

    private static Map<String, String> questions() {
        var questions = new LinkedHashMap<String, String>();
        questions.put(PROJECT, "Id of the Google Cloud project: ");
        questions.put(REGION, "Google Cloud region, such as us-west1: ");
        questions.put(ORGANIZATION, "Buildkite organization, as in buildkite.com/SLUG: ");
        questions.put(REPOSITORY, "Git repository whose builds run there, as Buildkite clones it: ");
        return questions;
    }

    @Override
    public Integer call() {
        var all = fleetCommand.project();
        var file = all.fileOfNewStack(stackName);
        refuseWhatNoAnswerMends(all.stackName(stackName));
        var answers = answers();
        askForTheMissing(answers);
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

    /** What was said, by its option. */
    private Map<String, List<String>> answers() {
        var answers = new LinkedHashMap<String, List<String>>();
        project.ifPresent(got -> answers.put(PROJECT, List.of(got)));
        region.ifPresent(got -> answers.put(REGION, List.of(got)));
        organization.ifPresent(got -> answers.put(ORGANIZATION, List.of(got)));
        if (!repositories.isEmpty()) {
            answers.put(REPOSITORY, repositories);
        }
        return answers;
    }

    private void askForTheMissing(Map<String, List<String>> answers) {
        var missing = QUESTIONS.keySet().stream()
                .filter(option -> !answers.containsKey(option))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        if (!dialogue.isPossible()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "init needs " + String.join(", ", missing) + ", which it asks for on a terminal alone");
        }
        missing.forEach(option -> answers.put(option, ask(option)));
    }

    private List<String> ask(String option) {
        while (true) {
            var answer = dialogue.ask(QUESTIONS.get(option))
                    .orElseThrow(() -> new ProjectException("nothing was written: " + option + " was not answered"));
            if (!answer.isEmpty()) {
                return List.of(answer);
            }
        }
    }

    /** What the stack means. Who sits at a terminal is asked again for what is wrong. */
    private Fleet resolved(Project all, Map<String, List<String>> answers) {
        while (true) {
            var wrong = new ArrayList<>(misspeltRegion(answers.get(REGION).get(0)));
            try {
                var fleet = Previews.fleetOf(
                        all, all.stackOf(stackName, scaffold(answers, List.of()).text()));
                if (wrong.isEmpty()) {
                    return fleet;
                }
            } catch (ConfigException refused) {
                wrong.addAll(refused.problems());
            }
            askAgain(wrong, answers);
        }
    }

    private void askAgain(List<Problem> wrong, Map<String, List<String>> answers) {
        var again = wrong.stream().map(InitCommand::option).distinct().toList();
        if (!dialogue.isPossible() || !QUESTIONS.keySet().containsAll(again)) {
            throw new ProjectException(told(wrong));
        }
        dialogue.say(told(wrong));
        again.forEach(option -> answers.put(option, ask(option)));
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

    private static String told(List<Problem> problems) {
        return problems.stream()
                .map(problem -> option(problem) + ": " + problem.message())
                .collect(Collectors.joining("\n"));
    }

    private static String option(Problem problem) {
        var path = problem.path().replaceFirst("\\[\\d+]$", "");
        return OPTIONS.getOrDefault(path, path);
    }

    private Scaffold scaffold(Map<String, List<String>> answers, List<String> notes) {
        return new Scaffold(
                like,
                answers.get(PROJECT).get(0),
                answers.get(REGION).get(0),
                answers.get(ORGANIZATION).get(0),
                answers.get(REPOSITORY),
                FleetCommand.today(clock).plusYears(1),
                notes);
    }

    private List<String> notes(Project all, Path file, Fleet fleet, Map<String, List<String>> answers) {
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
