package io.buildkitefleet.sdk;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.pulumi.Config;
import com.pulumi.Context;
import com.pulumi.context.internal.ConfigContextInternal;
import com.pulumi.context.internal.ContextInternal;
import com.pulumi.context.internal.LoggingContextInternal;
import com.pulumi.context.internal.OutputContextInternal;
import com.pulumi.core.internal.OutputFactory;
import com.pulumi.deployment.internal.DeploymentImpl;
import com.pulumi.deployment.internal.DeploymentImpl.DeploymentState;
import com.pulumi.deployment.internal.DeploymentInstanceHolder;
import com.pulumi.deployment.internal.DeploymentInstanceInternal;
import com.pulumi.internal.PulumiInternal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import pulumirpc.EngineGrpc.EngineImplBase;
import pulumirpc.ResourceMonitorGrpc.ResourceMonitorImplBase;

/**
 * {@code Pulumi.run} with two differences: the engine may be in the same JVM, and the wait for the program's tasks is
 * {@link TaskQueue}'s.
 *
 * <p>Whoever raises the SDK compares this with {@code PulumiInternal} and {@code DeploymentImpl} of the new one.
 *
 * @see <a
 *     href="https://github.com/pulumi/pulumi-java/tree/main/sdk/java/pulumi/src/main/java/com/pulumi/deployment/internal">the
 *     SDK's sources</a>
 */
public final class SdkProgram {
    /** The version of the SDK that this was compared with. */
    static final String COMPARED_WITH = "1.36.1";

    private SdkProgram() {}

    /**
     * What the engine tells a program of the stack.
     *
     * @param config values by their full keys
     * @param secretKeys those of the keys whose values are secret
     */
    public record Settings(
            String organization,
            String project,
            String stack,
            Path rootDirectory,
            Map<String, String> config,
            Set<String> secretKeys) {}

    /**
     * Runs a program that Pulumi has started.
     *
     * @return completes with the exit code for Pulumi
     * @throws IllegalArgumentException if it was not Pulumi that started it
     */
    public static CompletableFuture<Integer> underPulumi(Consumer<Context> program) {
        return run(DeploymentState.fromEnvironment(), program);
    }

    /**
     * Previews in this JVM. The SDK calls the services where it would send them messages, and they answer before the
     * call returns.
     *
     * @return completes with the exit code that a process would end with
     */
    public static CompletableFuture<Integer> preview(
            Settings settings, ResourceMonitorImplBase monitor, EngineImplBase engine, Consumer<Context> program) {
        var config = new DeploymentImpl.Config(
                ImmutableMap.copyOf(settings.config()), ImmutableSet.copyOf(settings.secretKeys()));
        var state = new DeploymentState(
                config,
                silentLogger(),
                settings.organization(),
                settings.project(),
                settings.stack(),
                settings.rootDirectory().toString(),
                true,
                new CalledEngine(engine),
                new CalledMonitor(monitor));
        return run(state, program);
    }

    private static CompletableFuture<Integer> run(DeploymentState state, Consumer<Context> program) {
        state.runner = new TaskQueue(state.runner);
        var deployment = new DeploymentImpl(state);
        var context = new ContextInternal(
                state.organizationName,
                state.projectName,
                state.stackName,
                new LoggingContextInternal(deployment.getLog()),
                new ConfigContextInternal(state.projectName, namespace -> new Config(state.config, namespace)),
                new OutputContextInternal(new OutputFactory(state.runner)),
                List.of());
        // The SDK hands it on to the threads on which the program runs.
        DeploymentInstanceHolder.setInstance(new DeploymentInstanceInternal(deployment));
        try {
            return new PulumiInternal(state.runner, context).runAsync(program);
        } finally {
            DeploymentInstanceHolder.setInstance(null);
        }
    }

    /** What the SDK tells the engine, it also writes to standard error. */
    private static Logger silentLogger() {
        var logger = Logger.getAnonymousLogger();
        logger.setLevel(Level.OFF);
        return logger;
    }
}
