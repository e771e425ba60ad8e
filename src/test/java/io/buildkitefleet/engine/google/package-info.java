/**
 * What Google and its provider make of a resource beyond what was asked, and what of it is a change later on: the table
 * {@code providers/google-answers.yaml} and the rules of Google's provider. A part of the
 * {@linkplain io.buildkitefleet.engine.provider stand-in} for that provider. Imports protobuf, snakeyaml and
 * {@link io.buildkitefleet.testing}.
 */
package io.buildkitefleet.engine.google;
