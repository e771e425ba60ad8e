# shellcheck shell=bash
# Starts the JVMs. Each function here replaces the launcher by a JVM, so that signals and the exit code are the JVM's.

PROGRAM_CLASS=io.buildkitefleet.App
COMMAND_CLASS=io.buildkitefleet.cli.FleetCommand
PACKAGES_CLASS=com.pulumi.bootstrap.internal.Main

# Short runs: the first compiler and the simplest collector start fastest. A preview of 70 resources lives in 64 MB.
# What the JVM says of itself goes to stderr, and why it cannot use an archive is not said at all.
JVM_FLAGS=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -Xlog:disable '-Xlog:all=warning,cds*=off:stderr')

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

# In the user's working directory. The program that it starts runs in the project's directory: its archive is named
# relative to that, because spaces separate its flags.
run_command_line() {
  local program_flags="${FLAGS[*]}"
  if has_archive; then
    FLAGS+=("-XX:SharedArchiveFile=$ARCHIVE")
    program_flags+=" -XX:SharedArchiveFile=${ARCHIVE#"$PROJECT/"}"
  fi
  exec "$JDK/bin/java" "${FLAGS[@]}" "-Dfleet.project.dir=$PROJECT" "-Dfleet.program.jvmFlags=$program_flags" \
    -cp "$CLASS_PATH" "$COMMAND_CLASS" "$@"
}

run_program() {
  if has_archive; then
    FLAGS+=("-XX:SharedArchiveFile=$ARCHIVE")
  fi
  exec "$JDK/bin/java" "${FLAGS[@]}" -cp "$CLASS_PATH" "$PROGRAM_CLASS"
}

list_packages() {
  "$JDK/bin/java" "${FLAGS[@]}" -cp "$CLASS_PATH" "$PACKAGES_CLASS" packages
}
