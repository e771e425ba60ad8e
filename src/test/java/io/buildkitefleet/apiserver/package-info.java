/**
 * A real Kubernetes API server, and what it says of the objects of whole stacks and of the pods that their controllers
 * make. Needs the tools that {@code tools/install kube-apiserver etcd} builds.
 */
package io.buildkitefleet.apiserver;
