package io.buildkitefleet.plan;

import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.QueueSummary;
import io.buildkitefleet.fleet.Quota;
import io.buildkitefleet.fleet.access.AccountRole;
import io.buildkitefleet.fleet.access.AccountRoles;
import io.buildkitefleet.fleet.identity.FederatedTokens;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a plan says of its fleet, beside the resources: enough to tell queues apart without the configuration.
 *
 * @param quotas what it needs of Compute Engine's quotas
 * @param sharedIdentities those that pods of other stacks have, too
 * @param secretReaders who reads each of its secrets in Secret Manager, as IAM members, by the secret's name there;
 *     empty if the plan does not say
 * @param accountRoles those that its own accounts have on what is no secret; empty if the plan does not say
 * @param hooks the SHA-256 of each file of hooks, in hexadecimal, by the queue and the file; empty if the plan does not
 *     say
 * @param admission the SHA-256 of each admission policy and its binding, by their name in the cluster; empty if the
 *     plan does not say
 * @param tokens the condition on tokens from outside Google Cloud, by the id of the pool of identities and that of the
 *     provider; empty if the plan does not say
 * @param images what the fleet itself runs; empty if the plan does not say
 * @param debuggers who may open a shell in a queue's jobs, as IAM members, by the queue; none for others
 */
public record FleetSummary(
        List<PlannedQueue> queues,
        List<Quota> quotas,
        List<SharedIdentity> sharedIdentities,
        Map<String, List<String>> secretReaders,
        List<AccountRole> accountRoles,
        Map<String, Map<String, String>> hooks,
        Map<String, Map<String, String>> admission,
        Map<String, Map<String, String>> tokens,
        List<String> images,
        Map<String, List<String>> debuggers) {
    public FleetSummary {
        queues = List.copyOf(queues);
        quotas = List.copyOf(quotas);
        sharedIdentities = List.copyOf(sharedIdentities);
        secretReaders = Map.copyOf(secretReaders);
        accountRoles = List.copyOf(accountRoles);
        hooks = Map.copyOf(hooks);
        admission = Map.copyOf(admission);
        tokens = Map.copyOf(tokens);
        images = List.copyOf(images);
        debuggers = Map.copyOf(debuggers);
    }

    static FleetSummary of(StackPreview preview) {
        return of(preview.fleet(), preview.sharedIdentities());
    }

    static FleetSummary of(Fleet fleet, List<SharedIdentity> sharedIdentities) {
        return new FleetSummary(
                fleet.queues().stream()
                        .map(queue -> PlannedQueue.of(QueueSummary.of(queue).asMap()))
                        .toList(),
                fleet.quotas(),
                sharedIdentities,
                fleet.secretReaders(),
                AccountRoles.of(fleet),
                HookDigests.of(fleet),
                PolicyDigests.of(fleet),
                tokens(fleet),
                List.copyOf(fleet.ownImages()),
                debuggers(fleet));
    }

    static Map<String, Map<String, String>> tokens(Fleet fleet) {
        var conditions = new TreeMap<String, Map<String, String>>();
        fleet.mac().ifPresent(mac -> put(conditions, fleet.names().identityPool(), mac.tokens()));
        fleet.deployers()
                .forEach(deployer -> deployer.tokens().forEach(tokens -> put(conditions, deployer.pool(), tokens)));
        return conditions;
    }

    private static void put(Map<String, Map<String, String>> conditions, String pool, FederatedTokens tokens) {
        conditions.computeIfAbsent(pool, unused -> new TreeMap<>()).put(tokens.provider(), tokens.condition());
    }

    static Map<String, List<String>> debuggers(Fleet fleet) {
        return fleet.queues().stream()
                .filter(queue -> !queue.config().debuggers().isEmpty())
                .collect(Collectors.toMap(
                        Queue::name, queue -> queue.config().debuggers(), (one, other) -> one, TreeMap::new));
    }
}
