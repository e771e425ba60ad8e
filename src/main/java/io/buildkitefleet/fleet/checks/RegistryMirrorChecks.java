package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.RegistryMirror;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.images.ImageReference;
import java.util.HashMap;

/**
 * Keeps the mirror out of the fleet's own registry: jobs push there, and would replace what runs beside every other
 * job, and what has no tag or is old is deleted there. In the mirror, a name means one image.
 */
final class RegistryMirrorChecks implements Check {
    private final Fleet fleet;
    private final Problems problems;

    RegistryMirrorChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.problems = problems;
    }

    @Override
    public void run() {
        place();
        if (fleet.config().registryMirror().isPresent()
                && !problems.at("registryMirror").isInDoubt()) {
            copies();
        }
    }

    /** A registry with a port is named with a hyphen there, as another one may be called. */
    private void copies() {
        var images = fleet.names().images();
        var places = new HashMap<ImageReference, String>();
        var named = fleet.namedImages();
        named.keySet().stream()
                .filter(key ->
                        images.isCopied(named.get(key)) && !problems.at(key).isInDoubt())
                .forEach(key -> {
                    var source = ImageReference.of(named.get(key));
                    var earlier = places.putIfAbsent(images.copy(source), key);
                    if (earlier != null
                            && source.digest().isEmpty()
                            && !ImageReference.of(named.get(earlier)).equals(source)) {
                        problems.at(key)
                                .add("would be " + images.copy(source) + " at the mirror, as would " + earlier + " ("
                                        + named.get(earlier) + "), got \"" + named.get(key)
                                        + "\"; name one of them by its digest");
                    }
                });
    }

    private void place() {
        if (problems.at("name").isInDoubt() || problems.at("region").isInDoubt()) {
            return;
        }
        var own = fleet.names().imageRegistry();
        fleet.config()
                .registryMirror()
                .map(RegistryMirror::address)
                .filter(address -> (address + "/").startsWith(own + "/"))
                .ifPresent(address -> problems.at("registryMirror")
                        .add("is in the fleet's own registry, got \"" + address
                                + "\": jobs push there, and could replace what the fleet runs; use a repository that no job"
                                + " writes to"));
    }
}
