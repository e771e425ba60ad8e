package io.buildkitefleet.drain;

import io.buildkitefleet.buildkite.ApiAccess;
import io.buildkitefleet.buildkite.BuildkiteException;
import io.buildkitefleet.buildkite.RetryPolicy;
import io.buildkitefleet.operate.OperateException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A drain in a process of its own, which signals can reach: as the command line runs it, but in a hurry. Arguments: the
 * project, with a stand-in of Pulumi; what to do, {@code up}, {@code resume} or {@code resume-not-agreed}; the limit;
 * what to do then.
 */
public final class DrainProgram {
    private DrainProgram() {}

    public static void main(String[] args) {
        System.exit(run(Path.of(args[0]), args[1], Duration.parse(args[2]), DrainPlan.AtLimit.valueOf(args[3])));
    }

    private static int run(Path project, String verb, Duration limit, DrainPlan.AtLimit atLimit) {
        var pulumi = project.resolve("pulumi").toString();
        var retries = new RetryPolicy(
                Duration.ofSeconds(20), Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(1));
        var plan = new DrainPlan(
                DrainOwner.inCloud(
                        "buildkite-fleet/dev",
                        "bk-dev",
                        Optional.ofNullable(System.getenv("GOOGLE_PROJECT")).orElse("acme-ci-dev")),
                "acme",
                List.of(),
                List.of(pulumi, "preview"),
                List.of(pulumi, "up"),
                "./fleet up dev --resume",
                Optional.of("bk-dev-deployer@acme-ci-dev.iam.gserviceaccount.com"),
                OwnJob.of(name -> Optional.ofNullable(System.getenv(name))),
                atLimit,
                new DrainTiming(
                        limit,
                        Duration.ofMillis(100),
                        Duration.ofMillis(50),
                        retries,
                        retries.withLimit(Duration.ofSeconds(2))));
        var drain = new Drain(
                plan,
                new PauseFile(project, "dev"),
                ApiAccess.of(name -> Optional.ofNullable(System.getenv(name))),
                new DrainLog(System.err, false));
        try {
            return switch (verb) {
                case "resume" -> drain.resume(() -> true);
                case "resume-not-agreed" -> drain.resume(() -> false);
                default -> drain.up(() -> true);
            };
        } catch (OperateException | BuildkiteException problem) {
            System.err.println(problem.getMessage());
            return 1;
        } catch (InterruptedException ended) {
            return 130;
        }
    }
}
