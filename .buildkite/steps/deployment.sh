#!/usr/bin/env bash
# What planning and deploying a stack have in common; the scripts beside it read it.
set -Eeuo pipefail

LOGIN=''

fail() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 1
}

# A build's branch is what whoever starts it says; git is asked which commit is on it. The queue asks as well, before there is a checkout.
require_commit_of_main() {
  [[ "${BUILDKITE_BRANCH:-}" == main && "${BUILDKITE_PULL_REQUEST:-false}" == false ]] ||
    fail "this build is of ${BUILDKITE_BRANCH:-no branch}; stacks are deployed from builds of main"
  git fetch --quiet origin '+refs/heads/main:refs/remotes/origin/main'
  git merge-base --is-ancestor HEAD refs/remotes/origin/main ||
    fail "commit $(git rev-parse HEAD) is not on main; rebuild main, or merge it first"
}

# Pulumi would ask, or make a state of its own on this machine.
require_state() {
  [[ -n "${PULUMI_BACKEND_URL:-}" || -n "${PULUMI_ACCESS_TOKEN:-}" ]] ||
    fail "there is no PULUMI_BACKEND_URL and no PULUMI_ACCESS_TOKEN, so nobody knows where the state is; docs/deployer.md says how a step gets it"
}

log_out() {
  [[ -z "$LOGIN" ]] || rm -rf "$LOGIN"
}

# Acts as the stack's deployer by tokens of this job. The file says whom they are for and which account they open; it holds no
# secret: `pulumi stack output deployers`.
log_in() {
  local identity=".buildkite/deployers/$1"
  [[ -f "$identity" ]] ||
    fail "$identity is missing; write it from the stack's outputs, as docs/deployer.md says"
  LOGIN="$(mktemp -d)"
  trap log_out EXIT
  cp src/main/resources/hooks-outside/google-{credentials,token} "$LOGIN/"
  cp "$identity" "$LOGIN/google-identity"
  chmod 700 "$LOGIN"/google-{credentials,token}
  GOOGLE_APPLICATION_CREDENTIALS="$(TMPDIR="$LOGIN" "$LOGIN/google-credentials")/credentials.json"
  export GOOGLE_APPLICATION_CREDENTIALS GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES=1
}

plan_of() {
  printf 'plan-%s.json' "$1"
}

# Goes to the project, and prepares a step for a stack.
prepare() {
  (($# == 1)) || fail "name one stack, got: $*"
  cd "$(dirname "${BASH_SOURCE[0]}")/../.."
  require_commit_of_main
  require_state
  log_in "$1"
}
