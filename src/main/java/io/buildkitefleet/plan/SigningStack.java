package io.buildkitefleet.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.buildkitefleet.config.ExtendedFleet;
import io.buildkitefleet.config.SigningConfig;
import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.signing.JsonWebKey;
import java.util.Optional;

/** A stack that is to have one more key. */
public record SigningStack(Stack stack) {
    private static final String SIGNING = "signing";
    private static final String PUBLIC_KEYS = "publicKeys";

    /** What the stack says of signing, right or wrong. */
    public Optional<SigningConfig> config() {
        return Previews.configOf(stack).signing();
    }

    /**
     * Refuses what would be wrong with the key too; a stack that has no key yet may lack the rest as well.
     *
     * @throws ConfigException with all that is wrong, if something is with how the stack signs
     */
    public void require(JsonWebKey key) {
        if (Previews.configOf(stack).local().isPresent()) {
            throw new ProjectException(stack.fileName()
                    + ": a local fleet has no nodes for the queue that signs steps alone, so it takes no key");
        }
        var problems = FleetResolver.problems(Previews.sourceOf(withFirst(key)));
        if (problems.at().isRefused() || problems.at(SIGNING).isInDoubt()) {
            problems.throwIfAny();
        }
    }

    private Stack withFirst(JsonWebKey key) {
        var source = new StackSource(stack);
        var fleet = ExtendedFleet.read(source, new Problems(source));
        if (!(fleet.get(SIGNING) instanceof JsonObject signing) || hasKeys(signing)) {
            return stack;
        }
        var keys = new JsonArray();
        keys.add(key.members());
        signing.add(PUBLIC_KEYS, keys);
        return stack.withValue(ConfigSource.FLEET, fleet.toString());
    }

    private static boolean hasKeys(JsonObject signing) {
        var keys = signing.get(PUBLIC_KEYS);
        return keys != null
                && !keys.isJsonNull()
                && !(keys.isJsonArray() && keys.getAsJsonArray().isEmpty());
    }
}
