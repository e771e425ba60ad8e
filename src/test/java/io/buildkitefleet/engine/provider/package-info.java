/**
 * Stand-ins for Pulumi's gcp and kubernetes providers, which need an account: the real engine asks them as it would ask
 * the real ones, and what it creates is kept in memory. Imports gRPC, protobuf, Pulumi's SDK with its generated
 * {@code pulumirpc} stubs, and {@link io.buildkitefleet.pulumi.PropertyValues}.
 */
package io.buildkitefleet.engine.provider;
