# shellcheck shell=sh
# What Buildkite itself says of a build and of a job: pre-bootstrap reads it, and the hook of the queue that signs steps.

# Whether a variable is one of those, and tells the agent nothing to do. A pipeline that is signed may have the values of these in
# it, and of no others. https://buildkite.com/docs/pipelines/configure/environment-variables
is_fact_of_build() {
  case "$1" in
    BUILDKITE_PIPELINE_REPLACE | BUILDKITE_PIPELINE_NO_INTERPOLATION | BUILDKITE_PIPELINE_UPLOAD_*) return 1 ;;
    BUILDKITE_BUILD_PATH | BUILDKITE_BUILD_CHECKOUT_PATH) return 1 ;;
    BUILDKITE | CI) ;;
    BUILDKITE_BRANCH | BUILDKITE_COMMIT | BUILDKITE_MESSAGE | BUILDKITE_REPO | BUILDKITE_SOURCE | BUILDKITE_TAG) ;;
    BUILDKITE_BUILD_* | BUILDKITE_PIPELINE_* | BUILDKITE_PULL_REQUEST | BUILDKITE_PULL_REQUEST_*) ;;
    BUILDKITE_ORGANIZATION_* | BUILDKITE_CLUSTER_* | BUILDKITE_GITHUB_* | BUILDKITE_MERGE_QUEUE_*) ;;
    BUILDKITE_REBUILT_FROM_* | BUILDKITE_TRIGGERED_FROM_* | BUILDKITE_UNBLOCKER | BUILDKITE_UNBLOCKER_*) ;;
    BUILDKITE_JOB_ID | BUILDKITE_LABEL | BUILDKITE_STEP_* | BUILDKITE_GROUP_* | BUILDKITE_RETRY_*) ;;
    BUILDKITE_PARALLEL_JOB | BUILDKITE_PARALLEL_JOB_COUNT | BUILDKITE_TIMEOUT) ;;
    *) return 1 ;;
  esac
}
