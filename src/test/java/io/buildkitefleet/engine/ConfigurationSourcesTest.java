package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.pulumi.Pulumi;
import io.buildkitefleet.App;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.preview.OfflineEngine;
import io.buildkitefleet.preview.ProgramLaunch;
import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Wherever Pulumi takes a stack's configuration from, the offline engine takes the same. */
class ConfigurationSourcesTest extends RealEngineTest {
    private EngineProject project;
    private String settings;

    @BeforeEach
    void aFleet() throws Exception {
        project = project("dev");
        settings = Files.readString(project.file("Pulumi.yaml"));
    }

    @Test
    void whatTheProjectSaysIsTheConfigurationOfAStackThatDoesNot() throws Exception {
        project.addSettings("""
                config:
                  gcp:project: of-the-project
                  gcp:zone: {value: us-west1-a, description: Where it is}
                  buildkite-fleet:unused: {default: 7, type: integer}
                  other:text: "0123"
                  other:number: 42
                  other:flag: true
                  other:list: [1, two, true, 3.50, {a: b}]
                  other:nested: {value: {b: [1, 2.0], a: "x<y", c: null}}
                  other:decimal: {value: 1.50}
                """);
        theStackLacks("gcp:project");
        project.runs(Idle.class);

        var config = realConfig();
        assertThat(config).isEqualTo(offlineConfig(project.asOfflineProject()));
        assertThat(config.get("gcp:project").getAsString()).isEqualTo("of-the-project");
    }

    @Test
    void theFleetMayBeTheProjects() throws Exception {
        var stack = Files.readString(project.file("Pulumi.dev.yaml"));
        var start = stack.indexOf("  buildkite-fleet:fleet:");
        var fleet = stack.substring(start).split("\n(?=  \\S|\\S)", 2)[0];
        project.edit(fleet, "");
        project.addSettings("config:\n  fleet:\n    type: object\n    default:\n"
                + fleet.lines().skip(1).map(line -> "  " + line + "\n").reduce("", String::concat));

        var real = project.preview();
        var offline = PlanJson.of(new Previews(project.asOfflineProject(), engine(App.class))
                .of("dev")
                .plan());
        assertThat(real.get("config")).isEqualTo(offline.get("config"));
        assertThat(real.getAsJsonArray("steps")).hasSameSizeAs(offline.getAsJsonArray("steps"));
    }

    @Test
    void whatTheProjectRefusesIsRefusedInTheSameWords() throws Exception {
        var softly = new SoftAssertions();
        for (var lines : new String[] {
            "  missing: {type: string}",
            "  missing: {type: string}\n  another: {description: What for}\n  third: {type: integer}",
            "  agentToken: {type: string, secret: true}\n  fleet: {type: array, items: {type: string}}",
            "  fleet: {type: string}",
            "  fleet: {type: object, secret: true}",
            "  sizes: {type: array, items: {type: array, items: {type: integer}}, default: [[1, x]]}",
            "  sizes: {type: array, default: [1]}",
            "  size: {type: integer, default: large}",
            "  size: {type: boolean, default: 1}",
            "  size: {default: 1, value: 2}",
            "  gcp:zone: {type: string, value: a}",
            "  gcp:zone: {default: a}",
            "  gcp:zone: {description: Where it is}"
        }) {
            Files.writeString(project.file("Pulumi.yaml"), settings + "config:\n" + lines + "\n");
            var preview = project.pulumi("preview");
            var refusal = catchThrowableOfType(
                    ProjectException.class, () -> project.asOfflineProject().stack("dev"));
            softly.assertThat(preview.exitCode()).as(lines).isNotZero();
            softly.assertThat(refusal).as(lines).isNotNull();
            if (refusal != null) {
                var first =
                        refusal.getMessage().lines().findFirst().orElseThrow().replaceFirst("^Pulumi.yaml: ", "");
                softly.assertThat(preview.out() + preview.err()).as(lines).contains(first);
            }
        }
        softly.assertAll();
    }

