/** What tests share: fixtures, goldens and ways to read a plan. */
package io.buildkitefleet.testing;
