/** What every component is, wherever it is made. It imports Pulumi's SDK and nothing of the project. */
package io.buildkitefleet.component;
