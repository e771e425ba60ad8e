# shellcheck shell=bash
# Starts the JVMs. Each function here replaces the launcher by a JVM, so that signals and the exit code are the JVM's.

PROGRAM_CLASS=io.buildkitefleet.App
COMMAND_CLASS=io.buildkitefleet.cli.FleetCommand
PACKAGES_CLASS=com.pulumi.bootstrap.internal.Main

# Short runs: the first compiler and the simplest collector start fastest. A preview of 70 resources lives in 64 MB.
# What the JVM says of itself goes to stderr, and why it cannot use an archive is not said at all.
JVM_FLAGS=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -Xlog:disable '-Xlog:all=warning,cds*=off:stderr')

# Sets CLASS_PATH.
read_class_path() {
  read_libraries
  CLASS_PATH="${LIBRARIES:+$LIBRARIES:}$JAR"
}

# In the user's working directory. The program that it starts runs in the project's directory: its archive is named
# relative to that, because spaces separate its flags.
run_command_line() {
  local flags=("${JVM_FLAGS[@]}") program_flags="${JVM_FLAGS[*]}"
  if has_archive; then
    flags+=("-XX:SharedArchiveFile=$ARCHIVE")
    program_flags+=" -XX:SharedArchiveFile=${ARCHIVE#"$PROJECT/"}"
  fi
  exec "$JDK/bin/java" "${flags[@]}" "-Dfleet.project.dir=$PROJECT" "-Dfleet.program.jvmFlags=$program_flags" \
    -cp "$CLASS_PATH" "$COMMAND_CLASS" "$@"
}

run_program() {
  local flags=("${JVM_FLAGS[@]}")
  if has_archive; then
    flags+=("-XX:SharedArchiveFile=$ARCHIVE")
  fi
  exec "$JDK/bin/java" "${flags[@]}" -cp "$CLASS_PATH" "$PROGRAM_CLASS"
}

list_packages() {
  "$JDK/bin/java" "${JVM_FLAGS[@]}" -cp "$CLASS_PATH" "$PACKAGES_CLASS" packages
}
