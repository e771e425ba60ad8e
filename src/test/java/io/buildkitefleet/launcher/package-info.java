/** The launcher itself, run in a project of its own with stand-ins for Java and Maven; it imports what tests share. */
package io.buildkitefleet.launcher;
