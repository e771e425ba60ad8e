# shellcheck shell=bash
# Pulumi runs the launcher, and the launcher runs Pulumi.

HANDOVER=''
PACKAGES="$STATE/packages.json"

# Pulumi's Java language host calls the launcher as if it were mvn. Three of its calls are answered without Maven: so a
# pulumi up never runs old code, and does not wait for two runs of Maven. The calls are those of executor_maven.go in
# pulumi-java 1.16.0. Any other goes to Maven as it is.
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
    'compile exec:java ')
      build_if_stale
      set_java
      exec "${JAVA[@]}" io.buildkitefleet.App
      ;;
    'compile exec:java -DmainClass=com.pulumi.bootstrap.internal.Main -DmainArgs=packages ') print_packages ;;
    *) exec mvn "$@" ;;
  esac
}

# Which plugins the program needs is asked once per build.
print_packages() {
  local packages
  build_if_stale
  if [[ ! -r "$PACKAGES" || "$STATE/built" -nt "$PACKAGES" ]]; then
    set_java
    packages="$("${JAVA[@]}" io.buildkitefleet.PluginPackages)" || exit 1
    replace_file "$PACKAGES" "$packages"
  fi
  cat "$PACKAGES"
}

# Whether the arguments of the command line name a command that ends in one of Pulumi's. An up that drains does not: the
# JVM resumes what it has paused after Pulumi has ended.
ends_in_pulumi() {
  while (($# > 0)); do
    case "$1" in
      -C | --cwd) shift ;;
      -*) ;;
      destroy) return 0 ;;
      up)
        ! drains "$@"
        return
        ;;
      preview)
        has_flag --engine "$@"
        return
        ;;
      *) return 1 ;;
    esac
    shift || return 1
  done
  return 1
}

drains() {
  has_flag --drain "$@" || has_flag --resume "$@"
}

# Whether a flag is among arguments, as the command line reads it: it may have a value behind an equals sign.
has_flag() {
  local flag="$1" argument
  shift
  for argument in "$@"; do
    case "$argument" in
      "$flag" | "$flag"=[Tt][Rr][Uu][Ee]) return 0 ;;
    esac
  done
  return 1
}

# A JVM checks first and chooses the command, but it cannot become another program. Pulumi as a child of it would not
# lead its process group, and a Pulumi before 3.207 sends the Ctrl-C that it reads from the terminal to the group that
# has its own process id. So the JVM leaves the command in a file, each word of which ends with a NUL; without one, all
# has been said.
become_pulumi() {
  local word command=()
  HANDOVER="$(mktemp "${TMPDIR:-/tmp}/fleet.XXXXXX")"
  "${JAVA[@]}" "-Dfleet.handover.file=$HANDOVER" "$COMMAND_CLASS" "$@" || exit $?
  while IFS= read -r -d '' word; do
    command+=("$word")
  done <"$HANDOVER"
  rm -f "$HANDOVER"
  HANDOVER=''
  ((${#command[@]} > 0)) || exit 0
  shopt -s execfail
  exec "${command[@]}" || die "${command[0]} can't be started"
}
