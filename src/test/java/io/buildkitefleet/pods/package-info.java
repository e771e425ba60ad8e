/**
 * The pods that the controller agent-stack-k8s makes of a queue's values and a step, and what Kubernetes makes of them.
 * It imports the plan of a stack, and what tests share.
 */
package io.buildkitefleet.pods;
