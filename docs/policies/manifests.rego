package main

# A container of a queue's job with an image that comes from Docker Hub by its short name.
deny contains message if {
	input.kind == "Job"
	pod := input.spec.template.spec
	some container in array.concat(pod.containers, object.get(pod, "initContainers", []))
	not contains(container.image, "/")
	message := sprintf("%s: container %s has the image %s", [input.metadata.namespace, container.name, container.image])
}
