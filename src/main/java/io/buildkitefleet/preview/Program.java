package io.buildkitefleet.preview;

/** What the offline engine runs: the program in this JVM, or in a process of its own. */
public sealed interface Program permits InlineProgram, ProgramLaunch {}
