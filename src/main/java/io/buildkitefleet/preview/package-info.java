/**
 * The offline engine: runs the unmodified Pulumi program against a recorder that speaks the engine's own protocol, and
 * keeps what it registers as a {@link io.buildkitefleet.preview.Plan}.
 *
 * <p>May import gson, snakeyaml, commons-text, gRPC, protobuf and Pulumi's SDK with its generated {@code pulumirpc}
 * stubs; nothing else of {@code io.buildkitefleet}.
 */
package io.buildkitefleet.preview;
