/**
 * The offline engine: runs the unmodified Pulumi program against a recorder that speaks the engine's own protocol, and
 * keeps what it registers as a {@code Plan}.
 *
 * <p>It knows no fleet, and imports {@link io.buildkitefleet.pulumi}, {@link io.buildkitefleet.sdk}, gson, gRPC,
 * protobuf and Pulumi's SDK with its generated {@code pulumirpc} stubs.
 */
package io.buildkitefleet.preview;
