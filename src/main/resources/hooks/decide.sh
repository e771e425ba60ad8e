# shellcheck shell=bash disable=SC2034
# Who asked for a build, and what their word is worth. Each source of builds ends in one question: did somebody who may name this
# commit, or is it on a branch of ours? The first is answered here, from the job's variables; the second by git, in check-commit.
# Keeps to what bash 3.2 knows, which is what macOS has.

# What a job that is allowed rests on, once decide has returned:
#   named   somebody who may asked for this commit
#   branch  the commit is on a branch of the repository, or is one of its tags; git has to say so
#   merge   the commit is the test merge of a pull request from a branch of ours
BASIS=''

# Whether the job's repository is one of ours.
is_ours() {
  is_listed repository "$(normal_form "$JOB_REPO")"
}

require_ours() {
  is_ours || refuse "its repository, $(shown "$JOB_REPO"), is not one of the fleet's repositories; if that is another address of one," \
    'list it too'
}

# Prints none, own or fork: whose code a pull request, or a branch, brings.
origin_of_code() {
  if [[ "$JOB_PULL_REQUEST" == false && -z "$JOB_PULL_REQUEST_REPO" && "$JOB_BRANCH" != *:* ]]; then
    printf none
  elif [[ "$JOB_PULL_REQUEST" =~ ^[0-9]+$ && "$JOB_BRANCH" != *:* ]] &&
    is_listed repository "$(normal_form "$JOB_PULL_REQUEST_REPO" git)"; then
    printf own
  else
    printf fork
  fi
}

# Whether the fork belongs to somebody whose forks count as ours.
is_fork_of_owner() {
  local fork
  fork="$(normal_form "$JOB_PULL_REQUEST_REPO" git)"
  [[ "$JOB_PULL_REQUEST" =~ ^[0-9]+$ ]] && is_listed fork-owner "${fork%/*}"
}

# Whether somebody of an allowed team unblocked the build.
is_unblocked() {
  local team teams
  [[ "$JOB_UNBLOCKER_ID" =~ ^[0-9a-f-]{36}$ && "$JOB_UNBLOCKER_TEAMS" != *[[:space:][:cntrl:]\\]* ]] || return 1
  IFS=: read -r -a teams <<<"$JOB_UNBLOCKER_TEAMS"
  for team in ${teams[@]+"${teams[@]}"}; do
    if [[ "$team" =~ ^[a-z0-9_-]+$ ]] && is_listed team "$team"; then
      return 0
    fi
  done
  return 1
}

# Whether the job certainly has a checkout, as the agent reads it: https://pkg.go.dev/strconv#ParseBool
has_checkout() {
  [[ "$JOB_SKIP_CHECKOUT" =~ ^(|0|f|F|false|FALSE|False)$ ]]
}

is_full_hash() {
  [[ "$1" =~ ^([0-9a-f]{40}|[0-9a-f]{64})$ ]]
}

# Whether the build is of whatever a branch is at when it runs.
is_tip_of_branch() {
  [[ "$JOB_COMMIT" == HEAD && -z "$JOB_REFSPEC" && "$(origin_of_code)" == none ]]
}

# Whether a name can only be that of a branch, going by git-check-ref-format(1). A fork's commits lie below other names of the
# same repository, such as pull/1/head, which the agent would fetch by the short name.
is_branch_name() {
  local escape='\\(u[0-9a-f]{4}|U[0-9a-f]{8})' forbidden='(^[-/.]|[][:space:][:cntrl:]~^:?*\\[]|\.\.|@\{|//|/\.|\.lock(/|$)|[/.]$)' name="$1" quote='\"'
  # In the agent's file of variables, a quote has a backslash before it, and what cannot be seen is a number.
  name="${name//"$quote"/}"
  while [[ "$name" =~ $escape ]]; do
    name="${name/"${BASH_REMATCH[0]}"/x}"
  done
  [[ -n "$name" && "$name" != @ && "$name" != HEAD && ! "$name" =~ $forbidden ]] || return 1
  [[ ! "$name" =~ ^(refs|remotes)/ && ! "$name" =~ ^(pull|pulls|pull-requests|merge-requests)/[0-9]+(/|$) ]]
}

require_full_hash() {
  is_full_hash "$JOB_COMMIT" || refuse "its commit is not a full hash but \"$(shown "$JOB_COMMIT")\", and an approval holds for a" \
    "commit; build a branch of one of the fleet's repositories, or give the full hash, in lower case, of the commit that was read"
}

# For a build of a branch and not of a commit. With "person", the full hash would do instead.
require_branch_of_ours() {
  local instead=''
  [[ "${1:-}" != person ]] || instead=', or give the full hash, in lower case, of the commit that was read'
  is_ours || refuse "its repository, $(shown "$JOB_REPO"), is not one of the fleet's repositories, and its commit is not a full hash but" \
    "\"$(shown "$JOB_COMMIT")\"; list the repository$instead"
  is_branch_name "$JOB_BRANCH" || refuse "its branch, $(shown "$JOB_BRANCH"), can be something else than a branch, and its commit is not a" \
    "full hash but \"$(shown "$JOB_COMMIT")\"; give the full hash of the commit, in lower case"
  BASIS=branch
}

