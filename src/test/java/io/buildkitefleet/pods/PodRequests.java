package io.buildkitefleet.pods;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.config.value.Cpu;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.testing.Json;
import java.util.List;

/**
 * What the scheduler takes a pod to ask for: all containers and sidecars together, or an init container with the
 * sidecars that were started before it, whichever is more.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers">
 *     Kubernetes</a>
 */
final class PodRequests {
    private PodRequests() {}

    /** @param defaults what a container gets that asks for nothing */
    static Resources of(JsonObject podSpec, Resources defaults) {
        var sidecars = Resources.NONE;
        var starting = Resources.NONE;
        for (var container : containers(podSpec, "initContainers")) {
            var requests = requests(container, defaults);
            if (Json.text(container, "restartPolicy").equals("Always")) {
                sidecars = sidecars.plus(requests);
                starting = larger(starting, sidecars);
            } else {
                starting = larger(starting, sidecars.plus(requests));
            }
        }
        var running = containers(podSpec, "containers").stream()
                .map(container -> requests(container, defaults))
                .reduce(sidecars, Resources::plus);
        return larger(running, starting);
    }

    private static Resources requests(JsonObject container, Resources defaults) {
        var requests = Json.object(Json.object(container.deepCopy(), "resources"), "requests");
        return new Resources(
                Cpu.parse(Json.text(requests, "cpu")).orElse(defaults.cpu()),
                Memory.parse(Json.text(requests, "memory")).orElse(defaults.memory()));
    }

    private static Resources larger(Resources one, Resources other) {
        return new Resources(
                one.cpu().compareTo(other.cpu()) > 0 ? one.cpu() : other.cpu(),
                one.memory().compareTo(other.memory()) > 0 ? one.memory() : other.memory());
    }

    private static List<JsonObject> containers(JsonObject podSpec, String list) {
        return Json.list(podSpec, list).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }
}
