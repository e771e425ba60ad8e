package main

# A pool that may have more nodes than somebody agreed to.
deny contains message if {
	some resource in input.resource_changes
	resource.type == "google_container_node_pool"
	some scaling in resource.change.after.autoscaling
	scaling.total_max_node_count > 20
	message := sprintf("%s may have %d nodes, more than 20", [resource.address, scaling.total_max_node_count])
}
