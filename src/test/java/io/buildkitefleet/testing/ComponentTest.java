package io.buildkitefleet.testing;

import com.pulumi.Context;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;

/** Runs a component alone, against a provider that gives back what it is given. */
public abstract class ComponentTest {
    private final Mocks provider = Mockito.mock(Mocks.class);

    @AfterEach
    void cleanUp() {
        PulumiTest.cleanup();
    }

    /** Registers what the program makes, and fails if the program does. */
    protected final void run(Consumer<Context> program) {
        Mockito.when(provider.newResourceAsync(Mockito.any()))
                .thenAnswer(call -> CompletableFuture.completedFuture(
                        Mocks.ResourceResult.of(Optional.of("id"), call.<Mocks.ResourceArgs>getArgument(0).inputs)));
        PulumiTest.withMocks(provider)
                .withOptions(TestOptions.builder().preview(false).build())
                .runTest(program::accept)
                .throwOnError();
    }

    /** The inputs of the one resource of this type. */
    protected final Map<String, Object> inputsOf(String type) {
        var resources = ArgumentCaptor.forClass(Mocks.ResourceArgs.class);
        Mockito.verify(provider, Mockito.atLeastOnce()).newResourceAsync(resources.capture());
        return resources.getAllValues().stream()
                .filter(resource -> resource.type.equals(type))
                .reduce((one, other) -> {
                    throw new AssertionError("more than one " + type);
                })
                .orElseThrow()
                .inputs;
    }
}
