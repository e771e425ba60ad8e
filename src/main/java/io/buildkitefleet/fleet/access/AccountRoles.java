package io.buildkitefleet.fleet.access;

import io.buildkitefleet.config.TargetCluster;
import io.buildkitefleet.config.value.ArtifactRepository;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.RegistryMirror;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.identity.Deployer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which roles the accounts of a fleet have, but for those on secrets, which {@link Fleet#secretReaders} says, and on
 * accounts themselves.
 */
public final class AccountRoles {
    private static final String READ_IMAGES = "roles/artifactregistry.reader";

    private static final String READ_OBJECTS = "roles/storage.objectViewer";

    private static final String ADD_OBJECTS = "roles/storage.objectCreator";

    private static final String REPLACE_OBJECTS = "roles/storage.objectUser";

    private final Fleet fleet;
    private final List<AccountRole> roles = new ArrayList<>();

    private AccountRoles(Fleet fleet) {
        this.fleet = fleet;
    }

    public static List<AccountRole> of(Fleet fleet) {
        if (fleet.isLocal()) {
            return List.of();
        }
        var all = new AccountRoles(fleet);
        all.nodes();
        fleet.trustedQueues().forEach(all::queue);
        fleet.mac().ifPresent(mac -> all.artifacts(mac.account()));
        fleet.caches().ifPresent(caches -> caches.servers().forEach(all::cache));
        fleet.deployers().forEach(all::deployer);
        return List.copyOf(all.roles);
    }

    private void nodes() {
        var names = fleet.names();
        nodes(names.nodeAccount(), fleet.trustedPools());
        add(names.nodeAccount(), ownImages(), READ_IMAGES);
        if (!fleet.untrustedPools().isEmpty()) {
            nodes(names.untrustedNodeAccount(), fleet.untrustedPools());
        }
    }

    private void nodes(String account, List<Pool> pools) {
        var project = AccountRole.project(fleet.config().project());
        add(account, project, "roles/container.defaultNodeServiceAccount");
        if (pools.stream().anyMatch(Pool::imageStreaming)) {
            add(account, project, "roles/serviceusage.serviceUsageConsumer");
        }
        mirror().ifPresent(mirror ->
                add(account, AccountRole.repository(mirror.project(), mirror.location(), mirror.id()), READ_IMAGES));
    }

    private void queue(Queue queue) {
        var account = fleet.names().account(queue.name());
        artifacts(account);
        fleet.caches()
                .filter(unused -> queue.usesCaches())
                .ifPresent(caches -> add(account, AccountRole.bucket(caches.bucket()), REPLACE_OBJECTS));
        if (queue.can(Capability.DOCKER)) {
            add(account, ownImages(), "roles/artifactregistry.writer");
        }
        if (queue.config().variablesKey().isPresent()) {
            add(account, AccountRole.key("variables-" + queue.name() + "-key"), "roles/cloudkms.cryptoKeyDecrypter");
        }
        queue.config().clusters().stream()
                .map(TargetCluster::project)
                .distinct()
                .forEach(project -> add(account, AccountRole.project(project), "roles/container.clusterViewer"));
    }

    private void artifacts(String account) {
        add(account, AccountRole.bucket(fleet.names().artifactBucket()), READ_OBJECTS, ADD_OBJECTS);
    }

    private void cache(CacheServer server) {
        var bucket = AccountRole.bucket(server.bucket());
        switch (server.kind()) {
            case BAZEL -> add(server.account(), bucket, REPLACE_OBJECTS);
            case GO -> add(server.account(), bucket, READ_OBJECTS, ADD_OBJECTS, "roles/storage.legacyBucketReader");
        }
    }

    private void deployer(Deployer deployer) {
        var id = fleet.config().project();
        var project = AccountRole.project(id);
        add(deployer.account(), project, deployer.clusterRole());
        deployer.roles().forEach(role -> add(deployer.account(), project, "projects/" + id + "/roles/" + role.id()));
    }

    private String ownImages() {
        var config = fleet.config();
        return AccountRole.repository(
                config.project(), config.region(), fleet.names().imageRepository());
    }

    private Optional<ArtifactRepository> mirror() {
        return fleet.config().registryMirror().flatMap(RegistryMirror::repository);
    }

    private void add(String account, String on, String... given) {
        var member = "serviceAccount:" + fleet.names().accountEmail(account);
        Stream.of(given).forEach(role -> roles.add(new AccountRole(member, role, on)));
    }
}
