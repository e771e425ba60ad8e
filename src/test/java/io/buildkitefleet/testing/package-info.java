/** What tests share: stacks, goldens, and ways to read a plan. */
package io.buildkitefleet.testing;
