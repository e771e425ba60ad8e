/** Tests of what fills a registry mirror. */
package io.buildkitefleet.registry;
