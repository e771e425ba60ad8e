# shellcheck shell=bash
# What planning and deploying a stack have in common; the scripts beside it read it.
set -Eeuo pipefail

LOGIN=''
CREDENTIALS=''

# What says that a step has begun anew. Arguments are the pipeline's, and variables are anybody's who may start builds.
readonly CLEANED=--without-the-variables-of-the-job

# The variables of a job that a step goes by, and that its programs get. What is secret comes from the queue.
readonly KEPT=(
  PATH HOME LANG LC_ALL JAVA_HOME HTTPS_PROXY https_proxy NO_PROXY no_proxy
  BUILDKITE CI BUILDKITE_BRANCH BUILDKITE_PULL_REQUEST BUILDKITE_BUILD_NUMBER BUILDKITE_BUILD_URL BUILDKITE_HOOKS_PATH
  # By these the agent's commands and ./fleet know the job.
  BUILDKITE_AGENT_ACCESS_TOKEN BUILDKITE_AGENT_ENDPOINT BUILDKITE_AGENT_JOB_API_SOCKET BUILDKITE_AGENT_JOB_API_TOKEN
  BUILDKITE_AGENT_META_DATA_QUEUE BUILDKITE_AGENT_NAME BUILDKITE_BUILD_ID BUILDKITE_CLUSTER_ID BUILDKITE_JOB_ID BUILDKITE_NO_HTTP2
  BUILDKITE_ORGANIZATION_SLUG BUILDKITE_PIPELINE_SLUG
  # By these they know where artifacts are.
  BUILDKITE_ARTIFACT_UPLOAD_DESTINATION BUILDKITE_GCS_ACCESS_HOST
  BUILDKITE_API_TOKEN PULUMI_ACCESS_TOKEN PULUMI_CONFIG_PASSPHRASE PULUMI_CONFIG_PASSPHRASE_FILE
)

say() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
}

fail() {
  say "$1"
  exit 1
}

is_kept() {
  [[ " ${KEPT[*]} " == *" $1 "* ]]
}

# Begins the step anew, without what Java, Pulumi, git or a shell could be told by whoever starts the build. What acted before this
# line, such as BASH_ENV in the shell that began the step, only the hooks of the queue keep out (pre-bootstrap).
begin_anew() {
  local name kept=() left=''
  while IFS= read -r name; do
    if is_kept "$name"; then
      kept+=("$name=${!name}")
      continue
    fi
    case "$name" in
      # The agent and the shell set these.
      BUILDKITE_* | TERM | PWD | OLDPWD | SHLVL | _) ;;
      *) left+=" $name" ;;
    esac
  done < <(compgen -e)
  [[ -z "$left" ]] || say "goes without these variables of the job:$left"
  exec /usr/bin/env -i "${kept[@]}" /bin/bash -p "$0" "$CLEANED" "$@"
}

# Runs main without the variables of the job.
run_main() {
  [[ "${1:-}" == "$CLEANED" ]] || begin_anew "$@"
  shift
  require_absolute_path
  main "$@"
}

# A program is none that lies where the step happens to be.
require_absolute_path() {
  [[ ":$PATH:" != *:[!/]* && ":$PATH:" != *::* ]] ||
    fail "PATH has directories that are not named from the root: $PATH"
}

# A build's branch is what whoever starts it says, so git says which commit is on it. A queue for that branch alone has asked its
# server before the checkout; a step has no key for that. Else what the checkout knows of the branch has to do.
require_commit_of_branch() {
  local branch="$1"
  [[ "${BUILDKITE_BRANCH:-}" == "$branch" && "${BUILDKITE_PULL_REQUEST:-false}" == false ]] ||
    fail "this build is of ${BUILDKITE_BRANCH:-no branch}; stacks are deployed from builds of $branch"
  ! is_queue_for "$branch" || return 0
  git rev-parse --verify --quiet "refs/remotes/origin/$branch^{commit}" >/dev/null ||
    fail "nobody has asked git whether this commit is on $branch: the queue is not for $branch alone (only: {branches: [$branch]}), and the checkout does not know $branch"
  git merge-base --is-ancestor HEAD "refs/remotes/origin/$branch" ||
    fail "commit $(git rev-parse HEAD) is not on $branch; rebuild $branch, or merge it first"
}

is_queue_for() {
  [[ "$(sed -n 's/^only-branch //p' "${BUILDKITE_HOOKS_PATH:-}/safe-builds" 2>/dev/null)" == "$1" ]]
}

