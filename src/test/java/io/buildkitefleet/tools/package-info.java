/** The script that builds the pinned tools, run in a project of its own with a stand-in for Go; it imports nothing. */
package io.buildkitefleet.tools;
