package io.buildkitefleet.config.value;

/** Whether a step may bring a pod spec, by the kubernetes plugin. */
public enum PodSpecs {
    /** The controller refuses the plugin. */
    PROHIBITED,
    /** The admission policy of the queue bounds what it may ask for. */
    ALLOWED
}
