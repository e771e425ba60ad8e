/**
 * A real Kubernetes API server, and what it says of the objects of whole stacks and of the pods that their controllers
 * make; and a whole cluster but for its machines. Needs the tools that {@code tools/install kube-apiserver
 * kube-controllers kwok etcd} builds.
 */
package io.buildkitefleet.apiserver;
