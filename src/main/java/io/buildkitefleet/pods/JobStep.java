package io.buildkitefleet.pods;

import com.google.gson.JsonObject;

/** What of a pipeline's step decides on its job's pod. */
public interface JobStep {
    /** A step that says nothing but its command, as most do. */
    JobStep PLAIN = new JobStep() {
        @Override
        public String command() {
            return "make";
        }

        @Override
        public String image() {
            return "";
        }

        @Override
        public JsonObject plugin() {
            return new JsonObject();
        }
    };

    String command();

    /** What the step's own {@code image} says; empty for none. */
    String image();

    /** A copy of the configuration of the kubernetes plugin; empty for a step without it. */
    JsonObject plugin();
}
