package io.buildkitefleet.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.buildkitefleet.config.Waiver;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.ExpiredSettings;
import io.buildkitefleet.plan.PlanFile;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.report.json.AssessmentJson;
import io.buildkitefleet.report.scanner.AssessmentJunit;
import io.buildkitefleet.report.scanner.AssessmentSarif;
import io.buildkitefleet.report.scanner.StackLines;
import io.buildkitefleet.report.text.AssessmentText;
import io.buildkitefleet.report.text.RuleTable;
import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.RuleSet;
import io.buildkitefleet.rules.Waivers;
import io.buildkitefleet.rules.rule.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Holds a stack's plan against the rules. */
@Command(name = "check", description = "Hold a stack's plan against the rules. Needs no cloud account and no Pulumi.")
final class CheckCommand implements Callable<Integer> {
    /** How findings are told. */
    enum Format {
        TEXT,
        JSON,
        SARIF,
        JUNIT
    }

    private final Clock clock;

    @ParentCommand
    private FleetCommand fleetCommand;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "STACK",
            description = "The environment: dev for Pulumi.dev.yaml. With --plan, its waivers apply.")
    private String stackName;

    @Mixin
    private ConfigFile configFile;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description = {
                "Check this plan instead of making one:",
                "a file of ./fleet preview --json, or of",
                "pulumi preview --json --show-sames."
            })
    private Path planFile;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json, sarif or junit. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "high",
            description = "Least severity that fails: high, medium or low. Default: ${DEFAULT-VALUE}.")
    private Severity failOn;

    @Option(
            names = "--strict",
            description = "Make it a finding that no rule reads a resource, or that a rule can't be checked.")
    private boolean strict;

    @Option(names = "--list", description = "Print the rules instead.")
    private boolean list;

    private CheckCommand(Clock clock) {
        this.clock = clock;
    }

    /** @param clock says whether waivers and freezes still run */
    static CommandLine of(Clock clock) {
        return new CommandLine(new CheckCommand(clock)).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        if (list) {
            if (spec.commandLine().getParseResult().hasMatchedOption("--format")) {
                throw new ParameterException(spec.commandLine(), "--list prints text; leave out --format");
            }
            out.print(RuleTable.text(RuleSet.rules()));
            out.flush();
            return 0;
        }
        if (stackName == null && planFile == null) {
            throw new ParameterException(spec.commandLine(), "name a stack, or a plan with --plan FILE");
        }
        if (stackName == null && configFile.isGiven()) {
            throw new ParameterException(spec.commandLine(), "--config-file is for a stack: name it");
        }
        var assessment = planFile == null ? ofStack() : ofFile();
        if (!assessment.isOfAFleet()) {
            throw new ProjectException("the plan of " + assessment.stack()
                    + " has nothing that a rule speaks of, so nothing was checked; is it the plan of a fleet?");
        }
        out.print(told(assessment));
        var fails = assessment.failsAt(failOn);
        if (!fails && !assessment.open().isEmpty() && format == Format.TEXT) {
            out.println("Nothing open is " + failOn.name().toLowerCase(Locale.ROOT)
                    + (failOn == Severity.HIGH ? "" : " or worse")
                    + ", so the exit code is 0; --fail-on sets the limit");
        }
        out.flush();
        return fails ? 1 : 0;
    }

    private Assessment ofStack() throws IOException {
        var previews = fleetCommand.previews(configFile);
        var preview = fleetCommand.progress().during("previewing " + stackName, () -> previews.of(stackName));
        FleetCommand.warn(spec, preview.fleet());
        FleetCommand.warn(spec, ExpiredSettings.warnings(preview.fleet(), clock.instant()));
        var plan = StackPlan.of(preview);
        return RuleSet.assess(plan, waivers(plan.waivers()), strict);
    }

    private Assessment ofFile() throws IOException {
        var name = "--plan " + planFile;
        var plan = PlanFile.read(name, planFile);
        if (stackName == null) {
            return RuleSet.assess(plan, waivers(List.of()), strict);
        }
        var previews = fleetCommand.previews(configFile);
        var stack = previews.project().stack(stackName);
        plan.requireStack(name, stack.name(), previews.project().name());
        var made =
                StackPlan.of(fleetCommand.progress().during("previewing " + stackName, () -> previews.of(stackName)));
        return RuleSet.assess(plan.comparedWith(name, stack.fileName(), made), waivers(made.waivers()), strict);
    }

    /** Of the stack that was named: whoever made a file may have written waivers into it. */
    private Waivers waivers(List<Waiver> waivers) {
        var problems = stackName == null
                ? new Problems("")
                : Previews.problemsOf(configFile.in(fleetCommand.project()).stack(stackName));
        return Waivers.of(problems, waivers, FleetCommand.today(clock));
    }

    private String told(Assessment assessment) {
        return switch (format) {
            case TEXT -> new AssessmentText(assessment, Ansi.AUTO).toString();
            case JSON -> json(AssessmentJson.of(assessment));
            case SARIF -> json(AssessmentSarif.of(assessment, file(assessment), lines()));
            case JUNIT -> AssessmentJunit.of(assessment);
        };
    }

    /** Of the stack, from the directory of the project. */
    private String file(Assessment assessment) {
        if (stackName == null) {
            return "Pulumi." + assessment.stack() + ".yaml";
        }
        var project = configFile.in(fleetCommand.project());
        return project.directory().relativize(project.stack(stackName).file()).toString();
    }

    /** Of a plan alone, whose stack's file may be another one now, no line is known. */
    private StackLines lines() {
        if (stackName == null) {
            return StackLines.none();
        }
        var file = configFile.in(fleetCommand.project()).stack(stackName).file();
        try {
            return StackLines.of(Files.readString(file));
        } catch (IOException unreadable) {
            return StackLines.none();
        }
    }

    private static String json(JsonObject document) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(document) + "\n";
    }
}
