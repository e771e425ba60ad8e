/**
 * What looks like a secret that somebody wrote down in clear: by the name that it has, by the form that its maker gave
 * it, or inside another text. It imports gson, {@link io.buildkitefleet.pulumi} and {@link io.buildkitefleet.text};
 * which values of a plan it is shown is not its business.
 */
package io.buildkitefleet.rules.secrets;
