package io.buildkitefleet.preview;

import com.pulumi.Context;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The program in this JVM.
 *
 * @param definition what its main hands to {@code Pulumi.run}; it is given the environment that a process of its own
 *     would have, and must not read the one of this process
 */
public record InlineProgram(BiConsumer<Context, Map<String, String>> definition) implements Program {}
