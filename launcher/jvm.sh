# shellcheck shell=bash
# Finds the JDK, and says how a JVM is started.

OLDEST_JDK=17
NEWEST_JDK=25
JDK_ADVICE="install a JDK from $OLDEST_JDK to $NEWEST_JDK and set JAVA_HOME to its directory"

COMMAND_CLASS=io.buildkitefleet.cli.FleetCommand

# Short runs: the first compiler and the simplest collector start fastest, and a large nursery is seldom collected.
# On two cores Java's shared pool has one worker: it then starts a thread for each of the SDK's tasks, and from Java 25
# on the SDK's start can hang (pulumi-java #2270). Three workers help.
# From 22 on, only this console is absent when nobody sits before it.
# A secret that is typed is UTF-8 in every locale; JDK 19 has renamed the flag.
# What the JVM says of itself goes to stderr, and why it cannot use an archive is not said at all.
FLAGS=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmn160m -Xmx512m -XX:-UsePerfData
  -Djava.util.concurrent.ForkJoinPool.common.parallelism=3
  -Djdk.console=java.base
  -Dsun.stdout.encoding=UTF-8 -Dstdout.encoding=UTF-8
  -Xlog:disable '-Xlog:all=warning,cds*=off:stderr')

# Sets JDK to the directory and JDK_VERSION to its version. Every JDK says that in its file release, so no JVM starts
# for it; but the java on PATH may be a stub or a version switcher, and only itself knows where its JDK is.
find_jdk() {
  local java source='from JAVA_HOME' answer major reason=''
  if [[ -n "${JAVA_HOME:-}" ]]; then
    java="$JAVA_HOME/bin/java"
    [[ -x "$java" ]] || die "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it; $JDK_ADVICE"
  else
    java="$(type -P java)" || die "no java: JAVA_HOME is not set and PATH has none; $JDK_ADVICE"
    source='first on PATH'
  fi
  JDK="$(readlink -f "$java")"
  JDK="${JDK%/bin/java}"
  if [[ ! -r "$JDK/release" ]]; then
    answer="$("$java" -XshowSettings:properties -version 2>&1)" ||
      die "$java ($source) does not run: ${answer%%$'\n'*}" "$JDK_ADVICE"
    JDK="$(sed -n 's/^ *java\.home = //p' <<<"$answer")"
  fi
  JDK_VERSION="$(sed -n 's/^JAVA_VERSION="\(.*\)".*/\1/p' "$JDK/release")"
  major="${JDK_VERSION#1.}"
  major="${major%%[!0-9]*}"
  ((${major:-0} >= OLDEST_JDK)) || reason="is too old: the program is compiled for Java $OLDEST_JDK"
  ((${major:-0} <= NEWEST_JDK)) || reason="is too new: it is tried with none after $NEWEST_JDK"
  [[ -x "$JDK/bin/javac" ]] || reason='has no compiler: it is a JRE'
  [[ -z "$reason" ]] || die "Java $JDK_VERSION at $JDK ($source) $reason; $JDK_ADVICE"
  # From 24 on, the JVM warns of what protobuf does, before any output of ours.
  ((major < 24)) || FLAGS+=(--sun-misc-unsafe-memory-access=allow)
}

# Sets JAVA to the command that starts a JVM with the program's classes: the jar's manifest names its libraries.
set_java() {
  local IFS=$'\t'
  [[ ! -f "$ARCHIVE" ]] || ! archive_is_current || FLAGS+=("-XX:SharedArchiveFile=$ARCHIVE")
  local terminal=false
  [[ ! -t 2 || "${TERM:-dumb}" == dumb ]] || terminal=true
  JAVA=("$JDK/bin/java" "${FLAGS[@]}" "-Dfleet.project.dir=$PROJECT" "-Dfleet.terminal=$terminal"
    "-Dfleet.program.jvmFlags=${FLAGS[*]}" -cp "$JAR")
}

# Java ends a path at a colon wherever it looks for classes, and knows no way to write one.
refuse_colon() {
  [[ "$PROJECT" != *:* ]] || die "the project is in $PROJECT, and Java takes the colon for the end of a path" \
    'move it to a directory that has none in its path'
}

# Java knows names of files, and its arguments, in the locale's charset alone, where a letter that is not in it is lost;
# on macOS it takes UTF-8 always. A locale that is set may not be installed, so what counts is whether two bytes are one
# letter; and where one is not, Java gives up all of them, so this one is for all.
use_utf8() {
  local letter=$'\xc3\xbc'
  if [[ "$OSTYPE" != darwin* ]] && ((${#letter} > 1)); then
    # Where there is no such locale either, bash would say so.
    { export LC_ALL=C.UTF-8; } 2>/dev/null
  fi
}

# In the user's working directory. The JVM replaces the launcher, so that signals and the exit code are its own.
run_command_line() {
  build_if_stale
  set_java
  ! ends_in_pulumi "$@" || become_pulumi "$@"
  # The SDK reads these in a preview's JVM; a program that Pulumi starts keeps them.
  drains "$@" || unset PULUMI_EXCESSIVE_DEBUG_OUTPUT PULUMI_DISABLE_RESOURCE_REFERENCES
  exec "${JAVA[@]}" "$COMMAND_CLASS" "$@"
}