# Nobody named the commit: it has to be on a branch of ours.
leave_to_git() {
  if is_tip_of_branch; then
    require_branch_of_ours
  else
    require_ours
    require_full_hash
    BASIS=branch
  fi
}

# Made by somebody who is logged in at Buildkite, or by its clock: what they chose is approved, if it is known.
decide_for_person() {
  if is_tip_of_branch; then
    require_branch_of_ours person
  elif is_test_merge && { is_full_hash "$JOB_COMMIT" || [[ "$(origin_of_code)" == own ]]; }; then
    BASIS=merge
  else
    require_full_hash
    BASIS=named
  fi
}

# Handed on by a build, which may be anybody's. Of a fork's code nobody knows here whether it was approved there, and a commit
# that is named without its fork is looked up.
decide_for_trigger() {
  [[ "$JOB_TRIGGERED_FROM_BUILD_ID" =~ ^[0-9a-f-]{36}$ ]] || refuse "it does not say which build triggered it"
  if [[ "$(origin_of_code)" == fork ]]; then
    decide_for_fork
  elif is_unblocked; then
    require_full_hash
    BASIS=named
  else
    leave_to_git
  fi
}

# A push, a tag, a release, a check run: the commit is looked up, because not all of these say of which fork it is. For a pull
# request GitHub says that.
decide_for_webhook() {
  case "$(origin_of_code)" in
    fork) decide_for_fork ;;
    own)
      is_unblocked || require_ours
      if is_test_merge; then
        BASIS=merge
      else
        require_full_hash
        BASIS=named
      fi
      ;;
    none)
      if is_unblocked && is_full_hash "$JOB_COMMIT"; then
        BASIS=named
      else
        leave_to_git
      fi
      ;;
  esac
}

# Whether the build is of what a pull request would be once it is merged, which Buildkite can ask for in the place of its head:
# https://buildkite.com/docs/pipelines/source-control/github
is_test_merge() {
  [[ "$JOB_PULL_REQUEST_USING_MERGE_REFSPEC" == true && -z "$JOB_REFSPEC" ]] || return 1
  is_full_hash "$JOB_COMMIT" || { [[ "$JOB_COMMIT" == HEAD ]] && is_full_hash "$JOB_PULL_REQUEST_HEAD_COMMIT"; }
}

decide_for_fork() {
  is_unblocked || { is_fork_of_owner && is_ours; } ||
    refuse "it brings code from a fork, $(shown "${JOB_PULL_REQUEST_REPO:-$JOB_BRANCH}"), that nobody has approved; if that is another" \
      "address of one of the fleet's repositories, list it too"
  require_full_hash
  BASIS=named
}

decide() {
  require SOURCE REPO COMMIT BRANCH PULL_REQUEST
  [[ "$JOB_REFSPEC" != *:* ]] || refuse "it says where git puts what it fetches, $(shown "$JOB_REFSPEC"), which could be what git takes" \
    'for another commit; leave out what begins with the colon'
  case "$JOB_SOURCE" in
    ui | api | schedule) decide_for_person ;;
    trigger_job) decide_for_trigger ;;
    webhook) decide_for_webhook ;;
    *) refuse "its source, $(shown "$JOB_SOURCE"), is not one that the fleet knows" ;;
  esac
  decide_for_queue
}

# A queue may be for some branches or pipelines alone. Then it does not matter who asks: nothing stands for being on the branch.
decide_for_queue() {
  local branches pipelines
  pipelines="$(listed only-pipeline)"
  if [[ -n "$pipelines" ]] && ! is_listed only-pipeline "$JOB_PIPELINE_SLUG" &&
    ! is_listed only-pipeline "$JOB_PIPELINE_ID"; then
    turn_away "this queue is for the pipelines ${pipelines//$'\n'/, }, and the build is of $(shown "$JOB_PIPELINE_SLUG")" \
      '(only.pipelines of the queue: docs/safe-builds.md)'
  fi
  branches="$(listed only-branch)"
  if [[ "$BASIS" == merge ]] && { [[ -n "$branches" ]] || is_listed upload-only yes; }; then
    turn_away 'the build is of the test merge of a pull request, which is on no branch, and this queue is for what is on one; switch' \
      '"Build the test merge commit" off in the settings of the pipeline, or name another queue (docs/safe-builds.md)'
  fi
  # What is signed comes from a branch. An approval does not stand for one: what a fork wrote would be signed.
  if is_listed upload-only yes; then
    BASIS=branch
  fi
  if [[ -n "$branches" ]]; then
    is_ours || turn_away "this queue is for some branches, and $(shown "$JOB_REPO") is not one of the fleet's repositories" \
      '(only.branches of the queue: docs/safe-builds.md)'
    has_checkout || turn_away "this queue is for some branches, and the job has no checkout, by which to" \
      'tell; leave out checkout.skip (only.branches of the queue: docs/safe-builds.md)'
    BASIS=branch
  fi
}
