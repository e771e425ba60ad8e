/**
 * How a program runs on Pulumi's SDK. This is the one package that uses what the SDK calls internal, and what may
 * change with each version of it. It imports Pulumi's SDK with its generated {@code pulumirpc} stubs, guava, gRPC and
 * protobuf; nothing of the project.
 */
package io.buildkitefleet.sdk;
