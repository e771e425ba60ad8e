# shellcheck shell=bash
# Finds the JDK that builds and runs the project. It starts no process when the JDK is the one of the last time.

OLDEST_JDK=17
# From 25 on, the start loop of Pulumi's Java SDK can hang on machines with two cores (pulumi-java #2270).
NEWEST_JDK=24
JDK_ADVICE="install a JDK from $OLDEST_JDK to $NEWEST_JDK and set JAVA_HOME to its directory"

# Sets JDK to the directory, JDK_VERSION and JDK_MAJOR to its version, and JDK_RELEASE to all that it says of itself.
find_jdk() {
  find_java
  find_jdk_of_java
  judge_jdk
}

find_java() {
  if [[ -n "${JAVA_HOME:-}" ]]; then
    JAVA="$JAVA_HOME/bin/java"
    JAVA_SOURCE='from JAVA_HOME'
    [[ -x "$JAVA" ]] || die "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it; $JDK_ADVICE"
  else
    JAVA="$(type -P java)" || die "no java: JAVA_HOME is not set and PATH has none; $JDK_ADVICE"
    JAVA_SOURCE='first on PATH'
  fi
}

find_jdk_of_java() {
  local remembered="$STATE/jdk"
  JDK=''
  JDK_VERSION=''
  if [[ -n "${JAVA_HOME:-}" ]]; then
    JDK="$JAVA_HOME"
  elif [[ -r "$remembered" ]]; then
    IFS= read -r JDK <"$remembered" || JDK=''
    [[ "$JAVA" -ef "$JDK/bin/java" ]] || JDK=''
  fi
  if [[ -z "$JDK" ]] || ! read_release; then
    ask_java
    remember_jdk
  fi
}

# A launcher that cannot write asks each time.
remember_jdk() {
  if [[ -d "$STATE" ]]; then
    replace_file "$STATE/jdk" "$JDK" 2>/dev/null || true
  fi
}

# Every JDK since 9 describes itself in the file release.
read_release() {
  local line
  JDK_RELEASE=''
  [[ -r "$JDK/release" ]] || return 1
  while IFS= read -r line; do
    JDK_RELEASE+="$line "
    case "$line" in
      JAVA_VERSION=*)
        JDK_VERSION="${line#*=}"
        JDK_VERSION="${JDK_VERSION//\"/}"
        ;;
    esac
  done <"$JDK/release"
  [[ -n "$JDK_VERSION" ]]
}

# The java on PATH may be a stub or a version switcher: only itself knows where its JDK is.
ask_java() {
  local answer line
  answer="$("$JAVA" -XshowSettings:properties -version 2>&1)" ||
    die "$JAVA ($JAVA_SOURCE) does not run: ${answer%%$'\n'*}" "$JDK_ADVICE"
  while IFS= read -r line; do
    case "$line" in
      *' java.home = '*) JDK="${line#*= }" ;;
      *' java.version = '*) JDK_VERSION="${line#*= }" ;;
    esac
  done <<<"$answer"
  read_release || JDK_RELEASE="$JDK_VERSION"
}

judge_jdk() {
  JDK_MAJOR="${JDK_VERSION#1.}"
  JDK_MAJOR="${JDK_MAJOR%%[!0-9]*}"
  JDK_MAJOR="${JDK_MAJOR:-0}"
  if ((JDK_MAJOR < OLDEST_JDK || JDK_MAJOR > NEWEST_JDK)); then
    die "Java ${JDK_VERSION:-of an unknown version} at $JDK ($JAVA_SOURCE) cannot be used; $JDK_ADVICE"
  fi
  [[ -x "$JDK/bin/javac" ]] ||
    die "Java $JDK_VERSION at $JDK ($JAVA_SOURCE) has no compiler, it is a JRE; $JDK_ADVICE"
}
