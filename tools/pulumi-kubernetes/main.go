// Pulumi's plugin for Kubernetes. Its own command has the schema in it, which is generated and not in the module; an
// empty one is enough for preview, up, refresh and destroy.
package main

import (
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

func main() {
	provider.Serve("kubernetes", version.Version, []byte("{}"), []byte("{}"))
}
