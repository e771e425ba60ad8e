package io.buildkitefleet.testing;

import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.preview.InlineProgram;
import io.buildkitefleet.preview.OfflineEngine;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.stack.FleetStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The previews that plan tests look at: the project's own stacks and one that uses every key. Each runs the real
 * program once for the whole test run.
 */
public record PreviewedStacks(Map<String, StackPreview> byStack) {
    /** Runs the fleet's program, in this JVM as the command line does. */
    public static final OfflineEngine ENGINE = new OfflineEngine(new InlineProgram(FleetStack::define));

    public StackPreview dev() {
        return byStack.get("dev");
    }

    public StackPreview prod() {
        return byStack.get("prod");
    }

    public StackPreview local() {
        return byStack.get("local");
    }

    public StackPreview full() {
        return byStack.get("full");
    }

    /** Those in Google Cloud. */
    public Stream<StackPreview> all() {
        return Stream.of(dev(), prod(), full());
    }

    /** The preview of a stack that is in no file yet, by the project with another stack in an empty directory. */
    public static StackPreview of(Stacks stack, Path directory) {
        try {
            Files.copy(Path.of("Pulumi.yaml"), directory.resolve("Pulumi.yaml"));
            Files.writeString(directory.resolve("Pulumi." + stack.stack() + ".yaml"), stack.yaml());
        } catch (IOException reason) {
            throw new UncheckedIOException(reason);
        }
        return new Previews(Project.read(directory), ENGINE).of(stack.stack());
    }

    /** Hands the previews to a test that asks for them. */
    public static final class Extension implements ParameterResolver {
        private static final Path FULL = Path.of("src", "test", "resources", "stacks", "Pulumi.full.yaml");

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == PreviewedStacks.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(PreviewedStacks.class))
                    .getOrComputeIfAbsent(PreviewedStacks.class, unused -> run(), PreviewedStacks.class);
        }

        private static PreviewedStacks run() {
            var own = new Previews(Project.read(Path.of("")), ENGINE);
            return new PreviewedStacks(Map.of(
                    "dev", own.of("dev"),
                    "prod", own.of("prod"),
                    "local", own.of("local"),
                    "full", new Previews(withFullStack(), ENGINE).of("full")));
        }

        private static Project withFullStack() {
            try {
                var directory = Files.createTempDirectory("fleet-full");
                Files.copy(Path.of("Pulumi.yaml"), directory.resolve("Pulumi.yaml"));
                Files.copy(FULL, directory.resolve("Pulumi.full.yaml"));
                return Project.read(directory);
            } catch (IOException reason) {
                throw new UncheckedIOException(reason);
            }
        }
    }
}