# The name of a stack without organization and project: its files, and the keys of its steps, have that.
name_of() {
  printf '%s' "${1##*/}"
}

# Google's condition on tokens names the branch as well, so a file of another branch opens nothing.
branch_of() {
  local branch
  branch="$(deployer "$1" branch)"
  printf '%s' "${branch:-main}"
}

log_out() {
  [[ -z "$LOGIN" ]] || rm -rf "$LOGIN"
}

# What stands behind a word in the stack's file of who deploys it, which is in git: no build says it.
deployer() {
  sed -n "s/^$2 //p" ".buildkite/deployers/$(name_of "$1")" 2>/dev/null || true
}

# Trusts who signs in a network that reads TLS: the file of certificates that git names, and none that a build does.
trust_certificates() {
  local file
  file="$(deployer "$1" certificates)"
  [[ -n "$file" ]] || return 0
  [[ "$file" == /* && -r "$file" ]] ||
    fail ".buildkite/deployers/$(name_of "$1") names certificates that cannot be read: $file; name a file of the image, from the root"
  export SSL_CERT_FILE="$file" CURL_CA_BUNDLE="$file" GIT_SSL_CAINFO="$file"
}

# Becomes able to act as the stack's deployer by tokens of this job. The file says whom they are for, which account they open, and
# where the state is; it holds no secret.
log_in() {
  local identity
  identity=".buildkite/deployers/$(name_of "$1")"
  [[ -f "$identity" ]] ||
    fail "$identity is missing; write it from the stack's outputs, as docs/deployer.md says"
  [[ "$(deployer "$1" audience)" == //iam.googleapis.com/* && "$(deployer "$1" service-account)" == *@* ]] ||
    fail "$identity does not say who deploys $1; write it again from the stack's outputs, as docs/deployer.md says"
  # Pulumi would ask, or make a state of its own on this machine.
  PULUMI_BACKEND_URL="$(deployer "$1" state)"
  [[ -n "$PULUMI_BACKEND_URL" || -n "${PULUMI_ACCESS_TOKEN:-}" ]] ||
    fail "nobody knows where the state is: $identity has no line \"state URL\", and there is no PULUMI_ACCESS_TOKEN; docs/deployer.md says more"
  [[ -z "$PULUMI_BACKEND_URL" ]] || export PULUMI_BACKEND_URL
  LOGIN="$(mktemp -d)"
  trap log_out EXIT
  cp src/main/resources/hooks-outside/google-{credentials,token} "$LOGIN/"
  cp "$identity" "$LOGIN/google-identity"
  chmod 700 "$LOGIN"/google-{credentials,token}
  CREDENTIALS="$(TMPDIR="$LOGIN" "$LOGIN/google-credentials")/credentials.json"
}

# Runs a command as the deployer. Artifacts are the queue's own matter.
as_deployer() {
  GOOGLE_APPLICATION_CREDENTIALS="$CREDENTIALS" GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES=1 "$@"
}

plan_of() {
  printf 'plan-%s.json' "$(name_of "$1")"
}

# The file that says which state a plan was made from.
basis_of() {
  printf 'plan-%s.state' "$(name_of "$1")"
}

# Prints what tells the state of a stack from each other state of it.
state_of() {
  local state
  state="$(as_deployer pulumi stack export --stack "$1" --non-interactive)" || fail "the state of $1 cannot be read"
  sha256sum <<<"$state" | cut -d' ' -f1
}

# Pulumi keeps with each update the commit that it was of. Going back is a commit of main, too: git revert.
require_nothing_newer() {
  local deployed
  deployed="$(as_deployer pulumi stack history --stack "$1" --json --page-size 1 --non-interactive |
    sed -n 's/^ *"git\.head": "\([0-9a-f]*\)".*/\1/p')"
  if [[ -n "$deployed" && "$deployed" != "$(git rev-parse HEAD)" ]] &&
    git cat-file -e "$deployed^{commit}" 2>/dev/null && git merge-base --is-ancestor HEAD "$deployed"; then
    fail "this build is of $(git rev-parse HEAD), and $deployed, which is newer, was deployed since; build $BUILDKITE_BRANCH anew. To go back on purpose, revert on $BUILDKITE_BRANCH"
  fi
}

# Goes to the project, and prepares a step for a stack.
prepare() {
  (($# == 1)) || fail "name one stack, got: $*"
  cd "$(dirname "${BASH_SOURCE[0]}")/../.."
  require_commit_of_branch "$(branch_of "$1")"
  log_in "$1"
  trust_certificates "$1"
  require_nothing_newer "$1"
}
