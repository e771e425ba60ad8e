package io.buildkitefleet.resources;

/** Pulumi's own types that the program registers: the providers, which are resources too. */
public enum ProviderType implements ResourceType {
    GOOGLE(Entry.of("pulumi:providers:gcp")),
    KUBERNETES(Entry.of("pulumi:providers:kubernetes"));

    private final Entry entry;

    ProviderType(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
