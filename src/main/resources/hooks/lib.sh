# shellcheck shell=bash
# What pre-bootstrap knows of the policy and of the job, and how it refuses. Keeps to what bash 3.2 knows, which is what
# macOS has.

# The job's variables that are read, without BUILDKITE_. Each becomes JOB_<name>, empty if it is not there.
JOB_VARIABLES=(SOURCE REPO COMMIT BRANCH PULL_REQUEST PULL_REQUEST_REPO PULL_REQUEST_USING_MERGE_REFSPEC
  PULL_REQUEST_HEAD_COMMIT REFSPEC UNBLOCKER_ID UNBLOCKER_TEAMS TRIGGERED_FROM_BUILD_ID PIPELINE_SLUG PIPELINE_ID
  SKIP_CHECKOUT COMMAND PLUGINS ARTIFACT_PATHS)
# The names of all of them.
JOB_NAMES=()

POLICY_LINES=()
FORBIDDEN_VARIABLES=()
ALLOWED_VARIABLES=()
# Of an agent of version 3, as require_known_agent has found out.
AGENT_MINOR=''
# How long a job that is refused waits for its annotation.
ANNOTATE_SECONDS=30
# A line of the policy begins with one of these words.
POLICY_FORM='^(repository|fork-owner|team|untrusted-queue|upload-only|only-branch|only-pipeline|keeps-directories|deploying-pipeline|deploying-repository) [^ ]+$'
# What a variable may be called.
NAME_FORM='^[^"\[:space:][:cntrl:]]+$'

# Says why the job does not run and what to do instead, and ends.
refuse() {
  turn_away "$* $(way_out)"
}

# A newer agent lends its access to the job's annotations; an older one shows the reason in its own log alone.
turn_away() {
  local reason="refused: $*"
  printf 'fleet: %s\n' "$reason"
  if [[ -n "${BUILDKITE_AGENT_ACCESS_TOKEN:-}" && -n "${BUILDKITE_JOB_ID:-}" ]]; then
    printf 'This job was %s\n' "$reason" |
      sh "$HOOKS/with-timeout" "$ANNOTATE_SECONDS" buildkite-agent annotate --style error --context fleet-safe-builds \
        >/dev/null 2>&1 || true
  fi
  exit 1
}

way_out() {
  local line queues=''
  for line in ${POLICY_LINES[@]+"${POLICY_LINES[@]}"}; do
    if [[ "$line" == 'untrusted-queue '* ]]; then
      queues+="${queues:+, }${line#* }"
    fi
  done
  printf '(to run it on a trusted queue, somebody has to approve it: docs/safe-builds.md'
  if [[ -n "$queues" ]]; then
    printf '; a pipeline of its own, in the Buildkite cluster of queue %s, needs no approval: docs/untrusted.md' "$queues"
  fi
  printf ')'
}

