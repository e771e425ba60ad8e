# shellcheck shell=bash
# Starts the JVMs.

# Short runs: the first compiler and the simplest collector start fastest.
JVM_FLAGS=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC)

# Becomes the command line, in the user's working directory.
run_command_line() {
  exec "$JDK/bin/java" "${JVM_FLAGS[@]}" "-Dfleet.project.dir=$PROJECT" \
    "-Dfleet.program.jvmFlags=${JVM_FLAGS[*]}" -cp "$JAR" io.buildkitefleet.cli.FleetCommand "$@"
}

on_exit() {
  stop_maven
  remove_pipe
  clear_status
  unlock
}

on_signal() {
  on_exit
  trap - EXIT "$1"
  kill "-$1" "$$"
}
