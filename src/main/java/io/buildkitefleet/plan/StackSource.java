package io.buildkitefleet.plan;

import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.pulumi.BaseFiles;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.pulumi.WrittenValues;
import java.util.Optional;
import java.util.Set;

/** The configuration of a stack that no Pulumi has read. */
record StackSource(Stack of) implements ConfigSource {
    @Override
    public String stack() {
        return of.name();
    }

    @Override
    public String file() {
        return of.fileName();
    }

    @Override
    public String selection() {
        return of.selection();
    }

    @Override
    public Set<String> keys() {
        return of.config().keySet();
    }

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(of.config().get(key));
    }

    @Override
    public String environments() {
        return of.environments();
    }

    @Override
    public BaseFiles bases() {
        return of.bases();
    }

    @Override
    public WrittenValues written() {
        return of.written();
    }

    @Override
    public boolean isSecret(String key) {
        return of.secretKeys().contains(key);
    }
}
