/**
 * What scanners of others say of the forms that a plan is written in for them. Needs the tools that
 * {@code tools/install kube-score checkov} gets.
 */
package io.buildkitefleet.scanners;
