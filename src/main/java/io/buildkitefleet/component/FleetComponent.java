package io.buildkitefleet.component;

import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;

/** A part of the fleet, as Pulumi shows it: what it is made of are its children. */
public abstract class FleetComponent extends ComponentResource {
    /**
     * Registers the component.
     *
     * @param type its token, written out in each component: one derived from the class would change with its name, and
     *     Pulumi would replace what a fleet runs on
     * @param name unique among the components of its type
     */
    protected FleetComponent(String type, String name, ComponentResourceOptions options) {
        super(type, name, options);
    }

    /** Options of a resource that is a child of this component. */
    protected final CustomResourceOptions.Builder child() {
        return CustomResourceOptions.builder().parent(this);
    }

    /** Options of a component within this one, new each time: Pulumi's SDK writes into them. */
    protected final ComponentResourceOptions component() {
        return ComponentResourceOptions.builder().parent(this).build();
    }
}
