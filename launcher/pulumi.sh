# shellcheck shell=bash
# Pulumi's Java language host calls the launcher as if it were mvn, because Pulumi.yaml names it as the executor. Two of
# its calls are answered without Maven: so a pulumi up never runs old code, and does not wait for two runs of Maven.
# The calls are those of executor_maven.go in pulumi-java 1.16.0. Any other goes to Maven as it is.

PACKAGES="$STATE/packages.json"

# What the language host has Maven run to learn which plugins the program needs.
BOOTSTRAP_CLASS=com.pulumi.bootstrap.internal.Main

# No command of the command line looks like the start of a call to Maven.
is_maven_call() {
  case "${1:-}" in
    -D* | -B | --batch-mode | -ntp | --no-transfer-progress | compile | *:*) return 0 ;;
    *) return 1 ;;
  esac
}

run_as_maven() {
  local argument wanted=''
  for argument in "$@"; do
    case "$argument" in
      -Dorg.slf4j.simpleLogger.* | --no-transfer-progress) ;;
      *) wanted+="$argument " ;;
    esac
  done
  case "$wanted" in
    'compile ') build_if_stale ;;
    'compile exec:java ') run_current_program ;;
    "compile exec:java -DmainClass=$BOOTSTRAP_CLASS -DmainArgs=packages ") print_packages ;;
    *)
      find_maven
      exec "$MAVEN" "$@"
      ;;
  esac
}

run_current_program() {
  build_if_stale
  make_archive_aside
  run_program
}

# Which plugins the program needs is asked once per build.
print_packages() {
  local packages
  build_if_stale
  if [[ ! -r "$PACKAGES" || "$STATE/built" -nt "$PACKAGES" ]]; then
    packages="$(list_packages)" || exit 1
    replace_file "$PACKAGES" "$packages"
  fi
  cat "$PACKAGES"
}