# What a stranger wrote, safe to print: no password, no colours, no markup, not long.
shown() {
  local text="$1" quote='\"' single="'"
  text="${text//"$quote"/$single}"
  if [[ "$text" == *://*@* ]]; then
    text="${text%%://*}://...@${text##*@}"
  fi
  text="${text//[^A-Za-z0-9_.:\/@+|=,;\$()\' -]/?}"
  printf '%s' "${text:0:100}"
}

# From version 4 on, hooks of the repository run before post-checkout, which removes the checkout's keys. Where no version is
# found out, nothing is known against the agent.
require_known_agent() {
  local version
  version="$(buildkite-agent --version 2>/dev/null)" || return 0
  [[ "$version" =~ version\ ([0-9]+)\.(([0-9]+)\.)? ]] || return 0
  if ((BASH_REMATCH[1] > 3)); then
    turn_away "its agent is of version ${BASH_REMATCH[1]}, under which a repository's hooks get the checkout's key; give the queue, or the mac," \
      'an agent of version 3 (docs/safe-builds.md)'
  fi
  if [[ "${BASH_REMATCH[1]}" == 3 ]]; then
    AGENT_MINOR="${BASH_REMATCH[3]:-}"
  fi
}

# Whether the agent is certainly of version 3.MINOR or later.
has_agent_from() {
  [[ -n "$AGENT_MINOR" ]] && ((AGENT_MINOR >= $1))
}

read_policy() {
  local line
  [[ -r "$1" ]] || refuse 'its agent has no policy of safe builds'
  while IFS= read -r line || [[ -n "$line" ]]; do
    [[ -n "$line" ]] || continue
    [[ "$line" =~ $POLICY_FORM ]] || refuse 'the policy of safe builds of its agent cannot be read'
    POLICY_LINES+=("$line")
  done <"$1"
}

# Whether the policy has the line "word value".
is_listed() {
  local line
  [[ -n "$2" ]] || return 1
  for line in ${POLICY_LINES[@]+"${POLICY_LINES[@]}"}; do
    if [[ "$line" == "$1 $2" ]]; then
      return 0
    fi
  done
  return 1
}

# Prints what the policy says below a word, a line each.
listed() {
  local line
  for line in ${POLICY_LINES[@]+"${POLICY_LINES[@]}"}; do
    [[ "$line" != "$1 "* ]] || printf '%s\n' "${line#* }"
  done
}

# Reads a file of lines NAME="value", in which the agent escapes what is not printable, quotes and backslashes; but
# not in names, so that a name may hold lines of its own. A name that cannot be one, and a variable that stands there
# twice, are somebody's attempt. Agents from 4.0 on begin with lines of a NAME alone, which say nothing of the job.
read_job() {
  local line name value found=' '
  for name in "${JOB_VARIABLES[@]}"; do
    # Of an empty format bash 3.2 makes no variable at all.
    printf -v "JOB_$name" '%s' ''
  done
  read_forbidden
  [[ -n "${BUILDKITE_ENV_FILE:-}" && -r "$BUILDKITE_ENV_FILE" ]] || refuse 'its variables cannot be read'
  while IFS= read -r line || [[ -n "$line" ]]; do
    if [[ -n "${BUILDKITE_ENV_JSON_FILE:-}" && "$line" =~ ^BUILDKITE_[A-Z_]+$ ]]; then
      continue
    fi
    name="${line%%=*}"
    value="${line#*=}"
    if [[ ! "$name" =~ $NAME_FORM || "$value" != \"*\" || ${#value} -lt 2 ]]; then
      refuse "it has a variable that cannot be read, $(shown "$name")"
    fi
    refuse_forbidden "$name"
    # Agents from 3.136 on write it into every job, empty where there is no mirror:
    # https://github.com/buildkite/agent/blob/v3.136.2/agent/job_runner.go
    [[ "$name=$value" != 'BUILDKITE_GIT_REMOTE_MIRROR_URL=""' ]] || continue
    JOB_NAMES+=("$name")
    is_read "$name" || continue
    [[ "$found" != *" $name "* ]] || refuse "its variable $name stands there twice"
    found+="$name "
    value="${value#\"}"
    printf -v "JOB_${name#BUILDKITE_}" '%s' "${value%\"}"
  done <"$BUILDKITE_ENV_FILE"
  confirm "$found"
}

# The names that no step may set, in which * stands for any text, as patterns, and those among them that it may.
read_forbidden() {
  local line
  [[ -r "$HOOKS/forbidden-variables.txt" ]] || turn_away 'its agent has no list of the variables that no step may set'
  while IFS= read -r line || [[ -n "$line" ]]; do
    case "$line" in
      '#'*) ;;
      '!'*) ALLOWED_VARIABLES+=("${line#!}") ;;
      *) FORBIDDEN_VARIABLES+=("$line") ;;
    esac
  done <"$HOOKS/forbidden-variables.txt"
  # What a job before has left could be a program of git's name, or a library of its.
  ! is_listed keeps-directories yes || FORBIDDEN_VARIABLES+=(PATH 'LD_*' 'DYLD_*' 'PERL5*' GCONV_PATH 'OPENSSL_*')
  # A pod's checkout has these empty, or of the fleet's. Outside of the cluster, the job's own would be the checkout's.
  if [[ -e "$HOOKS/google-identity" ]]; then
    FORBIDDEN_VARIABLES+=('SSH_*' '*_PROXY' '*_proxy' 'SSL_CERT_*' 'CURL_*')
  else
    ALLOWED_VARIABLES+=(GIT_SSH_COMMAND)
  fi
}

# Refuses a job that sets what would act in its pod before any hook.
refuse_forbidden() {
  if ! is_called "$1" ${ALLOWED_VARIABLES[@]+"${ALLOWED_VARIABLES[@]}"} && is_called "$1" "${FORBIDDEN_VARIABLES[@]}"; then
    turn_away "it sets $(shown "$1"), which would act on the checkout, where the fleet's key is; let its command set it" \
      '(docs/safe-builds.md)'
  fi
}

# Whether a name is like one of the patterns.
is_called() {
  local name="$1" pattern
  shift
  for pattern in "$@"; do
    # shellcheck disable=SC2053 # * stands for any text
    if [[ "$name" == $pattern ]]; then
      return 0
    fi
  done
  return 1
}

is_read() {
  local name
  for name in "${JOB_VARIABLES[@]}"; do
    if [[ "$1" == "BUILDKITE_$name" ]]; then
      return 0
    fi
  done
  return 1
}

# Holds the variables against the same in JSON, which newer agents write too: there a quote in a name or in a value
# has a backslash, so that ,"NAME":" can be nothing but the beginning of a variable.
confirm() {
  local json name
  [[ -n "${BUILDKITE_ENV_JSON_FILE:-}" ]] || return 0
  [[ -r "$BUILDKITE_ENV_JSON_FILE" ]] || refuse 'its variables cannot be read'
  json="$(<"$BUILDKITE_ENV_JSON_FILE")"
  for name in $1; do
    if [[ "$json" != '{"'"$name"'":"'* && "$json" != *',"'"$name"'":"'* ]]; then
      refuse "its variable $name is not one that Buildkite sent"
    fi
  done
}

# Refuses a job that lacks one of these variables.
require() {
  local name variable
  for name in "$@"; do
    variable="JOB_$name"
    [[ -n "${!variable}" ]] || refuse "its variable BUILDKITE_$name is missing or empty"
  done
}

# Prints host/path of a repository, or nothing if the address is not plainly that of one: other accounts, passwords,
# addresses below a home directory, and whatever a server may understand in another way than we do. Upper and lower
# case differ, as they do for some servers. With "git" as second argument, also of an address that names a repository
# but is never fetched from.
normal_form() {
  local host='[a-z0-9]([a-z0-9.-]*[a-z0-9])?' port='(:[0-9]{1,5})?' segment='[A-Za-z0-9_][A-Za-z0-9_.-]*'
  local path="$segment(/$segment)+" scheme='(https://|ssh://git@)'
  local scp="^git@($host):($path)\$" url
  if [[ "${2:-}" == git ]]; then
    scheme='(https://|ssh://git@|git://)'
  fi
  url="^$scheme($host$port)/($path)\$"
  if [[ "$1" =~ $scp ]]; then
    printf '%s/%s' "${BASH_REMATCH[1]}" "${BASH_REMATCH[3]%.git}"
  elif [[ "$1" =~ $url ]]; then
    printf '%s/%s' "${BASH_REMATCH[2]}" "${BASH_REMATCH[5]%.git}"
  fi
}
