# shellcheck shell=bash
# Starts the JVMs. What runs last replaces the launcher, so that signals and the exit code are its own.

PROGRAM_CLASS=io.buildkitefleet.App
COMMAND_CLASS=io.buildkitefleet.cli.FleetCommand
PACKAGES_CLASS=io.buildkitefleet.PluginPackages
BENCHMARK_CLASS=io.buildkitefleet.bench.BenchCommand

# Short runs: the first compiler and the simplest collector start fastest, and a large nursery is seldom collected.
# On two cores Java's shared pool has one worker, and then it starts a thread for each of the SDK's tasks; three don't.
# From 22 on, only this console is absent when nobody sits before it.
# A secret that is typed is UTF-8 in every locale; JDK 19 has renamed the flag.
# What the JVM says of itself goes to stderr, and why it cannot use an archive is not said at all.
JVM_FLAGS=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmn160m -Xmx512m -XX:-UsePerfData
  -Djava.util.concurrent.ForkJoinPool.common.parallelism=3
  -Djdk.console=java.base
  -Dsun.stdout.encoding=UTF-8 -Dstdout.encoding=UTF-8
  -Xlog:disable '-Xlog:all=warning,cds*=off:stderr')

# From 24 on, the JVM warns of what netty does, before any output of ours.
FLAGS_SINCE_24=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

# Sets FLAGS, without an archive.
set_jvm_flags() {
  FLAGS=("${JVM_FLAGS[@]}")
  if ((JDK_MAJOR >= 24)); then
    FLAGS+=("${FLAGS_SINCE_24[@]}")
  fi
}

# Sets CLASS_PATH.
read_class_path() {
  read_libraries
  CLASS_PATH="${LIBRARIES:+$LIBRARIES:}$JAR"
}

# Prints the arguments as one, with a tab between them: what the command line takes as the flags of the program's JVM.
join_flags() {
  local IFS=$'\t'
  printf '%s' "$*"
}

# In the user's working directory.
run_command_line() {
  local java
  if has_archive; then
    FLAGS+=("-XX:SharedArchiveFile=$ARCHIVE")
  fi
  java=("$JDK/bin/java" "${FLAGS[@]}" "-Dfleet.project.dir=$PROJECT"
    "-Dfleet.program.jvmFlags=$(join_flags "${FLAGS[@]}")" -cp "$CLASS_PATH")
  if ends_in_pulumi "$@"; then
    make_handover
    "${java[@]}" "-Dfleet.handover.file=$HANDOVER" "$COMMAND_CLASS" "$@" || exit $?
    become_handover
  fi
  exec "${java[@]}" "$COMMAND_CLASS" "$@"
}

run_program() {
  if has_archive; then
    FLAGS+=("-XX:SharedArchiveFile=$ARCHIVE")
  fi
  exec "$JDK/bin/java" "${FLAGS[@]}" -cp "$CLASS_PATH" "$PROGRAM_CLASS"
}

list_packages() {
  "$JDK/bin/java" "${FLAGS[@]}" -cp "$CLASS_PATH" "$PACKAGES_CLASS"
}

# The benchmark is among the test classes: the jar has only what a user needs.
run_benchmark() {
  exec "$JDK/bin/java" "${FLAGS[@]}" "-Dfleet.project.dir=$PROJECT" -cp "$TARGET/test-classes:$CLASS_PATH" \
    "$BENCHMARK_CLASS" "$@"
}
