package io.buildkitefleet.rules.made;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** What of a resource's inputs a form of plan says otherwise, and means the same. */
interface InputForm {
    /** A plan of ours says each input as the program makes it. */
    InputForm OWN = new InputForm() {
        @Override
        public JsonObject read(JsonObject planned) {
            return planned;
        }

        @Override
        public boolean isSame(String path, JsonElement planned, JsonElement made) {
            return false;
        }

        @Override
        public boolean isAdded(String path, String name, JsonObject planned) {
            return false;
        }
    };

    /** The inputs of a planned resource, with what is only written in another place. */
    JsonObject read(JsonObject planned);

    /** Whether two values that differ mean the same; null stands for what is not there. */
    boolean isSame(String path, JsonElement planned, JsonElement made);

    /**
     * Whether a provider adds an input by itself.
     *
     * @param path of the object around it, empty for the inputs themselves
     * @param planned the object around it
     */
    boolean isAdded(String path, String name, JsonObject planned);
}
