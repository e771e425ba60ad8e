package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.fleet.JobPod;

/** The pod of a queue's job, and how many of them a node of the queue's pool holds. */
record JobSize(JobPod pod, int jobsPerNode) {}