    @Test
    void whatIsNoDeclarationIsRefusedByBoth() throws Exception {
        var softly = new SoftAssertions();
        for (var lines : new String[] {
            "  fleet: {pools: {}}",
            "  size: 1.5",
            "  size: null",
            "  size: {type: number}",
            "  size: {secret: perhaps}",
            "  sizes: {type: array, items: integer}",
            "  a:b:c: 1"
        }) {
            Files.writeString(project.file("Pulumi.yaml"), settings + "config:\n" + lines + "\n");
            softly.assertThat(project.pulumi("preview").exitCode()).as(lines).isNotZero();
            softly.assertThatThrownBy(() -> project.asOfflineProject().stack("dev"))
                    .as(lines)
                    .isInstanceOf(ProjectException.class);
        }
        softly.assertAll();
    }

    @Test
    void stacksMayHaveADirectoryOfTheirOwn() throws Exception {
        project.addSettings("stackConfigDir: stacks\n");
        moveTo("stacks/Pulumi.dev.yaml");
        project.runs(Idle.class);

        assertThat(realConfig()).isEqualTo(offlineConfig(project.asOfflineProject()));
    }

    @Test
    void theFormerNameOfThatDirectoryIsStillTaken() throws Exception {
        project.addSettings("config: /stacks\n");
        moveTo("stacks/Pulumi.dev.yaml");
        project.runs(Idle.class);

        assertThat(realConfig()).isEqualTo(offlineConfig(project.asOfflineProject()));
    }

    @Test
    void aFileMayBeTheConfigurationForOnce() throws Exception {
        var file = project.file("trial.yaml");
        Files.writeString(
                file, Files.readString(project.file("Pulumi.dev.yaml")).replace("acme-ci-dev", "acme-ci-trial"));
        project.runs(Idle.class);

        var config = realConfig("--config-file", "trial.yaml");
        assertThat(config).isEqualTo(offlineConfig(project.asOfflineProject().withConfigFile(file)));
        assertThat(config.get("gcp:project").getAsString()).isEqualTo("acme-ci-trial");
    }

