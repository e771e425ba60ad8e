package io.buildkitefleet.diff;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * A resource as a plan wants it.
 *
 * @param inputs with each secret masked
 * @param ignoreChanges paths of inputs whose changes Pulumi ignores
 * @param replaceOnChanges paths of inputs whose changes replace it whatever the provider says
 * @param aliases other URNs by which it may be known
 * @param provider URN of the provider that makes it; empty for a provider, and where the plan does not say
 * @param sources URNs of what each input comes from, by input
 */
record ResourceState(
        String urn,
        String type,
        JsonObject inputs,
        boolean protect,
        boolean retainOnDelete,
        List<String> ignoreChanges,
        List<String> replaceOnChanges,
        List<String> aliases,
        String provider,
        Map<String, List<String>> sources) {
    String name() {
        return urn.substring(urn.lastIndexOf("::") + 2);
    }
}