    /** Pulumi puts the project's name before a key without a namespace, and the program reads its own. */
    @Test
    void aProjectWithAnotherNameNeedsTheWholeKey() throws Exception {
        Files.writeString(project.file("Pulumi.yaml"), settings.replace("name: buildkite-fleet", "name: acme-fleet"));
        project.pulumi("stack", "init", "dev").succeeded();
        project.pulumi("config", "rm", "buildkite-fleet:agentToken").succeeded();
        project.pulumi("config", "set", "--secret", "agentToken", "bkct_abc").succeeded();

        var refused = project.pulumi("preview");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.out() + refused.err())
                .contains("acme-fleet:agentToken is another key", "--secret buildkite-fleet:agentToken --stack dev");
        project.pulumi("config", "set", "--secret", "buildkite-fleet:agentToken", "bkct_abc")
                .succeeded();
        var unused = project.pulumi("preview");
        assertThat(unused.exitCode()).as(unused.out() + unused.err()).isZero();
    }

    /** Organizations of a state without Pulumi Cloud are all called so. */
    @Test
    void aStackMayBeNamedInFull() throws Exception {
        project.runs(Idle.class);
        for (var reference : new String[] {"organization/dev", "organization/buildkite-fleet/dev"}) {
            var real = JsonParser.parseString(project.pulumi("preview", "--json", "--stack", reference)
                            .succeeded()
                            .out())
                    .getAsJsonObject()
                    .getAsJsonObject("config");
            var offline = project.asOfflineProject();
            assertThat(PlanJson.of(engine(Idle.class).preview(offline, offline.stack(reference)))
                            .getAsJsonObject("config"))
                    .as(reference)
                    .isEqualTo(real);
        }
    }

    /** With what environments add to it, where there are some: those need Pulumi Cloud. */
    @Test
    void whatPulumiPrintsOfItIsTheConfigurationWithoutPulumi() throws Exception {
        project.addSettings("""
                config:
                  other:text: "0123"
                  other:flag: true
                  other:list: [1, two, true, 3.50, {a: b}]
                  other:nested: {value: {b: [1, 2.0], a: "x<y", c: null}}
                """);
        var file = project.file("printed.json");
        Files.writeString(file, project.pulumi("config", "--json").succeeded().out());
        project.runs(Idle.class);

        assertThat(offlineConfig(project.asOfflineProject().withConfigFile(file)))
                .isEqualTo(realConfig());
    }

    /** Pulumi does not know the key: the program reads the file, below the engine as in the offline preview. */
    @Test
    void aFileThatTheStackExtendsIsReadByTheProgramThatPulumiRuns() throws Exception {
        var stack = Files.readString(project.file("Pulumi.dev.yaml"));
        Files.writeString(
                project.file("Pulumi.base.yaml"),
                "config: {buildkite-fleet:fleet: {pools: {big: {max: 4}, gone: {machineType: n1-standard-4, max: 1}}, "
                        + "mac: {pipelines: [app]}, queues: {gone: {pool: gone}}}}\n");
        project.edit(
                "capacity: preemptible, max: 4}\n      light", "capacity: preemptible}\n      gone: null\n      light");
        project.edit("      light: {pool: light}\n", "      light: {pool: light}\n      gone: ~\n");
        project.edit("    organization: acme\n", "    organization: acme\n    mac:\n    extends: ./Pulumi.base.yaml\n");
        assertThat(Files.readString(project.file("Pulumi.dev.yaml"))).isNotEqualTo(stack);

        var steps = project.preview().getAsJsonArray("steps");
        var offline = PlanJson.of(new Previews(project.asOfflineProject(), engine(App.class))
                .of("dev")
                .plan());
        assertThat(steps).hasSameSizeAs(offline.getAsJsonArray("steps"));
        assertThat(steps.toString()).contains("pool-big-nodes").doesNotContain("pool-gone", "mac-");
    }

    @Test
    void whatIsWrongInAFileThatTheStackExtendsIsToldByPulumiToo() throws Exception {
        Files.writeString(
                project.file("Pulumi.base.yaml"), "config: {buildkite-fleet:fleet: {labels: {OWNER: platform}}}\n");
        project.edit("    organization: acme\n", "    organization: acme\n    extends: Pulumi.base.yaml\n");

        var preview = project.pulumi("preview");
        assertThat(preview.exitCode()).isNotZero();
        assertThat(preview.out() + preview.err())
                .contains("Pulumi.base.yaml: buildkite-fleet:fleet.labels.OWNER: its name must be lower-case letters");
    }

    private void theStackLacks(String key) throws IOException {
        var stack = Files.readString(project.file("Pulumi.dev.yaml"));
        Files.writeString(project.file("Pulumi.dev.yaml"), stack.replaceAll("(?m)^ *" + key + ": .*\n", ""));
    }

    private void moveTo(String path) throws IOException {
        var target = project.file(path);
        Files.createDirectories(target.getParent());
        Files.move(project.file("Pulumi.dev.yaml"), target);
    }

    /** The configuration as the real engine shows it. */
    private JsonObject realConfig(String... options) throws Exception {
        var command = Stream.concat(Stream.of("preview", "--json"), Stream.of(options));
        var run = project.pulumi(command.toArray(String[]::new)).succeeded();
        return JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonObject("config");
    }

    /** The configuration as the offline engine shows it. */
    private static JsonObject offlineConfig(Project project) {
        return PlanJson.of(engine(Idle.class).preview(project, project.stack("dev")))
                .getAsJsonObject("config");
    }

    private static OfflineEngine engine(Class<?> program) {
        return new OfflineEngine(ProgramLaunch.ofMainClass(program.getName()));
    }

    /** A program that takes any configuration. */
    public static final class Idle {
        private Idle() {}

        public static void main(String[] args) {
            Pulumi.run(ctx -> {});
        }
    }
}
